/** What WeChat shows over a page: toast, loading, dialog, action sheet and the sheets of the host. One at a time of each kind. */
import { element, requiredElement } from '../dom'

export interface ModalOptions {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  cancelColor?: string
  confirmText?: string
  confirmColor?: string
  editable?: boolean
  placeholderText?: string
}

export interface ToastOptions {
  title: string
  icon?: string
  image?: string
  mask?: boolean
  /** ms; Infinity = until hidden */
  duration: number
}

export interface Sheet<T> {
  /** what stands in the sheet; call `close` with the outcome */
  content(close: (outcome: T) => void): (Node | string)[]
  /** the outcome of tapping beside the sheet; without it, that does nothing */
  onOutside?: T
  label: string
  class?: string
}

const ICONS: Record<string, string> = {
  success:
    '<svg viewBox="0 0 40 40" width="40" height="40" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"><path d="m8 21 8.5 8.5L33 12"/></svg>',
  error:
    '<svg viewBox="0 0 40 40" width="40" height="40" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"><circle cx="20" cy="20" r="16"/><path d="M20 11v11M20 28v.5"/></svg>',
  loading: '<span class="host-spinner host-spinner-large"></span>',
}

export class ScreenLayers {
  private readonly layer = requiredElement('layers')
  private toastElement: HTMLElement | undefined
  private toastTimer = 0

  toast({ title, icon = 'success', image, mask = false, duration }: ToastOptions): void {
    this.hideToast()
    const picture = image
      ? element('img', { attributes: { src: image, alt: '' } })
      : ICONS[icon]
        ? element('span', { html: ICONS[icon] ?? '' })
        : ''
    const box = element(
      'div',
      { class: picture === '' ? 'host-toast host-toast-text' : 'host-toast', role: icon === 'error' ? 'alert' : 'status' },
      picture,
      element('p', { text: title }),
    )
    this.toastElement = element('div', { class: mask ? 'host-toast-layer host-toast-mask' : 'host-toast-layer' }, box)
    this.layer.append(this.toastElement)
    if (Number.isFinite(duration)) this.toastTimer = window.setTimeout(() => this.hideToast(), duration)
  }

  hideToast(): void {
    clearTimeout(this.toastTimer)
    this.toastElement?.remove()
    this.toastElement = undefined
  }

  modal(options: ModalOptions): Promise<{ confirmed: boolean; content: string }> {
    const {
      title = '',
      content = '',
      showCancel = true,
      cancelText = '取消',
      cancelColor = '',
      confirmText = '确定',
      confirmColor = '',
      editable = false,
      placeholderText = '',
    } = options
    return new Promise((resolve) => {
      const input = element('textarea', { attributes: { rows: '2', placeholder: placeholderText, 'aria-label': title || '请填写' } })
      input.value = content
      const mask = element('div', { class: 'host-mask host-mask-centre' })
      const close = (confirmed: boolean): void => {
        mask.remove()
        resolve({ confirmed, content: editable ? input.value : '' })
      }
      const button = (text: string, colour: string, name: string, confirmed: boolean) =>
        element('button', { text, class: name, style: { color: colour }, onClick: () => close(confirmed) })
      const actions = element(
        'footer',
        {},
        ...(showCancel ? [button(cancelText, cancelColor, 'host-cancel', false)] : []),
        button(confirmText, confirmColor, 'host-confirm', true),
      )
      const body = editable ? input : element('p', { text: content })
      const heading = title === '' ? '' : element('h2', { text: title })
      mask.append(
        element(
          'div',
          { class: 'host-modal', role: 'dialog', label: title || content, attributes: { 'aria-modal': 'true' } },
          heading,
          body,
          actions,
        ),
      )
      this.layer.append(mask)
      if (editable) input.focus()
    })
  }

  /** A sheet from the bottom edge. Resolves with what the sheet closed with. */
  sheet<T>({ content, onOutside, label, class: name = '' }: Sheet<T>): Promise<T> {
    return new Promise((resolve) => {
      const mask = element('div', { class: 'host-mask' })
      const close = (outcome: T): void => {
        mask.remove()
        resolve(outcome)
      }
      const panel = element('div', { class: `host-sheet ${name}`, role: 'dialog', label, attributes: { 'aria-modal': 'true' } })
      panel.append(...content(close))
      mask.append(panel)
      mask.addEventListener('click', (event) => {
        if (event.target === mask && onOutside !== undefined) close(onOutside)
      })
      this.layer.append(mask)
    })
  }

  /** @returns the index of the chosen item, or null */
  actionSheet(items: readonly string[], options: { colour?: string; title?: string } = {}): Promise<number | null> {
    return this.sheet<number | null>({
      label: options.title ?? '请选择',
      class: 'host-action-sheet',
      onOutside: null,
      content: (close) => [
        ...(options.title ? [element('h2', { text: options.title })] : []),
        ...items.map((text, index) => element('button', { text, style: { color: options.colour ?? '' }, onClick: () => close(index) })),
        element('button', { text: '取消', class: 'host-cancel', onClick: () => close(null) }),
      ],
    })
  }

  /** Something that covers the whole phone, such as a picture or another app. */
  fullScreen(node: HTMLElement): () => void {
    this.layer.append(node)
    return () => node.remove()
  }

  closeAll(): void {
    this.hideToast()
    this.layer.replaceChildren()
  }
}
