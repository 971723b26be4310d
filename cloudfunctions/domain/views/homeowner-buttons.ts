import type { Button, ButtonAct } from '../../../typings/contract'
import { reportable } from '../handlers/cash'
import { dueFen, openQuote } from '../handlers/money-gate'
import { yuan } from '../money'
import { visitOf } from '../order'
import type { Order } from '../order'
import { askedVisit, cardToSign, hasWrongNumber, isOverdue, undecidedDelay, unratedVisit } from './state'

const button = (act: ButtonAct, label: string): Button => ({ act, label })

/** What the homeowner can do now: one main button, the rest beside it. */
export const homeownerButtons = (order: Order, now: Date): { main: Button | null; more: Button[] } => {
  const { main, more } = turnButtons(order, now)
  // R21 as long as somebody came or was to come.
  return { main, more: reportable(visitOf(order)) ? [...more, button('report_cash', '师傅要现金')] : more }
}

const turnButtons = (order: Order, now: Date): { main: Button | null; more: Button[] } => {
  const visit = visitOf(order)
  const quote = openQuote(order)
  const payable = dueFen(order)
  // Nobody's private number is given out (R39): the hotline puts them through, and the button says whom it dials.
  const hotline = button('call_hotline', '打给客服')
  const ahead = ['dispatching', 'seeking_staff', 'claimed', 'scheduled', 'on_the_way', 'arrived', 'waiting_parts'].includes(order.status)
  const undecided = undecidedDelay(visit, now) !== null
  const move = visit.appointmentAt && ['scheduled', 'on_the_way', 'arrived'].includes(order.status) && !visit.door.openedAt ? [button('move_appointment', undecided ? '另约时间' : '改时间')] : []
  const another = visit.appointmentAt && ['scheduled', 'on_the_way'].includes(order.status) && (undecided || now > visit.appointmentAt) ? [button('ask_another', '换一位师傅')] : []
  const correct = button('correct_contact', '改电话')
  const cancel = ahead ? [button('cancel', visit.kind === 'repair' ? '取消工单' : '不用来了')] : []
  const rest = ahead ? [correct, ...cancel] : []
  const change = quote?.change ? button('view_quote', '看加减的项目') : null
  const money = quote ? button('confirm_and_pay', `确认并付款 ${yuan(quote.totalFen)}`) : payable > 0 ? button('pay', `付款 ${yuan(payable)}`) : null
  const settle = change ?? (quote ? button('view_quote', '看报价并付款') : money)
  const early = quote ? [button('view_quote', '先看报价')] : money ? [money] : []

  if (undecided && ['scheduled', 'on_the_way'].includes(order.status)) return { main: button('agree_delay', '同意新时间'), more: [...move, ...another, hotline, ...rest] }
  if (visit.noShow) return { main: button('say_at_home', '我在家，马上开门'), more: [hotline, ...move, ...rest] }
  // Whoever waits past the time wants to speak to somebody.
  if (isOverdue(order, now)) return { main: hotline, more: [...another, ...move, ...rest] }
  if (hasWrongNumber(order)) return { main: correct, more: [hotline, ...cancel] }
  switch (order.status) {
    case 'dispatching':
      if (visit.state === 'rebooking') return { main: button('rebook', '就约选中的时间'), more: [hotline, ...rest] }
      if (visit.state === 'choosing' && visit.choice !== 'call_me') return { main: button('choose_return', '选谁再来'), more: [hotline] }
      return { main: button('notify_me', '派到了通知我'), more: [...early, ...rest] }
    case 'seeking_staff':
      return { main: hotline, more: [...early, ...rest] }
    case 'waiting_parts':
      return { main: null, more: [hotline, ...rest] }
    case 'claimed':
    case 'scheduled':
      return { main: settle ?? button('notify_me', '有动静通知我'), more: [hotline, ...move, ...rest] }
    case 'on_the_way':
    case 'arrived':
      return { main: settle, more: [hotline, ...move, ...rest] }
    case 'working':
      // What is done by then is settled, and shown first (R23).
      return { main: settle, more: [hotline, ...(visit.kind === 'repair' && visit.missing.length === 0 ? [button('cancel', '不修了')] : [])] }
    case 'awaiting_acceptance':
      return { main: button('accept', '试过了，去验收'), more: [hotline] }
    case 'closing':
      if (payable > 0 && money) return { main: money, more: [hotline] }
      if (cardToSign(order) && order.card?.technicianSigned) return { main: button('sign_card', '签保修卡'), more: [hotline] }
      return { main: order.card?.homeownerSigned ? button('view_card', '看保修卡') : null, more: [hotline] }
    case 'in_warranty': {
      const card = order.card && order.card.lines.length > 0 ? [button('view_card', '看保修卡')] : []
      if (askedVisit(order)) return { main: button('answer_follow_up', '说说还好用吗'), more: card }
      if (unratedVisit(order)) return { main: button('rate', '打个分'), more: card }
      return { main: card[0] ?? null, more: [hotline, button('file_again', '再报一单')] }
    }
    default:
      return { main: button('file_again', '再报一单'), more: order.card && order.card.lines.length > 0 ? [button('view_card', '看保修卡')] : [] }
  }
}
