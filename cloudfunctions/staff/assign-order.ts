import * as z from 'zod'
import { needOf, slotAt } from '../domain/eligibility'
import { metresBetween } from '../domain/geography'
import { personFrom } from '../domain/handlers/dispatch'
import { visitOf } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import { whereabouts } from '../domain/technician'
import { collection } from '../platform/db'
import type { OrderDocument } from '../platform/documents'
import { readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { holdSlot, releaseHold } from '../platform/technicians'
import { staffAction } from './staff-action'
import { changeOrder, orderRef, staffActor } from './the-order'

/** R07 by hand: staff may send anyone who has the skill and the time, on duty or not, and say why. Their time is held first, so nobody is booked twice. */
export const assignOrder = staffAction({
  summary: '手动派单或换师傅，写明原因',
  roles: ['dispatcher'],
  writes: true,
  input: z.strictObject({ order: orderRef, staffNumber: z.string().regex(/^[0-9A-Za-z]{2,12}$/, '工号写成 0317 这样'), reason: z.string().trim().min(2, '请写原因，至少 2 个字').max(100) }),
  example: { order: 'SF1122-0486', staffNumber: '0317', reason: '三轮没人接，周师傅最近' },
  run: async ({ order: ref, staffNumber, reason }, context) => {
    const lookUp = async () => (await collection('technicians').find({ staffNumber }, { limit: 1 }))[0] ?? null
    // Looked up while the order is read; anew when a lost race is decided again.
    let lookedUp: ReturnType<typeof lookUp> | null = lookUp()
    lookedUp.catch(() => null)
    let held: { technicianId: string; orderId: string; visitNo: number } | null = null
    const answer = await changeOrder(ref, context, async (order: OrderDocument, now) => {
      const [settings, document] = await Promise.all([readSettings(), lookedUp ?? lookUp()])
      lookedUp = null
      if (!document) return refuse('NOT_FOUND', `没有工号 ${staffNumber} 的师傅`, { staffNumber: '没有这个工号' })
      const technician = toTechnician(document)
      if (technician.suspended) return refuse('SUSPENDED', `${technician.name}停单中：${technician.suspendedReason}`)
      if (!technician.skills.includes(order.category.code)) return refuse('INVALID_INPUT', `${technician.name}不会${order.category.name}`, { staffNumber: `不会${order.category.name}` })
      if (technician.openid === order.homeownerId) return refuse('INVALID_INPUT', `${technician.name}就是业主本人`, { staffNumber: '是业主本人' })
      const need = needOf(order, settings)
      const start = need.wanted.from > now ? need.wanted.from : now
      const fit = slotAt(technician, need, start, now, settings)
      if (!fit.fits) return refuse('BUSY', `${technician.name}${fit.reason}`)
      if (!context.dryRun && visitOf(order).technicianId !== technician._id) {
        const hold = await holdSlot(document, fit.slot, true, now, settings)
        if (!hold) return refuse('CONFLICT', `${technician.name}的日程刚变了，请再派一次`)
        held = { technicianId: technician._id, orderId: order._id, visitNo: fit.slot.visitNo }
      }
      const from = whereabouts(technician, now, settings.dispatch.positionFreshMinutes)
      return { type: 'assign', technician: personFrom(technician), slot: fit.slot, distanceMetres: Math.round(metresBetween(from.place, order.place)), reason, by: staffActor(context) }
    })
    if (answer instanceof Refusal && held) await releaseHold((held as { technicianId: string }).technicianId, held, await readSettings())
    return answer
  },
})
