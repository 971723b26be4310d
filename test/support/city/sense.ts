import type { Seen } from './city'
import { FORGOTTEN_MS } from './rules'

/** What must never be seen of any city, whatever a model says: somebody at two places at once, who helps beside being in charge (R47), anybody on the way to what is not paid (R19). */
export const demandSense = ({ orders, workers }: Seen, now: number): void => {
  for (const [id, { state, holder, helpers, isOwed, visitAt }] of Object.entries(orders)) {
    if (state === 'on_the_way' && isOwed) throw new Error(`${id}: on the way, and something is owed`)
    if (helpers.includes(`${holder}`) || new Set(helpers).size < helpers.length) throw new Error(`${id}: ${holder} with ${helpers.join(', ')}`)
    if (helpers.length > 0 && visitAt === null) throw new Error(`${id}: help is kept, and no time is agreed`)
    for (const helper of helpers) if (!workers[helper]!.day.some((booking) => booking.startsWith(`${id} ${visitAt}–`))) throw new Error(`${id}: ${helper} helps, and their time is not held`)
  }
  for (const [id, { day }] of Object.entries(workers)) {
    const times = day.map((booking) => booking.split(' ')[1]!.split('–').map(Number) as [number, number]).filter(([, to]) => to + FORGOTTEN_MS > now).sort((a, b) => a[0] - b[0])
    if (times.some(([from], index) => index > 0 && from < times[index - 1]![1])) throw new Error(`${id} is at two places: ${day.join(', ')}`)
  }
}
