/** What remains of the wave that an order is offered in (R07). */
import type { Order } from '../../../../cloudfunctions/domain/order'
import { clockText, HOUR, SECOND } from '../../../../cloudfunctions/domain/shanghai'

export type WaveEnd = { at: Date } | 'open' | null

/** When the present wave ends; `open` while the last offers wait for staff; null when nobody is asked. */
export function waveEnd({ offers }: Pick<Order, 'offers'>): WaveEnd {
  const open = offers.find(({ state }) => state === 'open')
  if (!open) return null
  return open.endsAt ? { at: open.endsAt } : 'open'
}

/** Until when nobody is asked, because an order came at night (R55); null otherwise. */
export function heldUntil({ deadlines, offers }: Pick<Order, 'deadlines' | 'offers'>, now: Date): Date | null {
  const next = deadlines.find(({ id }) => id === 'dispatch.next_wave')
  return next && next.dueAt > now && waveEnd({ offers }) === null ? next.dueAt : null
}

/** 剩 2:14; 到 07:00 of a wave that lasts through the night (R55); the clock brings the next wave some seconds after the end of this one. */
export function waveRest(end: Date, now: Date): string {
  const seconds = Math.ceil((end.getTime() - now.getTime()) / SECOND)
  if (seconds * SECOND > HOUR) return `到 ${clockText(end)}`
  return seconds > 0 ? `剩 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : '换下一轮'
}
