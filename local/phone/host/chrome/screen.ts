/** The glass around the pages: the status bar with the moved time, the capsule, the home indicator. */
import { movedNow, onClockMove } from '../clock'
import type { Device } from '../device'
import { element, requiredElement } from '../dom'

const SIGNAL =
  '<svg viewBox="0 0 18 12" width="18" height="12" fill="currentColor"><rect x="0" y="8" width="3.2" height="4" rx=".8"/><rect x="4.9" y="5.4" width="3.2" height="6.6" rx=".8"/><rect x="9.8" y="2.7" width="3.2" height="9.3" rx=".8"/><rect x="14.7" y="0" width="3.2" height="12" rx=".8"/></svg>'
const WIFI =
  '<svg viewBox="0 0 16 12" width="16" height="12" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"><path d="M1.4 4.3a9.6 9.6 0 0 1 13.2 0M3.9 7a6 6 0 0 1 8.2 0"/><circle cx="8" cy="10.2" r="1.3" fill="currentColor" stroke="none"/></svg>'
const NO_NETWORK =
  '<svg viewBox="0 0 16 12" width="16" height="12" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"><path d="m4 2 8 8M12 2l-8 8"/></svg>'
const BATTERY =
  '<svg viewBox="0 0 27 12" width="27" height="12" fill="none" stroke="currentColor"><rect x=".5" y=".5" width="22" height="11" rx="3.2" opacity=".5"/><rect x="2" y="2" width="17" height="8" rx="1.8" fill="currentColor" stroke="none"/><path d="M24.2 4v4c.9-.3 1.5-1.1 1.5-2s-.6-1.7-1.5-2Z" fill="currentColor" stroke="none" opacity=".5"/></svg>'
const MENU =
  '<svg viewBox="0 0 20 8" width="20" height="8" fill="currentColor"><circle cx="3" cy="4" r="1.9"/><circle cx="10" cy="4" r="2.9"/><circle cx="17" cy="4" r="1.9"/></svg>'
const CLOSE =
  '<svg viewBox="0 0 18 18" width="18" height="18"><circle cx="9" cy="9" r="7.6" fill="none" stroke="currentColor" stroke-width="2.2"/><circle cx="9" cy="9" r="3" fill="currentColor"/></svg>'

const TIME = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false })

export class Screen {
  private readonly statusBar = requiredElement('status-bar')
  private readonly time = element('time')
  private readonly network = element('span')

  constructor(
    private readonly device: Device,
    actions: { onMenu(): void; onClose(): void },
  ) {
    this.statusBar.append(
      this.time,
      element('span', { class: 'host-status-icons' }, element('span', { html: SIGNAL }), this.network, element('span', { html: BATTERY })),
    )
    const capsule = requiredElement('capsule')
    capsule.append(
      element('button', { label: '更多', html: MENU, onClick: actions.onMenu }),
      element('i'),
      element('button', { label: '离开小程序', html: CLOSE, onClick: actions.onClose }),
    )
    const { top, left } = device.capsule
    Object.assign(capsule.style, { top: `${top}px`, left: `${left}px` })
    device.onNetworkChange(() => this.drawNetwork())
    device.onResize(() => Object.assign(capsule.style, { left: `${device.capsule.left}px` }))
    onClockMove(() => this.drawTime())
    setInterval(() => this.drawTime(), 1000)
    this.drawTime()
    this.drawNetwork()
  }

  /** The colour of what stands over the page's top edge. */
  setFront(front: 'black' | 'white'): void {
    requiredElement('phone').dataset.front = front
  }

  private drawTime(): void {
    const text = TIME.format(movedNow())
    if (this.time.textContent !== text) this.time.textContent = text
  }

  private drawNetwork(): void {
    const on = this.device.networkType !== 'none'
    this.network.innerHTML = on ? WIFI : NO_NETWORK
    this.statusBar.setAttribute('aria-label', on ? '网络正常' : '没有网络')
  }
}
