import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { SYSTEM } from '../draft'
import { addFen, fen, yuan, ZERO } from '../money'
import type { Fen } from '../money'
import type { Refund, Stage } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome } from '../refusal'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

/** Money of a stage that was paid and is neither back nor on its way back: the most that can still be refunded (R23). */
export const heldFen = (stage: Stage): Fen =>
  stage.payment ? fen(stage.amountFen - addFen(...stage.refunds.filter(({ state }) => state !== 'failed').map(({ amountFen }) => amountFen))) : ZERO

/**
 * Sends a part of what a stage holds back the way it came, as a refund of its own; never more than is held. The number is derived, so that doing it twice is one refund.
 * @returns what goes back, fen; 0 when nothing is held
 */
export const refundPart = (draft: Draft, stage: Stage, wantedFen: Fen, kind: Refund['kind'], reason: string): Fen => {
  const amountFen = fen(Math.min(wantedFen, heldFen(stage)))
  if (!stage.payment || amountFen <= 0) return ZERO
  const { outTradeNo } = stage.payment
  const outRefundNo = `${outTradeNo}R${stage.refunds.length + 1}`
  stage.refunds.push({ outRefundNo, amountFen, kind, reason, state: 'requested', at: draft.now })
  if (heldFen(stage) === 0) stage.state = 'refunding'
  draft.put(`refund:${outRefundNo}`, { kind: 'refund', outRefundNo, outTradeNo, amountFen, totalFen: stage.amountFen, reason, stageId: stage.id })
  return amountFen
}

/** All that a stage still holds, once. */
export const refundStage = (draft: Draft, stage: Stage, kind: Refund['kind'], reason: string): Fen => refundPart(draft, stage, stage.amountFen, kind, reason)

/** WeChat Pay has sent it back, or gave up: told once. A refund that failed is held again, and finance see to it (R23). */
export const refundSettled = (draft: Draft, event: Of<'refund_settled'>): Outcome => {
  const { order } = draft
  const stage = order.stages.find((candidate) => candidate.id === event.stageId)
  const refund = stage?.refunds.find(({ outRefundNo }) => outRefundNo === event.outRefundNo)
  const state = event.succeeded ? 'succeeded' : 'failed'
  // A surplus payment is no part of a stage: what the timeline tells is all that is known of it.
  const known = refund ? refund.state === state : order.timeline.some((entry) => entry.kind === (event.succeeded ? 'refunded' : 'refund_failed') && entry.data['outRefundNo'] === event.outRefundNo)
  if (known) return SAME
  if (refund?.state === 'succeeded') return refuse('WRONG_STATE', '这笔退款已经到账')
  const amount = yuan(event.amountFen)
  if (refund) refund.state = state
  if (!event.succeeded) {
    draft.tell('refund_failed', SYSTEM, { amount, outRefundNo: event.outRefundNo })
    draft.todo('refund_failed', 'finance', '退款没有成功', `${order.number} ${amount} ${event.outRefundNo}`, { subject: event.outRefundNo })
    return null
  }
  draft.tell('refunded', SYSTEM, { amount, outRefundNo: event.outRefundNo })
  draft.messageHomeowner(`refunded:${event.outRefundNo}`, 'payment', { what: '退款已到账，原路退回', amount })
  if (!stage || !refund) return null
  stage.refundedFen = fen(stage.refundedFen + event.amountFen)
  if (stage.refundedFen >= stage.amountFen) stage.state = 'refunded'
  return null
}
