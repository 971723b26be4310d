/** One of the workbench's phones: a frame with the real mini-program as the chosen person, and what can be done to the phone from outside. */
import type { PhoneControls } from '../../../phone/host/controls'
import { element } from '../dom'
import type { Person } from '../workplace'
import { PersonChoice } from './person-choice'

export interface PhoneSettings {
  dark: boolean
  large: boolean
  offline: boolean
}

export interface PhonePosition {
  latitude: number
  longitude: number
}

/** Where and with what a phone begins. */
export interface PhoneStart {
  position: PhonePosition | null
  page: string | null
}

const FONT = 1.4
/** After this long a phone that has not said that it is ready is offered to be opened anew. */
const PATIENCE_MS = 20_000

export const PHONE_WIDTH = 390
export const PHONE_HEIGHT = 844

/** The address of a phone: whose it is, where it is, how it looks, and with which page it begins (the app's first without one). */
export function phoneAddress(openid: string, settings: PhoneSettings, { position, page }: PhoneStart): string {
  const parameters = new URLSearchParams({ as: openid })
  if (position) {
    parameters.set('lat', String(position.latitude))
    parameters.set('lng', String(position.longitude))
  }
  // The bench is light; a phone's theme is its own.
  parameters.set('theme', settings.dark ? 'dark' : 'light')
  if (settings.large) parameters.set('font', String(FONT))
  if (settings.offline) parameters.set('network', 'off')
  return `/phone/?${parameters.toString()}${page === null ? '' : `#/${page}`}`
}

export interface PhoneSlotOptions {
  index: number
  onChoose(openid: string): void
  onSettings(settings: PhoneSettings): void
  /** The door of the order that is selected on the bench; null without one. */
  door(): PhonePosition | null
}

export class PhoneSlot {
  readonly view = element('section', { class: 'slot' })
  private readonly choice: PersonChoice
  private readonly role = element('span', { class: 'slot-role' })
  private readonly note = element('span', { class: 'slot-note' })
  private readonly menu = element('details', { class: 'slot-menu' })
  private readonly glass = element('div', { class: 'slot-glass' })
  private readonly cover = element('div', { class: 'slot-cover' })
  private frame: HTMLIFrameElement | null = null
  private openid = ''
  private settings: PhoneSettings = { dark: false, large: false, offline: false }
  private begins: PhoneStart = { position: null, page: null }
  private patience: ReturnType<typeof setTimeout> | undefined
  private opened: () => void = () => undefined

