import type { Countdown, Joint, StateView, Turn } from '../../../typings/contract'
import { shortName } from '../draft'
import { yuan } from '../money'
import { personOf, visitOf } from '../order'
import type { Call, Delay, Order, Visit } from '../order'
import { hasFiveMinutes } from '../handlers/call-clock'
import { dueFen, isHeldByMoney, openQuote } from '../handlers/money-gate'
import { clockText, countText, dateText, dayText, MINUTE, momentText, morningText, spanText } from '../shanghai'
import { iso } from './reading'
import type { Reading } from './reading'

/** What a state is told with: the time, and the figures that its sentences name. */
export type StateReading = Pick<Reading, 'now' | 'settings'>

/** What a page shows as the state: one colour, one word, one fact and one sentence that says what happens next; derived, most urgent first. */

const view = (turn: Turn, joint: Joint, word: string, fact: string, sentence: string, countdown?: Countdown): StateView =>
  countdown ? { turn, joint, word, fact, sentence, countdown } : { turn, joint, word, fact, sentence }

/** Whoever must act first stands first. */
const URGENCY: Record<Turn, number> = { urgent: 0, yours: 1, paused: 2, ours: 3, done: 9, closed: 9 }

export const byUrgency = (a: StateView, b: StateView): number => URGENCY[a.turn] - URGENCY[b.turn]
export const isAtRest = ({ turn }: StateView): boolean => URGENCY[turn] >= URGENCY.done
/** Something is wanted of the reader, or stands still until somebody else has acted. */
export const isTheirTurn = ({ turn }: StateView): boolean => URGENCY[turn] < URGENCY.ours

/** The visit whose questionnaire is out and unanswered. */
export const askedVisit = (order: Order): Visit | null => {
  const visit = lastAsked(order)
  return visit?.followUp?.answer ? null : visit
}
/** The last visit whose questionnaire went out or was answered: a return closes the question of the visit that it follows. */
export const lastAsked = (order: Order): Visit | null => order.visits.findLast((visit) => visit.followUp && (visit.followUp.sentAt ?? visit.followUp.answer)) ?? null
/** The last visit, done and without stars. */
export const unratedVisit = (order: Order): Visit | null => {
  const visit = visitOf(order)
  return visit.completedAt && !visit.rating ? visit : null
}
/** A card that the homeowner has not signed yet. */
export const cardToSign = (order: Order): boolean => order.status === 'closing' && order.card !== null && order.card.lines.length > 0 && !order.card.homeownerSigned

/** Until when the first dial is in time (R10). Once it has passed there is no deadline any more, and the call is late; null for a call that nobody asked of them in five minutes. */
const callDueAt = (order: Order, call: Call): Date | null => (hasFiveMinutes(call.why) ? (order.deadlines.find(({ id }) => id === 'call.breach')?.dueAt ?? call.since) : null)

/** 5 分钟内 */
const within = (call: Call, due: Date): string => `${spanText((due.getTime() - call.since.getTime()) / MINUTE)}内`

/** A delay that the homeowner has yet to answer, while the new time is ahead (R12). */
export const undecidedDelay = ({ delay }: Visit, now: Date): Delay | null => (delay && !delay.answeredAt && now <= delay.to ? delay : null)

