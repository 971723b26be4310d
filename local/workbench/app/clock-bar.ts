/** 时钟: the moved time on a plate, whether it is night, and buttons that move it. */
import { movedNow } from '../../phone/host/clock'
import type { DailyHours } from '../../../cloudfunctions/domain/shanghai'
import { after, atClock, clockText, DAY, dayText, isNight, monthDayText, plainClock } from '../../../cloudfunctions/domain/shanghai'
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

/** Everybody is on duty, and the day lies ahead. */
const MORNING = '09:00'

export type Move = { advance: number } | { at: string }

/** 11 月 22 日 周日 13:02:32 */
const plateText = (now: Date): string => `${monthDayText(now)} ${secondsText(now)}`

/** The next 09:00: today's, if that is still to come. */
export const nextMorning = (now: Date): Date => {
  const today = atClock(now, MORNING)
  return today > now ? today : after(today, DAY)
}

export class ClockBar {
  private readonly plate = element('time', { class: 'clock-plate', label: '工作区的时间' })
  private readonly nightBadge = element('span', { class: 'clock-night' })
  private readonly buttons = element('span', { class: 'clock-buttons' })
  private next: NextWork | null = null
  private night: DailyHours | null = null
  private moving = false

  /** `move` resolves when all that falls due is done. */
  constructor(
    container: HTMLElement,
    private readonly move: (move: Move) => Promise<void>,
  ) {
    container.append(element('span', { class: 'clock-label', text: '时钟' }), this.plate, this.nightBadge, this.buttons)
    this.tick()
    setInterval(() => this.tick(), 250)
    this.drawButtons()
  }

  showNext(next: NextWork | null): void {
    this.next = next
    this.drawButtons()
  }

  showNight(night: DailyHours | null): void {
    this.night = night
    this.tick()
  }

  tick(): void {
    const now = new Date(movedNow())
    const text = plateText(now)
    if (this.plate.textContent !== text) this.plate.textContent = text
    this.tellNight(now)
  }

  /** Whoever starts the bench at night is to know why orders wait (R55). */
  private tellNight(now: Date): void {
    const { night } = this
    this.nightBadge.hidden = !night || !isNight(now, night)
    if (!night || this.nightBadge.hidden) return
    const text = `夜里：急修以外，${plainClock(night.to)} 派单`
    if (this.nightBadge.textContent === text) return
    this.nightBadge.textContent = text
    this.nightBadge.title = `${plainClock(night.from)} 到 ${plainClock(night.to)} 是夜里：普通工单先收下，${plainClock(night.to)} 派单，这以前不催师傅打电话；急修照常。想马上试，按“到早上 9 点”。`
  }

  private drawButtons(): void {
    redraw(
      this.buttons,
      ...STEPS.map(({ label, advance }) => this.button(label, () => ({ advance }))),
      this.morningButton(),
      this.nextButton(),
    )
  }

  private morningButton(): HTMLElement {
    return this.button('到早上 9 点', () => ({ at: nextMorning(new Date(movedNow())).toISOString() }))
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