  constructor(private readonly options: PhoneSlotOptions) {
    this.choice = new PersonChoice(options.onChoose)
    const menuName = element('summary', { label: '这部手机', attributes: { title: '这部手机' } })
    menuName.append(element('i', { class: 'icon', style: {} }))
    this.menu.append(menuName)
    this.menu.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !this.menu.contains(relatedTarget)) this.menu.open = false
    })
    this.menu.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return
      this.menu.open = false
      menuName.focus()
    })
    // Where the door is may have changed since the menu was drawn.
    this.menu.addEventListener('toggle', () => this.drawMenu())
    const head = element('header', { class: 'slot-head' }, this.choice.view, this.role, this.note, this.menu)
    this.glass.append(this.cover)
    const back = element('button', {
      class: 'slot-back',
      text: '放回去',
      attributes: { type: 'button' },
      onClick: () => this.enlarge(false),
    })
    this.view.append(head, element('div', { class: 'slot-body' }, this.glass, back))
    this.view.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && this.isLarge) this.enlarge(false)
    })
  }

  /** What stands over the phone. `note` is what is worth knowing about its person now. */
  describe(people: readonly Person[], note: string): void {
    const person = people.find(({ openid }) => openid === this.openid)
    this.choice.show(people, this.openid)
    this.role.textContent = person?.role ?? ''
    this.note.textContent = note
    this.view.setAttribute('aria-label', `${person?.name ?? this.openid}的手机`)
    this.view.title = person?.note ?? ''
  }

  /** Opens the phone; resolves when it is ready or has had its time, so that the next can begin. */
  open(openid: string, settings: PhoneSettings, begins: PhoneStart): Promise<void> {
    Object.assign(this, { openid, settings, begins })
    this.drawMenu()
    clearTimeout(this.patience)
    this.opened()
    this.frame?.remove()
    this.frame = null
    if (openid === '') {
      this.say('选一个人，打开他的手机')
      return Promise.resolve()
    }
    this.say('正在打开…')
    const frame = element('iframe', {
      attributes: { src: phoneAddress(openid, settings, begins), title: `手机 ${this.options.index + 1}` },
    })
    this.frame = frame
    this.glass.prepend(frame)
    this.patience = setTimeout(() => this.giveUp(), PATIENCE_MS)
    return new Promise((resolve) => {
      this.opened = resolve
    })
  }

  /** The phone says that its first page is shown. */
  ready(from: MessageEventSource | null): void {
    if (!this.frame || from !== this.frame.contentWindow) return
    clearTimeout(this.patience)
    this.cover.hidden = true
    this.opened()
  }

  /** Fits the glass into the width and height that a slot has, px. */
  scale(factor: number): void {
    this.view.style.setProperty('--scale', factor.toFixed(4))
  }

  get isLarge(): boolean {
    return this.view.classList.contains('is-large')
  }

  private giveUp(): void {
    this.say('这部手机还没打开', element('button', { text: '重开', attributes: { type: 'button' }, onClick: () => void this.reopen() }))
    this.opened()
  }

  private say(text: string, ...more: HTMLElement[]): void {
    this.cover.hidden = false
    this.cover.replaceChildren(element('p', { text }), ...more)
  }

  private reopen(): Promise<void> {
    return this.open(this.openid, this.settings, this.begins)
  }

  private enlarge(on: boolean): void {
    this.view.classList.toggle('is-large', on)
    this.drawMenu()
  }

  /** The phone's own controls; undefined while there is no phone behind the glass, but a page of the browser that says why. */
  private get controls(): PhoneControls | undefined {
    try {
      return this.frame?.contentWindow?.__phone
    } catch {
      return undefined
    }
  }

  private change(settings: Partial<PhoneSettings>): void {
    this.settings = { ...this.settings, ...settings }
    this.options.onSettings(this.settings)
    // A phone that is open is told; only the size of its letters is fixed when it starts.
    if (settings.offline !== undefined) this.controls?.setNetwork(!settings.offline)
    if (settings.dark !== undefined) this.controls?.setTheme(settings.dark ? 'dark' : 'light')
    if (settings.large !== undefined) void this.reopen()
    this.drawMenu()
  }

  /** As if its person had gone there: a check-in at the door is near it (R13). */
  private goTo(position: PhonePosition): void {
    this.begins = { ...this.begins, position }
    this.controls?.setPosition(position.latitude, position.longitude)
    this.menu.open = false
  }

  private drawMenu(): void {
    const { dark, large, offline } = this.settings
    const item = (text: string, pressed: boolean | null, onClick: () => void) =>
      element('button', { text, attributes: { type: 'button', ...(pressed === null ? {} : { 'aria-pressed': String(pressed) }) }, onClick })
    const door = this.options.door()
    const list = element(
      'div',
      { class: 'slot-menu-list' },
      item(this.isLarge ? '放回去' : '放大', this.isLarge, () => this.enlarge(!this.isLarge)),
      item('深色', dark, () => this.change({ dark: !dark })),
      item('大字', large, () => this.change({ large: !large })),
      item('断网', offline, () => this.change({ offline: !offline })),
      ...(door ? [item('走到工单门口', null, () => this.goTo(door))] : []),
      item('重开', null, () => void this.reopen()),
      item('新标签页里打开', null, () => void window.open(phoneAddress(this.openid, this.settings, this.begins), '_blank')),
    )
    this.menu.querySelector('.slot-menu-list')?.remove()
    this.menu.append(list)
  }
}