/** As the homeowner sees it. */
export const homeownerState = (order: Order, reading: StateReading): StateView => {
  const { now } = reading
  const visit = visitOf(order)
  const name = shortName(personOf(order, visit.technicianId))
  const free = visit.kind === 'return'
  const payable = dueFen(order)
  const quote = openQuote(order)
  switch (order.status) {
    case 'cancelled': {
      const settled = order.cancellation?.settledFen ?? 0
      const refunded = order.cancellation?.refundedFen ?? 0
      return view('closed', 0, '已取消', '工单取消了', settled > 0 ? `已结 ${yuan(settled)}，其余原路退回` : refunded > 0 ? `${yuan(refunded)} 原路退回` : '没有收费')
    }
    case 'archived':
      return view('closed', 4, '过保', '保修到期了', '再坏了照常报修，上门不收费')
    case 'dispatching':
      if (visit.state === 'choosing') {
        if (visit.choice === 'call_me') return view('ours', 1, '返工中', '客服马上给您打电话', '电话里定哪位师傅来，不收钱')
        return view('yours', 1, '返工中', '请选谁再来一趟', '再上门，不收钱')
      }
      if (visit.state === 'rebooking') return view('yours', 1, '待再约', '师傅来过，没人在家', '这趟不收费，约个时间再来')
      return dispatching(order, visit, now, free)
    case 'seeking_staff':
      return view('ours', 1, free ? '返工中' : '还在找', '还在给您找师傅', '调度员正亲自安排，定了就告诉您')
    case 'claimed': {
      if (visit.clockStoppedAt) return view('ours', 2, '已付款', '钱收到了', `${name}马上跟您再约时间`)
      const quiet = visit.call && visit.call.dials.length === 0
      const due = visit.call && callDueAt(order, visit.call)
      if (quiet && due && now > due) return view('urgent', 1, '超时', `${name}还没来电话`, '调度在催，再没有电话就给您换人')
      const soon = visit.call && due ? `${within(visit.call, due)}给您打电话` : '马上给您打电话，约上门时间'
      if (hasWrongNumber(order)) return view('yours', 1, '电话不对', `${name}打不通您的电话`, '改好号码，师傅马上再打给您')
      const sentence = quiet ? (visit.call && visit.call.since > now ? `夜里不打扰，${morningText(visit.call.since, now)} 给您打电话` : soon) : visit.call?.unanswered ? '刚才没打通，一会儿再打给您' : '正在跟您定上门时间'
      return view('ours', 1, free ? '返工中' : '已接单', `${name}接单了`, sentence)
    }
    case 'scheduled':
      return scheduled(order, visit, reading, name, free)
    case 'on_the_way':
      return late(visit, now, name) ?? view('ours', 2, '在路上', `${name}在路上`, `${visit.appointmentAt ? `约好 ${clockText(visit.appointmentAt)}；` : ''}到门口先对口令，再开门`)
    case 'arrived':
      if (visit.noShow) return view('urgent', 2, '等您开门', `${name}在门口等您`, '电话没人接，请开门或回个话')
      if (quote) return view('yours', 2, '待确认', '请您看过报价', '您点头了才动手')
      if (payable > 0) return view('yours', 2, '待付款', `请付 ${yuan(payable)}`, '付好款师傅就动手')
      return view('yours', 2, '到门口了', `${name}到门口了`, '请把四位口令念给师傅')
    case 'working':
      if (quote?.change) return view('yours', 2, '待确认', '师傅发现新情况，请您看', '您点头了才加；不同意就照原来的做')
      if (quote) return view('yours', 2, '待确认', '请您看过报价', '您点头了才动手')
      if (payable > 0) return view('yours', 2, '待付款', `请付 ${yuan(payable)}`, '付好款师傅就动手')
      if (visit.missing.some((item) => !item.doneAt)) return view('ours', 2, free ? '返工中' : '施工中', '正在补做', '补好了再请您看')
      return view('ours', 2, free ? '返工中' : '施工中', `${name}正在修`, '修好会试给您看')
    case 'awaiting_acceptance':
      return view('yours', 3, '待验收', '修好了，请您试试', '试过再签字；哪里不对，写下来接着修')
    case 'closing':
      if (cardToSign(order)) {
        return order.card?.technicianSigned
          ? view('yours', 3, '待签字', '请签保修卡', '签好保修卡就发给您')
          : view('ours', 3, '已验收', '验收好了', `${name}在填保修卡`)
      }
      return view('done', 3, '已验收', '验收好了', order.card?.homeownerSigned ? '保修卡已发给您' : '旧件交给您，师傅再走')
    case 'in_warranty': {
      const asked = askedVisit(order)
      if (asked) return view('yours', 4, '待评价', '修好一阵了，还好用吗？', '您照实说，我们才改得了')
      if (unratedVisit(order)) return view('yours', 4, '待评价', '请您打个分', '不满意就再上门，不收钱')
      return view('done', 4, '保修中', order.card ? `保修到 ${dateText(order.card.until)}` : '保修中', '同样的毛病免费修')
    }
    case 'surveying':
    case 'planning':
    case 'quoting':
      return view('ours', 2, '勘察报价', '正在给您做报价', '做好了发给您看')
    case 'agreement_pending':
      return view('yours', 2, '待签协议', '请您看协议', '签好再开工')
    case 'waiting_parts':
      return view('paused', 2, '等配件', visit.waiting ? `${dayText(visit.waiting.expectedAt, now)}到货` : '配件还没到', '到了先电话约您')
  }
}

