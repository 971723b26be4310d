/** What the user let the app do: asked once, remembered for this user, changed on the settings page; and the switch there that stops all its messages. */
import { element } from './dom'
import type { ScreenLayers } from './chrome/layers'

const SCOPES: Record<string, string> = {
  'scope.userLocation': '使用您的位置',
  'scope.userFuzzyLocation': '使用您的大致位置',
  'scope.writePhotosAlbum': '把图片存到相册',
  'scope.camera': '使用摄像头',
  'scope.record': '使用麦克风',
}

export class Permissions {
  private readonly key: string
  private readonly silencedKey: string

  constructor(
    openid: string,
    private readonly layers: ScreenLayers,
  ) {
    this.key = `phone-permissions:${openid}`
    this.silencedKey = `phone-silenced:${openid}`
  }

  /** Whether messages may be asked for at all. */
  get takesMessages(): boolean {
    return localStorage.getItem(this.silencedKey) === null
  }

  private takeMessages(on: boolean): void {
    if (on) localStorage.removeItem(this.silencedKey)
    else localStorage.setItem(this.silencedKey, 'yes')
  }

  get all(): Record<string, boolean> {
    return JSON.parse(localStorage.getItem(this.key) ?? '{}') as Record<string, boolean>
  }

  set(scope: string, allowed: boolean): void {
    localStorage.setItem(this.key, JSON.stringify({ ...this.all, [scope]: allowed }))
  }

  /** Asks the first time. @returns whether it is allowed */
  async ask(scope: string): Promise<boolean> {
    const known = this.all[scope]
    if (known !== undefined) return known
    const what = SCOPES[scope]
    if (what === undefined) throw new Error(`the permission "${scope}" is not in the browser host`)
    const allowed = await this.layers.sheet<boolean>({
      label: `是否允许师服到${what}`,
      class: 'host-consent',
      content: (close) => [
        element('h2', { text: '师服到 申请' }),
        element('p', { class: 'host-consent-item', text: what }),
        element(
          'footer',
          {},
          element('button', { text: '拒绝', class: 'host-cancel', onClick: () => close(false) }),
          element('button', { text: '允许', class: 'host-confirm', onClick: () => close(true) }),
        ),
      ],
    })
    this.set(scope, allowed)
    return allowed
  }

  /** The page on which a user changes their mind. */
  async openSettings(): Promise<{ errMsg: string; authSetting: Record<string, boolean> }> {
    await this.layers.sheet<null>({
      label: '设置',
      class: 'host-settings',
      onOutside: null,
      content: (close) => [
        element('h2', { text: '允许师服到使用' }),
        ...Object.keys(this.all).map((scope) => row(SCOPES[scope] ?? scope, this.all[scope] === true, (on) => this.set(scope, on))),
        row('接收消息', this.takesMessages, (on) => this.takeMessages(on)),
        ...(Object.keys(this.all).length === 0 ? [element('p', { text: '还没有申请过权限' })] : []),
        element('footer', {}, element('button', { text: '完成', class: 'host-confirm', onClick: () => close(null) })),
      ],
    })
    return { errMsg: 'openSetting:ok', authSetting: this.all }
  }
}

const row = (name: string, on: boolean, change: (on: boolean) => void): HTMLElement => {
  const box = element('input', { attributes: { type: 'checkbox' } })
  box.checked = on
  box.addEventListener('change', () => change(box.checked))
  return element('label', {}, name, box)
}
