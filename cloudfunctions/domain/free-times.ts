import type { FreeTimes } from '../../typings/contract'
import { needOf, slotAt } from './eligibility'
import { visitOf } from './order'
import type { Order } from './order'
import type { Settings } from './settings'
import { after, atClock, clockText, DAY, dayText, MINUTE } from './shanghai'
import type { Technician } from './technician'

const DAYS = 7
const STEP_MS = 30 * MINUTE

/** Half hours of the staffed hours, from an hour ahead, or from when they said that they can, and for a week, at which a technician could come (R12). Days without any are left out. */
export const freeTimes = (technician: Technician, order: Order, now: Date, settings: Settings): FreeTimes['days'] => {
  const need = needOf(order, settings)
  const delay = visitOf(order).delay
  const soonest = after(now, settings.arrival.noticeMinutes * MINUTE)
  // Who said that they come later cannot be had earlier.
  const earliest = delay && delay.to > soonest ? delay.to : soonest
  return Array.from({ length: DAYS }, (_, index) => after(now, index * DAY)).flatMap((day) => {
    const closes = atClock(day, settings.staffedHours.to)
    const times: FreeTimes['days'][number]['times'] = []
    for (let start = atClock(day, settings.staffedHours.from); start < closes; start = after(start, STEP_MS)) {
      if (start >= earliest && slotAt(technician, need, start, now, settings).fits) times.push({ at: start.toISOString(), text: clockText(start) })
    }
    return times.length > 0 ? [{ label: dayText(day, now), times }] : []
  })
}
