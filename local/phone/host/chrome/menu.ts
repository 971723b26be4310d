/** What the capsule opens: the menu of the mini-program, and WeChat behind it. */
import { element } from '../dom'
import type { Phone } from '../phone'

export async function openMenu(phone: Phone): Promise<void> {
  const page = phone.pages.current
  const canShare = page?.has('onShareAppMessage') === true
  const actions = [...(canShare ? ['转发给朋友'] : []), '设置', '重新进入小程序']
  const chosen = await phone.layers.actionSheet(actions, { title: '师服到' })
  const action = chosen === null ? undefined : actions[chosen]
  if (action === '转发给朋友') await phone.share({ from: 'menu' })
  else if (action === '设置') await phone.openSetting()
  else if (action === '重新进入小程序') phone.pages.reLaunch(`/${phone.config.pages[0] ?? ''}`)
}

/** Leaves the mini-program for WeChat; a tap on its icon comes back. */
export function leaveApp(phone: Phone): void {
  phone.pages.appHidden()
  phone.app.hide()
  const back = element('button', { label: '回到师服到' }, element('i', { text: '师' }), element('span', { text: '师服到' }))
  const close = phone.layers.fullScreen(element('div', { class: 'host-outside' }, element('p', { text: '最近使用的小程序' }), back))
  back.addEventListener('click', () => {
    close()
    phone.app.show()
    phone.pages.appShown()
  })
}
