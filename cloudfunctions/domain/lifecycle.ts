import type { EventType } from './event'
import type { Order, OrderStatus } from './order'
import { refuse } from './refusal'
import type { Refusal } from './refusal'

/** 中文 of each state, for refusals and staff; pages show a derived word (views/state.ts). */
export const STATUS_LABEL: Record<OrderStatus, string> = {
  dispatching: '派单中', seeking_staff: '还在找师傅', claimed: '已接单', scheduled: '已预约', on_the_way: '在路上', arrived: '已到门口', surveying: '勘察中', planning: '做方案',
  quoting: '做报价', agreement_pending: '待签协议', working: '施工中', waiting_parts: '等配件', awaiting_acceptance: '待验收', closing: '收尾中', in_warranty: '保修中', archived: '已归档', cancelled: '已取消',
}

export const ACTIVE: readonly OrderStatus[] = ['dispatching', 'seeking_staff', 'claimed', 'scheduled', 'on_the_way', 'arrived', 'surveying', 'planning', 'quoting', 'agreement_pending', 'working', 'waiting_parts', 'awaiting_acceptance', 'closing']

const ANY = Object.keys(STATUS_LABEL) as OrderStatus[]
const BEFORE_WORK: readonly OrderStatus[] = ['dispatching', 'seeking_staff', 'claimed', 'scheduled', 'on_the_way', 'arrived', 'waiting_parts']

/** In which states an event is heard at all; the handlers look closer. Offers, money and door codes answer in every state with a reason of their own. */
export const WHERE: Record<Exclude<EventType, 'tick'>, readonly OrderStatus[]> = {
  see_offer: ANY,
  claim: ANY,
  decline: ANY,
  give_back: ['claimed', 'scheduled', 'waiting_parts'],
  assign: ['dispatching', 'seeking_staff', 'claimed', 'scheduled', 'on_the_way', 'waiting_parts'],
  dial: ['claimed', 'scheduled', 'waiting_parts', 'on_the_way', 'arrived', 'working', 'awaiting_acceptance', 'closing'],
  record_call: ['claimed', 'scheduled'],
  tell_delay: ['scheduled', 'on_the_way'],
  agree_delay: ['scheduled', 'on_the_way'],
  move_appointment: ['scheduled', 'on_the_way', 'arrived'],
  ask_another: ['scheduled', 'on_the_way'],
  record_door_call: ['arrived'],
  say_at_home: ['arrived'],
  leave_note: ['arrived'],
  rebook: ['dispatching'],
  wait_for_parts: ['claimed', 'scheduled', 'waiting_parts'],
  parts_arrived: ['waiting_parts'],
  add_helper: ['scheduled', 'on_the_way', 'arrived', 'working'],
  remove_helper: ['scheduled', 'on_the_way', 'arrived', 'working'],
  heed_register: ANY,
  widen_search: ['dispatching', 'seeking_staff'],
  correct_contact: ACTIVE,
  correct_repair: ['dispatching', 'seeking_staff', 'claimed', 'scheduled', 'on_the_way', 'arrived', 'waiting_parts'],
  send_quote: ['claimed', 'scheduled', 'arrived', 'working'],
  send_change: ['working'],
  withdraw_change: ['working'],
  approve_change: ['working'],
  refuse_change: ['working'],
  confirm_quote: [...BEFORE_WORK, 'working'],
  decline_quote: [...BEFORE_WORK, 'working'],
  open_payment: [...BEFORE_WORK, 'working', 'awaiting_acceptance', 'closing'],
  payment_received: ANY,
  payment_closed: ANY,
  refund_settled: ANY,
  set_out: ['scheduled'],
  arrive: ['on_the_way'],
  enter_door_code: ['arrived', 'working'],
  release_door: ['arrived'],
  start_step: ['claimed', 'scheduled', 'arrived', 'working'],
  complete_step: ['claimed', 'scheduled', 'arrived', 'working'],
  report_completion: ['working', 'awaiting_acceptance'],
  accept: ['awaiting_acceptance', 'closing'],
  report_missing: ['awaiting_acceptance'],
  sign_card: ['closing'],
  hand_over_parts: ['closing'],
  check_out: ['closing'],
  rate: ['awaiting_acceptance', 'closing', 'in_warranty', 'dispatching', 'seeking_staff', 'claimed', 'scheduled', 'on_the_way', 'arrived', 'working'],
  answer_follow_up: ['awaiting_acceptance', 'closing', 'in_warranty', 'dispatching', 'seeking_staff', 'claimed', 'scheduled', 'on_the_way', 'arrived', 'working'],
  choose_return: ['dispatching'],
  report_cash: ANY,
  record_progress: ['claimed', 'scheduled', 'on_the_way', 'arrived', 'working', 'waiting_parts'],
  cancel: [...BEFORE_WORK, 'working'],
}

/** 这张单现在不能…… */
export const EVENT_LABEL: Record<Exclude<EventType, 'tick'>, string> = {
  see_offer: '看单', claim: '抢单', decline: '拒单', give_back: '退单', assign: '派单', dial: '打电话', record_call: '记电话结果', tell_delay: '改时间', agree_delay: '答复新时间', move_appointment: '改上门时间', ask_another: '换师傅', record_door_call: '记门口的电话', say_at_home: '回话', leave_note: '留言离开', rebook: '再约',
  wait_for_parts: '等配件', parts_arrived: '记配件到货', add_helper: '加帮手', remove_helper: '去掉帮手', heed_register: '照名册改师傅', widen_search: '放宽范围', correct_contact: '改联系方式', correct_repair: '改项目', send_quote: '报价', send_change: '加减项目', withdraw_change: '撤回加减项目', approve_change: '批价', refuse_change: '不批价', confirm_quote: '确认报价',
  decline_quote: '回绝报价', open_payment: '付款', payment_received: '收款', payment_closed: '关闭付款', refund_settled: '退款', set_out: '出发', arrive: '签到', enter_door_code: '对口令',
  release_door: '放行', start_step: '开始步骤', complete_step: '完成步骤', report_completion: '报完工', accept: '验收', report_missing: '列出缺的', sign_card: '签保修卡', hand_over_parts: '交旧件',
  check_out: '离开', rate: '评分', answer_follow_up: '回访', choose_return: '选返工师傅', report_cash: '反映要现金', record_progress: '记进度', cancel: '取消',
}

/** Each event belongs to certain states. */
export const stateRefusal = (order: Pick<Order, 'status'>, event: Exclude<EventType, 'tick'>): Refusal | null =>
  WHERE[event].includes(order.status) ? null : (event === 'cancel' ? tooLateToCancel(order.status) : null) ?? refuse('WRONG_STATE', `这张单现在是“${STATUS_LABEL[order.status]}”，不能${EVENT_LABEL[event]}`)

/** R23 done is done: what leads on instead. */
const tooLateToCancel = (status: OrderStatus): Refusal | null => {
  if (status === 'awaiting_acceptance') return refuse('WRONG_STATE', '活已经干完了，取消不了：验收，或者说还差什么，师傅接着做')
  if (status === 'closing' || status === 'in_warranty' || status === 'archived') return refuse('WRONG_STATE', '已经验收了，没有可取消的：不满意可以免费返工，也可以打客服投诉')
  return null
}
