/** R05: nobody's day holds more than fits, looked up in the database. */
import { DAY, HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import { travelMs } from '../../../cloudfunctions/domain/geography'
import type { Settings } from '../../../cloudfunctions/domain/settings'
import type { TechnicianDocument } from '../../../cloudfunctions/platform/technician-document'

export function brokenDays(technicians: readonly TechnicianDocument[], now: number, settings: Settings): string[] {
  return technicians.flatMap((technician) => {
    const held = technician.slots.filter(({ heldUntil }) => heldUntil === null || heldUntil.getTime() > now)
    return [...doubleBooked(held, settings), ...overfull(held, technician.dailyCapacity)].map((what) => `${what}（工号 ${technician.staffNumber}）`)
  })
}

type Slots = TechnicianDocument['slots']

const told = ({ orderId, from, to, heldUntil }: Slots[number]): string => `${orderId} ${from.toISOString()}–${to.toISOString()}${heldUntil ? '（占位）' : ''}`

/** Two jobs at once, or too close together to ride from one to the other. */
function doubleBooked(held: Slots, settings: Settings): string[] {
  const open = held.filter(({ finishedAt }) => !finishedAt).sort((a, b) => a.from.getTime() - b.from.getTime())
  return open.flatMap((slot, index) => {
    const next = open[index + 1]
    if (!next) return []
    const ride = travelMs(slot.place, next.place, settings.dispatch)
    return slot.to.getTime() + Math.floor(ride) > next.from.getTime() ? [`R05 ${told(slot)} 之后 ${Math.round(ride / MINUTE)} 分钟的路，接着 ${told(next)}`] : []
  })
}

function overfull(held: Slots, capacity: number): string[] {
  const days = new Map<number, number>()
  for (const { from } of held) {
    const day = Math.floor((from.getTime() + 8 * HOUR) / DAY)
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  return [...days.values()].filter((count) => count > capacity).map((count) => `R05 一天 ${count} 单，最多 ${capacity} 单`)
}
