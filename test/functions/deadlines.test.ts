/**
 * The deadlines of claiming, calling and arriving (R07, R10, R11, R13) through the functions: a second before, at the moment, a second after with three timers at once, and after a clock that stood still for
 * an hour (R42). All rows of the table are tried in the rules alone by `test/domain/deadlines.test.ts`.
 */
import { DEADLINES } from '../../cloudfunctions/domain/deadlines'
import type { DeadlineId } from '../../cloudfunctions/domain/deadlines'
import { atClock, DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { Collections } from '../../cloudfunctions/platform/documents'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '3' } })

const inMs = async (ms: number) => new Date((await product.now()).getTime() + ms)

// Repairs for which a deadline stands.
const filed = () => Repair.file(product, { near: 4 })
const claimed = async () => {
  const repair = await Repair.file(product, { near: 4 })
  await repair.claim()
  return repair
}
const dialled = async () => {
  const repair = await claimed()
  await repair.technician.do('dial', { orderId: repair.orderId })
  return repair
}
const unanswered = async () => {
  const repair = await dialled()
  await repair.technician.do('recordCall', { orderId: repair.orderId, outcome: 'no_answer' })
  return repair
}
const agreed = (ms: number) => async () => {
  const repair = await claimed()
  await repair.agree(await inMs(ms))
  return repair
}
const paid = async () => {
  const repair = await agreed(5 * HOUR)()
  await repair.pay()
  return repair
}

// What whoever it waits for does.
const claim = (repair: Repair) => repair.claim()
const dial = ({ technician, orderId }: Repair) => technician.do('dial', { orderId })
const cancel = ({ homeowner, orderId }: Repair) => homeowner.do('cancelOrder', { orderId, reason: '不修了' })
const pay = (repair: Repair) => repair.pay()
const arrive = async (repair: Repair) => {
  await repair.setOut()
  await repair.arrive()
}
const agree = async (repair: Repair) => {
  await dial(repair)
  await repair.technician.do('recordCall', { orderId: repair.orderId, outcome: 'agreed', at: (await inMs(3 * HOUR)).toISOString() })
}

// When it fell, by what it left.
const told = (kind: string, from = 0) => async (repair: Repair) => (await repair.order()).timeline.filter((entry) => entry.kind === kind).slice(from).map(({ at }) => at)
const todo = (kind: string) => async ({ orderId }: Repair) => (await product.find('todos', { orderId, kind })).map(({ at }) => at)
const violation = (kind: string) => async ({ orderId }: Repair) => (await product.violations(orderId)).filter((broken) => broken.kind === kind).map(({ at }) => at)
const message = (role: 'homeowner' | 'technician', template: Collections['messages']['template'], words = '') => async ({ orderId }: Repair) =>
  (await product.find('messages', { orderId, role, template })).filter(({ text }) => text.includes(words)).map(({ at }) => at).sort((a, b) => a.getTime() - b.getTime())
/** Without the message that came with the agreement itself. */
const reminder = async (repair: Repair) => (await message('homeowner', 'appointment')(repair)).slice(1)

interface Row {
  begin(): Promise<Repair>
  due(repair: Repair): Promise<Date>
  act(repair: Repair): Promise<unknown>
  falls(repair: Repair): Promise<Date[]>
}

const afterStart = (ms: number) => async (repair: Repair) => new Date((await repair.order()).createdAt.getTime() + ms)
const beforeVisit = (ms: number) => async (repair: Repair) => new Date((await repair.visit()).appointmentAt!.getTime() - ms)

