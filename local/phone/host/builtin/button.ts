import { element } from '../dom'
import { isInsideTap } from '../gestures'
import { askPhoneNumber } from '../chrome/phone-number'
import { chooseAvatar } from '../chrome/avatar'
import { closestBuiltin } from './builtin'
import { FormElement } from './form'
import { HoverElement } from './hover'

const REFLECTED: Record<string, string> = { type: 'type', size: 'size', plain: 'plain', disabled: 'disabled', loading: 'loading' }

/** `<button>` with form and open types. */
export class ButtonElement extends HoverElement {
  private spinner: HTMLElement | undefined

  override attached(): void {
    super.attached()
    if (!this.element.hasAttribute('role')) this.element.setAttribute('role', 'button')
    for (const property of Object.keys(REFLECTED)) this.changed(property)
    this.onTap((event) => {
      if (!this.flag('disabled')) this.act(event.target as unknown)
    })
  }

  override changed(property: string): void {
    const attribute = REFLECTED[property]
    if (attribute !== undefined) this.reflect(property, attribute)
    if (property === 'disabled') this.element.toggleAttribute('aria-disabled', this.flag('disabled'))
    if (property === 'loading') {
      this.spinner?.remove()
      this.spinner = this.flag('loading') ? element('i', { class: 'host-button-spinner' }) : undefined
      if (this.spinner) this.element.prepend(this.spinner)
    }
  }

  private act(target: unknown): void {
    const form = this.text('formType') === '' ? undefined : closestBuiltin(this.element, 'form')
    if (form instanceof FormElement) {
      if (this.text('formType') === 'submit') form.submit()
      else form.reset()
    }
    const openType = this.text('openType')
    if (openType !== '' && isInsideTap()) void this.open(openType, target)
  }

  private async open(openType: string, target: unknown): Promise<void> {
    const { phone } = this
    if (openType === 'getPhoneNumber') this.emit('getphonenumber', await askPhoneNumber(phone))
    else if (openType === 'chooseAvatar') {
      const avatarUrl = await chooseAvatar(phone)
      if (avatarUrl !== null) this.emit('chooseavatar', { avatarUrl })
    } else if (openType === 'share') await phone.share({ from: 'button', target })
    else if (openType === 'openSetting') {
      this.emit('opensetting', await phone.openSetting())
    } else if (openType === 'agreePrivacyAuthorization') this.emit('agreeprivacyauthorization', {})
    else {
      phone.record('contact', { openType, sessionFrom: this.text('sessionFrom'), title: this.text('sendMessageTitle') })
      await phone.layers.modal({
        title: openType === 'contact' ? '客服会话' : '意见反馈',
        content: '在微信里，这里会打开和客服的对话。',
        showCancel: false,
        confirmText: '知道了',
      })
      if (openType === 'contact') this.emit('contact', { errMsg: 'enterContact:ok', path: '', query: {} })
    }
  }
}