const dispatching = (order: Order, visit: Visit, now: Date, free: boolean): StateView => {
  const open = order.offers.filter((offer) => offer.state === 'open' && offer.visitNo === visit.no)
  const endsAt = open[0]?.endsAt
  const countdown = open[0] && endsAt && endsAt > now ? { startedAt: iso(open[0].sentAt), endsAt: iso(endsAt), label: '本轮剩' } : undefined
  const word = free ? '返工中' : order.emergency ? '紧急' : '派单中'
  const turn: Turn = order.emergency ? 'urgent' : 'ours'
  const next = order.deadlines.find((deadline) => deadline.id === 'dispatch.next_wave')?.dueAt
  if (open.length === 0 && next && next > now) return view(turn, 1, word, `收到了，${morningText(next, now)} 派师傅`, '师傅接了单给您打电话，您先休息')
  if (open.length === 1) return view(turn, 1, word, '正在找师傅', `请了${shortName(personOf(order, open[0]?.technicianId ?? null))}，等回话`, countdown)
  return view(turn, 1, word, '正在找师傅', `请了离您最近的${countText(open.length)}位，谁先抢单谁来`, countdown)
}

/** Nobody came at the agreed time, and nobody stopped the clock (R13). */
export const isOverdue = (order: Order, now: Date): boolean => {
  const { appointmentAt, clockStoppedAt } = visitOf(order)
  return (order.status === 'scheduled' || order.status === 'on_the_way') && appointmentAt !== null && now > appointmentAt && clockStoppedAt === null
}

/** Not there at the agreed time, or about to be late: on the way or not (R12, R13). */
const late = (visit: Visit, now: Date, name: string): StateView | null => {
  const at = visit.appointmentAt
  if (at && now > at) return view('urgent', 2, '超时', `${name}还没到`, `约好 ${clockText(at)}，晚了 ${lateness(at, now)}，调度在催`)
  return undecidedDelay(visit, now) && at ? view('yours', 2, '待答复', `${name}要晚到，改到${momentText(at, now)}`, '行就点同意；不行另约，或换一位师傅') : null
}

/** 25 分钟, 1 个半小时 */
const lateness = (at: Date, now: Date): string => spanText(Math.max(1, Math.floor((now.getTime() - at.getTime()) / MINUTE)))

/** The technician waits for the right number, and so does the homeowner for the call (R10). */
export const hasWrongNumber = (order: Order): boolean => order.status === 'claimed' && visitOf(order).call?.outcome === 'wrong_number'

const scheduled = (order: Order, visit: Visit, { now, settings }: StateReading, name: string, free: boolean): StateView => {
  if (visit.clockStoppedAt) return view('yours', 2, '待付款', '出发前的款还没付', '付好款，师傅再跟您约时间')
  const at = visit.appointmentAt
  const early = `师傅提前 ${spanText(settings.arrival.earlyMinutes)}到`
  if (!at) return view('ours', 2, '已预约', '时间约好了', early)
  const fact = `${momentText(at, now)} 上门`
  const delayed = late(visit, now, name)
  if (delayed) return delayed
  if (free) return view('ours', 2, '返工中', fact, `再上门，不收钱；${early}`)
  if (isHeldByMoney(order)) {
    const held = `付好款，${momentText(at, now)} 上门`
    if (openQuote(order)) return view('yours', 2, '待确认', held, '没付款先不算约定；看过报价再付')
    return dueFen(order) > 0 ? view('yours', 2, '待付款', held, '没付款先不算约定，师傅也不出发') : view('yours', 2, '待确认', '报价还没定下来', '请打给客服，定下来师傅才出发')
  }
  return view('ours', 2, '已预约', fact, `${early}楼下`)
}