const ROWS: [DeadlineId, Row][] = [
  ['dispatch.next_wave', { begin: filed, due: afterStart(3 * MINUTE), act: claim, falls: told('wave_sent', 1) }],
  ['call.reminder', { begin: claimed, due: afterStart(4 * MINUTE), act: dial, falls: message('technician', 'call_reminder') }],
  ['call.breach', { begin: claimed, due: afterStart(5 * MINUTE), act: dial, falls: violation('late_call') }],
  ['call.take_back', { begin: dialled, due: afterStart(15 * MINUTE), act: agree, falls: told('taken_back') }],
  ['call.retry', { begin: unanswered, due: afterStart(10 * MINUTE), act: agree, falls: message('technician', 'call_reminder') }],
  ['call.retry_missed', { begin: unanswered, due: afterStart(15 * MINUTE), act: dial, falls: todo('no_answer') }],
  ['appointment.day_before', { begin: agreed(DAY + HOUR), due: async (repair) => atClock(new Date((await repair.visit()).appointmentAt!.getTime() - DAY), '20:00'), act: cancel, falls: reminder }],
  ['appointment.soon', { begin: paid, due: beforeVisit(2 * HOUR), act: cancel, falls: reminder }],
  ['payment.reminder', { begin: agreed(5 * HOUR), due: beforeVisit(3 * HOUR), act: pay, falls: message('homeowner', 'payment', '出发前请付款') }],
  ['arrival.check', { begin: agreed(5 * HOUR), due: beforeVisit(90 * MINUTE), act: pay, falls: told('payment_missing') }],
  ['payment.overdue', { begin: agreed(5 * HOUR), due: beforeVisit(0), act: pay, falls: todo('unpaid') }],
  ['arrival.reminder', { begin: paid, due: beforeVisit(90 * MINUTE), act: (repair) => repair.setOut(), falls: message('technician', 'appointment') }],
  ['arrival.alert', { begin: paid, due: beforeVisit(10 * MINUTE), act: arrive, falls: todo('late_arrival') }],
  ['arrival.breach', { begin: paid, due: beforeVisit(0), act: arrive, falls: violation('late_arrival') }],
]

const title = (id: DeadlineId) => `${DEADLINES[id].rule} ${id}`
const rows = ROWS.map(([id, row]): [string, DeadlineId, Row] => [title(id), id, row])

test('R42 every row of these rules is here', () => {
  const wanted = Object.entries(DEADLINES).filter(([, { rule }]) => ['R07', 'R10', 'R11', 'R13'].includes(rule)).map(([id]) => id)
  expect(ROWS.map(([id]) => id).sort()).toEqual(wanted.sort())
})

test.each(rows)('%s: not a second before, once a second after though three timers look at once, and not at all where it was done in time', async (_title, id, row) => {
  const isVerdict = DEADLINES[id].nature === 'verdict'
  const [idle, busy] = [await row.begin(), await row.begin()]
  const due = await row.due(idle)
  // The timer has looked in between, as it does.
  await product.moveTo(new Date(due.getTime() - 2 * SECOND))
  await product.moveTo(new Date(due.getTime() - SECOND))
  expect([await row.falls(idle), await row.falls(busy)]).toEqual([[], []])
  if (DEADLINES[id].nature === 'reminder') await row.act(busy)
  await product.sleepTo(due)
  if (DEADLINES[id].nature !== 'reminder') await row.act(busy)
  await product.sweep()
  expect([await row.falls(idle), await row.falls(busy)]).toEqual([isVerdict ? [] : [due], []])
  await product.sleepTo(new Date(due.getTime() + SECOND))
  await Promise.all([product.sweep(), product.sweep(), product.sweep()])
  await product.advance(25 * SECOND)
  expect([await row.falls(idle), await row.falls(busy)]).toEqual([[due], []])
})

test.each(rows)('%s: the clock stood still for an hour', async (_title, id, row) => {
  const repair = await row.begin()
  const due = await row.due(repair)
  const late = new Date(due.getTime() + HOUR)
  await product.sleepTo(late)
  await Promise.all([product.sweep(), product.sweep()])
  await product.advance(25 * SECOND)
  expect(await row.falls(repair)).toEqual({ verdict: [due], step: [late], reminder: [] }[DEADLINES[id].nature])
})
