import type { ButtonAct, OrderView, StageView } from '../../../typings/contract'
import { formatFen } from '../../lib/money'
import { formatMoment } from '../../lib/time'

/** A row of the order page that leads to a page of its own. */
export interface OrderLink {
  icon: string
  title: string
  note: string
  /** Words at the right. */
  go: string
  url: string
}

/** What the page binds: visits with their steps and photos stay out of setData. */
export type ShownOrder = Omit<
  OrderView,
  'visits' | 'stages' | 'quote' | 'followUp' | 'returnChoice' | 'card' | 'ratingTags' | 'preparations'
>

export function shownOrder(order: OrderView): ShownOrder {
  const {
    visits: _visits,
    stages: _stages,
    quote: _quote,
    followUp: _followUp,
    returnChoice: _choice,
    card: _card,
    ratingTags: _tags,
    preparations: _preparations,
    ...shown
  } = order
  return shown
}

/** Whether two answers say the same on the page: then nothing is drawn anew, and no picture blinks because its link was signed again. */
export function saysTheSame(before: OrderView, after: OrderView): boolean {
  return spoken(before) === spoken(after)
}

function spoken({ version, state, dispatch, main, more }: OrderView): string {
  const asked = dispatch?.offers.map(({ technician, distanceMetres, looking }) => [technician.id, distanceMetres, looking])
  return JSON.stringify([version, state, asked, main, more])
}

const WHILE_DISPATCHING_MS = 5_000
const WHILE_OPEN_MS = 20_000
const AT_REST: ReadonlySet<string> = new Set(['in_warranty', 'archived', 'cancelled'])

/** Dispatching changes by the second, the rest by the minute; an order at rest is not polled. */
export function orderEveryMs({ dispatch, status }: Pick<OrderView, 'dispatch' | 'status'>): number | null {
  if (dispatch) return WHILE_DISPATCHING_MS
  return AT_REST.has(status) ? null : WHILE_OPEN_MS
}

/** The page that a button opens; null when the order page itself does what it says. */
export function pageOf(act: ButtonAct, order: OrderView): string | null {
  const id = `id=${order.id}`
  switch (act) {
    case 'view_quote':
    case 'confirm_and_pay':
    case 'pay':
      return `/homeowner/quote/quote?${id}`
    case 'accept':
    case 'report_missing':
      return `/homeowner/acceptance/acceptance?${id}`
    case 'sign_card':
    case 'view_card':
      return `/homeowner/warranty-card/warranty-card?${id}`
    case 'rate':
      return `/homeowner/rating/rating?${id}&visit=${visitToRate(order)}`
    case 'answer_follow_up':
      return `/homeowner/follow-up/follow-up?${id}&visit=${order.followUp?.visitNo ?? latestVisit(order)}`
    case 'choose_return':
      return `/homeowner/follow-up/follow-up?${id}&visit=${order.returnChoice?.visitNo ?? latestVisit(order)}`
    case 'file_again':
      return `/homeowner/file-repair/file-repair?category=${order.category.code}`
    default:
      return null
  }
}

/** The latest visit that was accepted and has no stars yet, else the latest one. */
function visitToRate(order: OrderView): number {
  const open = order.visits.filter(({ acceptedAt, rating }) => acceptedAt !== null && rating === null)
  return open[open.length - 1]?.no ?? latestVisit(order)
}

function latestVisit({ visits }: OrderView): number {
  return visits[visits.length - 1]?.no ?? 1
}

/** Quote and warranty card, where there is one: they stay within reach when the main button is about something else. `now` in ms. */
export function orderLinks(order: OrderView, now: number): OrderLink[] {
  const links: OrderLink[] = []
  const { quote, card } = order
  if (quote) {
    const url = `/homeowner/quote/quote?id=${order.id}`
    links.push({
      icon: 'receipt',
      title: `报价 ${formatFen(quote.totalFen)}`,
      note: quoteNote(order, now),
      go: quote.state === 'sent' ? '先看看' : '看明细',
      url,
    })
  }
  if (card)
    links.push({
      icon: 'card',
      title: '服务专用保修卡',
      note: card.number,
      go: '看卡',
      url: `/homeowner/warranty-card/warranty-card?id=${order.id}`,
    })
  return links
}

function quoteNote(order: OrderView, now: number): string {
  const { quote, stages } = order
  const refunded = stages.reduce((sum, { refundedFen }) => sum + refundedFen, 0)
  if (refunded > 0) return `已退 ${formatFen(refunded)}，原路退回`
  if (stages.some(({ state }) => state === 'refunding')) return '退款在路上，原路退回'
  const paid = lastPaid(stages)
  if (paid?.paidAt) return `${formatMoment(paid.paidAt, now)} 付清，微信支付`
  if (quote?.state === 'sent') return '师傅出发前付就行'
  if (quote?.state === 'expired') return '过了有效期，可以请我们重新报'
  if (quote?.state === 'declined') return '您没有同意这份报价'
  return ''
}

/** The last payment, once nothing is due any more. */
function lastPaid(stages: StageView[]): StageView | undefined {
  if (stages.length === 0 || stages.some(({ state }) => state === 'due')) return undefined
  return stages
    .filter(({ paidAt }) => paidAt !== null)
    .sort((one, other) => Date.parse(other.paidAt ?? '') - Date.parse(one.paidAt ?? ''))[0]
}
