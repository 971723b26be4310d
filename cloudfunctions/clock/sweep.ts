import { readSettings } from '../platform/settings'
import { Budget } from './budget'
import { checkCertificates } from './check-certificates'
import { checkOrders } from './check-orders'
import { escalateUnread } from './escalate-unread'
import { sweepOrders } from './sweep-orders'
import type { Swept } from './sweep-orders'
import { sweepPayments, sweepRefunds } from './sweep-money'
import { finishDecisions } from './finish-decisions'
import { reckonTechnicians } from './reckon-technicians'
import { tellUntold } from './tell-untold'

/** What one run did, for the log and the console. */
export interface SweepReport {
  orders: number
  payments: number
  refunds: number
  technicians: number
  /** Technicians whose certificates were looked at. */
  certificates: number
  /** Technicians whose orders heeded the register. */
  registers: number
  /** Applications and contests of which something was left to do. */
  decisions: number
  /** Messages that nobody had opened. */
  unread: number
  todos: number
  failures: number
  /** False when the time of a function ran out first; the next run goes on. */
  finished: boolean
}

/** Real time that a run may take, ms: well inside the function's 60 s. */
const RUN_MS = 50_000

/** What of it may go into reckoning where technicians are, ms: orders must not starve behind it. */
const RECKON_MS = 10_000

const FAILED: Swept = { done: 0, failed: 1 }

/** A stage that fails as a whole is logged; those after it go on. */
const stage = async <Result>(name: string, work: () => Promise<Result>, otherwise: Result): Promise<Result> => {
  try {
    return await work()
  } catch (error) {
    console.error(JSON.stringify({ sweep: name, error: error instanceof Error ? { message: error.message, stack: error.stack } : String(error) }))
    return otherwise
  }
}

/** What people wait for first, then side by side what touches nothing of each other. One bad document never blocks the rest. */
export const sweep = async (): Promise<SweepReport> => {
  const budget = new Budget(RUN_MS)
  const settings = await readSettings()
  // Where technicians are reckoned to be decides the next wave.
  const technicians = await stage('technicians', () => reckonTechnicians(settings, new Budget(RECKON_MS)), 0)
  const orders = await stage('orders', () => sweepOrders(settings, budget), FAILED)
  const money = async (): Promise<[Swept, Swept]> => [await stage('payments', () => sweepPayments(budget), FAILED), await stage('refunds', () => sweepRefunds(budget), FAILED)]
  const [[payments, refunds], certificates, registers, decisions, unread] = await Promise.all([
    money(),
    stage('certificates', () => checkCertificates(settings, budget), 0),
    stage('register', () => checkOrders(budget), 0),
    stage('decisions', () => finishDecisions(budget), 0),
    stage('messages', () => escalateUnread(budget), 0),
  ])
  // Last: it posts what the others left.
  const todos = await stage('todos', () => tellUntold(settings), 0)
  return { orders: orders.done, payments: payments.done, refunds: refunds.done, technicians, certificates, registers, decisions, unread, todos, failures: orders.failed + payments.failed + refunds.failed, finished: !budget.isSpent }
}