/** As the technician of the visit sees it. */
export const technicianState = (order: Order, { now, settings }: StateReading): StateView => {
  const visit = visitOf(order)
  const at = visit.appointmentAt
  switch (order.status) {
    case 'claimed': {
      const call = visit.call
      if (!call) return view('ours', 1, '打电话', '请打给业主', '')
      if (call.dials.length === 0) {
        if (visit.clockStoppedAt) return view('yours', 2, '再约时间', '业主付款了', '打电话再约上门时间')
        if (call.since > now) return view('ours', 1, '早上打', `${morningText(call.since, now)} 以后打给业主`, '夜里不打扰业主，要打也算数')
        const due = callDueAt(order, call)
        const taken = order.deadlines.find(({ id }) => id === 'call.take_back')?.dueAt
        if (!due) return view('yours', 1, '再约时间', '请打给业主约时间', '打完记下结果')
        return view(now > due ? 'urgent' : 'yours', 1, '打电话', now > due ? '过了时间，马上打' : `${call.why === 'assigned' ? '调度派给您' : call.why === 'corrected' ? '号码改好了' : '抢到了'}，${within(call, due)}打给业主`, now > due && taken ? `${clockText(taken)} 前没有结果就转给别人` : '拨出就算数', {
          startedAt: iso(call.since), endsAt: iso(due), label: '之前拨出',
        })
      }
      if (call.outcome === 'wrong_number') return view('paused', 1, '等客服', '客服在核对号码', '核对好再打')
      if (call.outcome === 'no_answer') return view('paused', 1, '等调度', `${countText(call.unanswered)}次没人接`, '调度来联系业主')
      if (call.retryAt) return retryState(order, call.retryAt, { now, settings })
      return view('yours', 1, '记结果', '打完记下结果', '约好了就选上门时间')
    }
    case 'scheduled':
      if (visit.clockStoppedAt) return view('paused', 2, '等付款', '业主还没付款', '您的钟停着，先不用出发')
      if (at && now > at) return view('urgent', 2, '超时', `过了 ${clockText(at)}`, '马上联系业主，说好几点到')
      if (undecidedDelay(visit, now)) return view('paused', 2, '等答复', at ? `改到${momentText(at, now)}` : '改了时间', '等业主答复，没答复按新时间去')
      return view('yours', 2, '已预约', at ? `${momentText(at, now)} 上门` : '已预约', isHeldByMoney(order) ? '业主还没付款，付了再出发' : `${clockText(order.deadlines.find((deadline) => deadline.id === 'arrival.alert')?.dueAt ?? at ?? now)} 前到`)
    case 'on_the_way':
      if (at && now > at) return view('urgent', 2, '超时', `${clockText(at)} 上门，晚了 ${lateness(at, now)}`, '打电话说好几点到；到了先签到')
      return view('yours', 2, '在路上', at ? `${clockText(at)} 上门` : '在路上', '到了先签到')
    case 'arrived':
      if (visit.noShow) return atClosedDoor(visit.noShow, now)
      return view('yours', 2, '到门口', '请业主念口令', '先亮工牌，再穿鞋套')
    case 'working':
      return view('yours', 2, '上门作业', visit.missing.some((item) => !item.doneAt) ? '把缺的补上' : '照清单一步步做', '每一步留下凭据')
    case 'awaiting_acceptance':
      return view('ours', 3, '等验收', '等业主验收', '业主在手机上试过再点')
    case 'closing':
      if (visit.checkedOutAt) return view('ours', 3, '等签字', '等业主签保修卡', '这趟做完了')
      return view('yours', 3, '收尾', order.card && order.card.lines.length > 0 && !order.card.technicianSigned ? '签保修卡' : visit.parts ? '点清工具再走' : '把旧件交给业主', '')
    case 'waiting_parts':
      return view('paused', 2, '等配件', visit.waiting ? `${dayText(visit.waiting.expectedAt, now)}到货` : '等配件', '到了记一下，再约业主')
    case 'in_warranty':
    case 'archived':
      if (visit.absent) return view('closed', 2, '没人在家', '留言离开了', '业主再约会先问您')
      return view('done', 4, '办好了', visit.completedAt ? `${dayText(visit.completedAt, now)} 完工` : '办好了', '')
    case 'cancelled':
      return view('closed', 0, '已取消', '工单取消了', '不用去了')
    default:
      return view('closed', 1, '已收回', '这单不在您手上了', '')
  }
}

/** Until when the next try of a call is in time; null once it is late (R10). */
export const retryUntil = (order: Order): Date | null => order.deadlines.find(({ id }) => id === 'call.retry_missed')?.dueAt ?? null

/** Nobody answered: before the next try, in its five minutes, and when these have passed (R10). */
const retryState = (order: Order, retryAt: Date, { now, settings }: StateReading): StateView => {
  const until = retryUntil(order)
  const tries = `${countText(settings.call.retryMinutes.length + 1)}次没人接，调度来联系业主`
  if (now < retryAt) return view('yours', 1, '再打电话', `没人接，${clockText(retryAt)} 再打`, tries)
  if (!until || now > until) return view('urgent', 1, '再打电话', '该再打了，马上打', '过了时间，已告诉调度')
  return view('yours', 1, '再打电话', `${clockText(until)} 前再打一次`, `拨出就算数；${tries}`, { startedAt: iso(retryAt), endsAt: iso(until), label: '之前拨出' })
}

/** At a door that nobody opens (R15). */
const atClosedDoor = ({ since, noteFrom }: NonNullable<Visit['noShow']>, now: Date): StateView =>
  now < noteFrom
    ? view('paused', 2, '没人开门', `${clockText(noteFrom)} 起可以留言离开`, '再打几次电话，等一等', { startedAt: iso(since), endsAt: iso(noteFrom), label: '还要等' })
    : view('yours', 2, '没人开门', '可以留言离开了', '留言写好了，念一遍再走')
