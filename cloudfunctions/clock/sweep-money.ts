import { _, collection } from '../platform/db'
import type { PaymentDocument } from '../platform/documents'
import { followAttempt, followRefund, nextPoll } from '../platform/payments/follow'
import type { Budget } from './budget'
import { eachOf } from './each-of'
import { putOff } from './put-off'
import type { Swept } from './sweep-orders'

const PAGE = 50
const AT_ONCE = 8

/** Asks after payments whose notification may have been lost, and closes what expired (R23). */
export const sweepPayments = async (budget: Budget): Promise<Swept> => {
  const swept: Swept = { done: 0, failed: 0 }
  if (budget.isSpent) return swept
  const due = await collection('payments').find({ nextWorkAt: _.lte(new Date()) }, { order: { nextWorkAt: 'asc' }, limit: PAGE })
  await eachOf(due, AT_ONCE, async (payment) => {
    try {
      await follow(payment)
      swept.done += 1
    } catch (error) {
      swept.failed += 1
      await putOff('payments', payment, payment._id, error)
    }
  })
  return swept
}

const follow = async (payment: PaymentDocument): Promise<void> => {
  const state = await followAttempt(payment)
  if (state === 'paid' || state === 'closed') return
  const now = new Date()
  await collection('payments').update({ _id: payment._id, booked: false }, { polls: _.inc(1), nextWorkAt: _.set(nextPoll(payment, now)) })
}

/** Follows refunds until the money is back (R23). */
export const sweepRefunds = async (budget: Budget): Promise<Swept> => {
  const swept: Swept = { done: 0, failed: 0 }
  if (budget.isSpent) return swept
  const due = await collection('refunds').find({ nextWorkAt: _.lte(new Date()) }, { order: { nextWorkAt: 'asc' }, limit: PAGE })
  await eachOf(due, AT_ONCE, async (refund) => {
    try {
      await followRefund(refund, new Date())
      swept.done += 1
    } catch (error) {
      swept.failed += 1
      await putOff('refunds', refund, refund._id, error)
    }
  })
  return swept
}
