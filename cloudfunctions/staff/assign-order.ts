import * as z from 'zod'
import { eligibility, needOf } from '../domain/eligibility'
import type { OrderEvent } from '../domain/event'
import { metresBetween } from '../domain/geography'
import { personFrom } from '../domain/handlers/dispatch'
import { visitOf } from '../domain/order'
import type { Order, Slot } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { whereabouts } from '../domain/technician'
import type { Technician } from '../domain/technician'
import { collection } from '../platform/db'
import { staffNumber, words } from '../platform/fields'
import { replayOf, requestKey } from '../platform/orders'
import { readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { applyWithHold } from '../platform/with-hold'
import { staffAction } from './staff-action'
import { findTheOrder, orderRef, rehearse, staffActor, toldOf } from './the-order'

/** R07 by hand: staff may send anyone who has the skill and the time, on duty or not, and say why. Their time is held first, so nobody is booked twice. */
export const assignOrder = staffAction({
  summary: '手动派单或换师傅，写明原因',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({ order: orderRef, staffNumber, reason: words('原因', 2, 100) }),
  example: { order: 'SF1122-0486', staffNumber: '0317', reason: '三轮没人接，周师傅最近' },
  run: async ({ order: ref, staffNumber: number, reason }, context) => {
    const [order, [document], settings] = await Promise.all([findTheOrder(ref), collection('technicians').find({ staffNumber: number }, { limit: 1 }), readSettings()])
    if (order instanceof Refusal) return order
    if (!document) return refuse('NOT_FOUND', `没有工号 ${number} 的师傅`, { staffNumber: '没有这个工号' })
    const event = (technician: Technician, slot: Slot): OrderEvent => {
      const from = whereabouts(technician, new Date(), settings.dispatch.positionFreshMinutes)
      return { type: 'assign', technician: personFrom(technician), slot, distanceMetres: Math.round(metresBetween(from.place, order.place)), reason, by: staffActor(context) }
    }
    if (context.dryRun) {
      const technician = toTechnician(document)
      return rehearse(order, (read, now) => {
        const slot = slotGiven(technician, read, now, settings)
        return slot instanceof Refusal ? slot : event(technician, slot)
      })
    }
    const key = requestKey(context.action, context.operator.id, context.requestId)
    const replay = replayOf(order, key)
    if (replay) return replay instanceof Refusal ? replay : toldOf(replay)
    if (visitOf(order).technicianId === document._id) return toldOf({ order, replayed: false })
    const booked = await applyWithHold({
      order, customer: null, document, key, settings, awaitsCall: true, onDuty: false, inHand: false, judge: (technician, now) => slotGiven(technician, order, now, settings), event, authorise: () => null,
    })
    return booked instanceof Refusal ? booked : toldOf(booked)
  },
})

/** When they would come, or why they cannot be sent: all of R05 but duty and distance, which staff may overrule. */
const slotGiven = (technician: Technician, order: Order, now: Date, settings: Settings): Slot | Refusal => {
  const verdict = eligibility(technician, needOf(order, settings), now, settings, 'hand')
  if (verdict.eligible) return verdict.slot
  const sentence = `${technician.name}${verdict.reason}`
  switch (verdict.cause) {
    case 'suspended':
      return refuse('SUSPENDED', `${sentence}：${technician.suspendedReason || '没有写原因'}`)
    case 'call':
    case 'time':
      return refuse('BUSY', sentence, { staffNumber: sentence })
    case 'person':
      return refuse('INVALID_INPUT', sentence, { staffNumber: verdict.reason })
  }
}
