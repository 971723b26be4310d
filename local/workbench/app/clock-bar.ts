/** 时钟: the moved time on a plate, and buttons that move it. */
import { movedNow } from '../../phone/host/clock'
import { clockText, dayText } from '../../../cloudfunctions/domain/shanghai'
import type { NextWork } from './city'
import { element, redraw } from './dom'
import { secondsText } from './words'

const MINUTE = 60_000
const STEPS = [
  { label: '快进 1 分', advance: MINUTE },
  { label: '快进 5 分', advance: 5 * MINUTE },
  { label: '快进 1 小时', advance: 60 * MINUTE },
]
/** What holds at a time breaks once that time is over: the clock is set a second past it. */
const PAST = 1_000
const DATE = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric', weekday: 'short' })

export type Move = { advance: number } | { at: string }

/** 11 月 22 日 周日 13:02:32 */
const plateText = (now: Date): string => {
  const part = (type: string) => DATE.formatToParts(now).find((one) => one.type === type)?.value ?? ''
  return `${part('month')} 月 ${part('day')} 日 ${part('weekday')} ${secondsText(now)}`
}

export class ClockBar {
  private readonly plate = element('time', { class: 'clock-plate', label: '工作区的时间' })
  private readonly buttons = element('span', { class: 'clock-buttons' })
  private next: NextWork | null = null
  private moving = false

  /** `move` resolves when all that falls due is done. */
  constructor(
    container: HTMLElement,
    private readonly move: (move: Move) => Promise<void>,
  ) {
    container.append(element('span', { class: 'clock-label', text: '时钟' }), this.plate, this.buttons)
    this.tick()
    setInterval(() => this.tick(), 250)
    this.drawButtons()
  }

  showNext(next: NextWork | null): void {
    this.next = next
    this.drawButtons()
  }

  tick(): void {
    const text = plateText(new Date(movedNow()))
    if (this.plate.textContent !== text) this.plate.textContent = text
  }

  private drawButtons(): void {
    redraw(this.buttons, ...STEPS.map(({ label, advance }) => this.button(label, () => ({ advance }))), this.nextButton())
  }

  private nextButton(): HTMLElement {
    const { next } = this
    if (!next) {
      const none = this.button('没有时限', () => ({ advance: 0 }), 'clock-next')
      none.disabled = true
      return none
    }
    const now = new Date(movedNow())
    const day = dayText(next.at, now)
    const made = this.button(
      `到下个时限 ${day === '今天' ? '' : `${day} `}${clockText(next.at)}`,
      () => ({ at: new Date(Math.max(next.at.getTime() + PAST, movedNow())).toISOString() }),
      'clock-next',
    )
    made.title = `${next.what}，${secondsText(next.at)}`
    return made
  }

  private button(label: string, to: () => Move, name = ''): HTMLButtonElement {
    const made = element('button', {
      class: name,
      text: label,
      attributes: { type: 'button', 'data-key': name || label },
      onClick: () => void this.go(to()),
    })
    // Not `disabled`: it would take the focus away from whoever is using the keyboard.
    made.setAttribute('aria-disabled', String(this.moving))
    return made
  }

  private async go(to: Move): Promise<void> {
    if (this.moving) return
    this.moving = true
    this.plate.setAttribute('aria-busy', 'true')
    this.drawButtons()
    try {
      await this.move(to)
    } finally {
      this.moving = false
      this.plate.removeAttribute('aria-busy')
      this.drawButtons()
    }
  }
}
