import type { ReminderId } from './due'
import { wechatTime } from './handlers/appointment'
import { openQuote, owedFen, paymentMissing } from './handlers/money-gate'
import type { Draft } from './draft'
import { yuan } from './money'
import { clockText, momentText, spanText } from './shanghai'

/** Sends a reminder whose time has come. Reminders tell; they change nothing. */
export const remind = (draft: Draft, id: ReminderId): void => {
  const { order, visit } = draft
  const key = `${id}:${order.version + 1}`
  switch (id) {
    case 'call.reminder':
      draft.messageTechnician(key, draft.technician, 'call_reminder', { what: `还有 ${draft.settings.call.breachMinutes - draft.settings.call.reminderMinutes} 分钟，快打给业主`, page: `technician/call/call?id=${order._id}` })
      return
    case 'call.retry':
      draft.messageTechnician(key, draft.technician, 'call_reminder', { what: '刚才没人接，请再打一次', page: `technician/call/call?id=${order._id}` })
      return
    case 'appointment.day_before':
    case 'appointment.soon':
      if (!visit.appointmentAt) return
      draft.messageHomeowner(key, 'appointment', { what: `${draft.technicianName} ${momentText(visit.appointmentAt, draft.now)} 上门`, at: wechatTime(visit.appointmentAt) })
      return
    case 'payment.reminder':
      if (paymentMissing(draft.order)) draft.messageHomeowner(key, 'payment', { what: '出发前请付款，付好师傅才动身', amount: yuan(owedFen(draft.order)), page: `homeowner/quote/quote?id=${order._id}` })
      return
    case 'arrival.reminder':
      if (!visit.appointmentAt) return
      draft.messageTechnician(key, draft.technician, 'appointment', { what: `${clockText(visit.appointmentAt)} 上门，请提前 ${spanText(draft.settings.arrival.earlyMinutes)}到`, at: wechatTime(visit.appointmentAt), page: `technician/job/job?id=${order._id}` })
      return
    case 'absence.note':
      draft.messageTechnician(key, draft.technician, 'order_closed', { what: '等够时间了，可以留言离开' })
      return
    case 'quote.reminder':
      draft.messageHomeowner(key, 'quote', { amount: yuan(owedFen(draft.order)), until: expiryText(draft) })
      return
    case 'acceptance.reminder':
      draft.messageHomeowner(key, 'acceptance', { what: `修好 ${spanText(draft.settings.acceptance.reminderHours * 60)}了，请您验收`, page: `homeowner/acceptance/acceptance?id=${order._id}` })
      return
  }
}

const expiryText = (draft: Draft): string => {
  const quote = openQuote(draft.order)
  return quote ? momentText(quote.expiresAt, draft.now) : ''
}
