import { readSettings } from '../platform/settings'
import { Budget } from './budget'
import { sweepOrders } from './sweep-orders'
import { sweepPayments, sweepRefunds } from './sweep-money'
import { reckonTechnicians } from './reckon-technicians'
import { tellUntold } from './tell-untold'

/** What one run did, for the log and the console. */
export interface SweepReport {
  orders: number
  payments: number
  refunds: number
  technicians: number
  todos: number
  failures: number
  /** False when the time of a function ran out first; the next run goes on. */
  finished: boolean
}

/** Real time that a run may take, ms: well inside the function's 60 s. */
const RUN_MS = 50_000

/** One after the other: what people wait for first. One bad document never blocks the rest. */
export const sweep = async (): Promise<SweepReport> => {
  const budget = new Budget(RUN_MS)
  const settings = await readSettings()
  // Where technicians are reckoned to be decides the next wave.
  const technicians = await reckonTechnicians(settings, budget)
  const orders = await sweepOrders(settings, budget)
  const payments = await sweepPayments(budget)
  const refunds = await sweepRefunds(budget)
  const todos = await tellUntold()
  return { orders: orders.done, payments: payments.done, refunds: refunds.done, technicians, todos, failures: orders.failed + payments.failed + refunds.failed, finished: !budget.isSpent }
}
