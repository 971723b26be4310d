import type { PaymentParams } from '../../../typings/contract'
import type { OrderEvent } from '../../domain/event'
import type { Order, Stage } from '../../domain/order'
import { refuse, Refusal } from '../../domain/refusal'
import { after, HOUR, MINUTE } from '../../domain/shanghai'
import { _, collection } from '../db'
import type { PaymentDocument } from '../documents'
import { applyEvent } from '../orders'
import type { OrderChange } from '../orders'
import { readSettings } from '../settings'
import { closeAttempt } from './close-attempt'
import { enterPrepay, paymentParams } from './gateway'

/** WeChat keeps a prepay_id for two hours; ours is used for less. */
const PREPAY_MS = 2 * HOUR - 5 * MINUTE
/** An attempt that is about to end is not handed out any more. */
const LEAST_LEFT_MS = MINUTE
/** When an unpaid attempt is first asked after. */
const FIRST_POLL_MS = MINUTE

const UNAVAILABLE = refuse('PAYMENT_UNAVAILABLE', '微信支付这会儿没有反应，没有扣款，请过一会儿再试')

type Owner = Pick<OrderChange, 'orderId' | 'authorise'>

/**
 * Opens the one attempt of a stage, or takes up the open one (R23): the same prepay while it lasts; an attempt that expired, or that WeChat Pay knows with other terms, is closed and another one opened.
 * Refusals: what the rules say of the stage; PAYMENT_UNAVAILABLE.
 */
export const startAttempt = async (owner: Owner, openid: string, stageId: string): Promise<{ outTradeNo: string; params: PaymentParams } | Refusal> => {
  const opened = await openStage(owner, stageId)
  if (opened instanceof Refusal) return opened
  const payment = await attemptOf(opened.order, opened.stage, openid, opened.isNew)
  if (payment.state !== 'closed' && payment.expiresAt.getTime() - Date.now() > LEAST_LEFT_MS) {
    const handed = await handOut(payment)
    if (handed !== USED) return handed
  }
  const closed = await closeExpired(owner, payment)
  if (closed) return closed
  const again = await openStage(owner, stageId)
  if (again instanceof Refusal) return again
  const handed = await handOut(await attemptOf(again.order, again.stage, openid, again.isNew))
  return handed === USED ? UNAVAILABLE : handed
}

const openStage = async (owner: Owner, stageId: string): Promise<{ order: Order; stage: Stage & { openAttempt: string }; isNew: boolean } | Refusal> => {
  let before: string | null = null
  const changed = await applyEvent({
    ...owner,
    key: null,
    event: (order) => {
      before = order.stages.find((stage) => stage.id === stageId)?.openAttempt ?? null
      return { type: 'open_payment', stageId }
    },
  })
  if (changed instanceof Refusal) return changed
  const stage = changed.order.stages.find((each) => each.id === stageId)
  if (!stage?.openAttempt) throw new Error(`order ${changed.order._id}: stage ${stageId} opened without an attempt`)
  return { order: changed.order, stage: { ...stage, openAttempt: stage.openAttempt }, isNew: stage.openAttempt !== before }
}

/** The attempt's own document, made when it is not there yet. */
const attemptOf = async (order: Order, stage: Stage & { openAttempt: string }, openid: string, isNew: boolean): Promise<PaymentDocument> => {
  const known = isNew ? null : await collection('payments').get(stage.openAttempt)
  if (known) return known
  const settings = await readSettings()
  const now = new Date()
  const payment: PaymentDocument = {
    _id: stage.openAttempt, orderId: order._id, stageId: stage.id, openid, amountFen: stage.amountFen, description: `${settings.company} ${order.number} ${stage.name}`, state: 'created',
    prepayId: null, prepaidAt: null, transactionId: null, paidAt: null, createdAt: now, expiresAt: after(now, settings.payment.attemptMinutes * MINUTE), polls: 0, booked: false,
    nextWorkAt: after(now, FIRST_POLL_MS), sweepFailures: 0,
  }
  if (await collection('payments').add(payment)) return payment
  return (await collection('payments').get(payment._id)) ?? payment
}

/** WeChat Pay knows the attempt with other terms than ours are now (a moved notification address): it cannot be paid any more, and another is opened. */
const USED = Symbol('used')

const handOut = async (payment: PaymentDocument): Promise<{ outTradeNo: string; params: PaymentParams } | Refusal | typeof USED> => {
  const kept = payment.prepayId && payment.prepaidAt && payment.prepaidAt.getTime() + PREPAY_MS > Date.now() ? payment.prepayId : null
  if (kept) return { outTradeNo: payment._id, params: await paymentParams(kept) }
  const answer = await enterPrepay({ outTradeNo: payment._id, attach: payment.orderId, ...payment })
  if (answer.kind === 'refused' && answer.code === 'ORDERPAID') return refuse('WRONG_STATE', '这笔款已经付过了，稍等就会到账')
  if (answer.kind === 'refused' && answer.code === 'OUT_TRADE_NO_USED') return USED
  if (answer.kind !== 'ok') {
    console.error(JSON.stringify({ payment: payment._id, prepay: answer.kind, detail: answer.kind === 'refused' ? answer.code : answer.message }))
    return UNAVAILABLE
  }
  const [params] = await Promise.all([
    paymentParams(answer.facts),
    collection('payments').update({ _id: payment._id, state: _.in(['created', 'prepaid']) }, { state: _.set('prepaid'), prepayId: _.set(answer.facts), prepaidAt: _.set(new Date()) }),
  ])
  return { outTradeNo: payment._id, params }
}

/** Closes an attempt whose time is over and tells the order, so that another can be opened. */
const closeExpired = async (owner: Owner, payment: PaymentDocument): Promise<Refusal | null> => {
  try {
    if (payment.state !== 'closed') await closeAttempt(payment._id)
  } catch {
    return UNAVAILABLE
  }
  const after = await collection('payments').get(payment._id)
  if (after && after.state !== 'closed') return refuse('WRONG_STATE', '这笔款已经付过了，稍等就会到账')
  const event: OrderEvent = { type: 'payment_closed', outTradeNo: payment._id, stageId: payment.stageId }
  const changed = await applyEvent({ ...owner, key: null, event: () => event })
  return changed instanceof Refusal ? changed : null
}
