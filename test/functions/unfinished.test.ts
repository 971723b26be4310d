/** A function that dies between what it wrote and what follows from it (R42): a retry does the rest, and so does the clock; all of it once. */
import { MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { Collections } from '../../cloudfunctions/platform/documents'
import { CallLog } from '../bench/setting/call-log'
import { identityNumber } from '../support/identity-number'
import type { HomeownerPhone } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

const set = (value: unknown) => product.db.command.set(value)

/** As a function leaves a document that dies right after its write: changed, under its lease, and nothing done that follows. */
const dieAfterWriting = async (name: 'applications' | 'violations', id: string, changes: Record<string, unknown>): Promise<void> => {
  const nextWorkAt = new Date((await product.now()).getTime() + 20 * SECOND)
  await product.db.collection(name).doc(id).update(Object.fromEntries(Object.entries({ ...changes, nextWorkAt }).map(([field, value]) => [field, set(value)])))
}

/** Retried, or left to the clock once the lease is over. */
const WAYS = ['retried', 'left to the clock'] as const
const goOn = async (way: (typeof WAYS)[number], retry: () => Promise<unknown>): Promise<void> => {
  if (way === 'retried') {
    await retry()
    await retry()
  } else {
    await product.advance(19 * SECOND)
    await product.advance(SECOND)
    await Promise.all([product.sweep(), product.sweep()])
  }
}

const REASON = '用座机打的，业主能作证'

/** A technician with a late call on their record. */
const violated = async (): Promise<{ repair: Repair; violation: Collections['violations'] }> => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  await product.advance(5 * MINUTE + SECOND)
  await repair.agree()
  return { repair, violation: (await product.violations(repair.orderId))[0]! }
}

const contestTodos = async ({ _id }: Collections['violations']) => (await product.find('todos', { _id: `contest:${_id}` })).map(({ state }) => state)
const settled = async (name: 'applications' | 'violations', id: string) => (await product.find(name, { _id: id })).map(({ nextWorkAt }) => nextWorkAt)

describe.each(WAYS)('R42 %s', (way) => {
  test('R42 R36 contested, and dead before the to-do: it is left', async () => {
    const { repair, violation } = await violated()
    await dieAfterWriting('violations', violation._id, { contest: { reason: REASON, at: await product.now(), state: 'open', decision: '', decidedBy: null, decidedAt: null } })
    await goOn(way, () => repair.technician.do('contestViolation', { violationId: violation._id, reason: REASON }))
    expect(await contestTodos(violation)).toEqual(['open'])
    expect(await settled('violations', violation._id)).toEqual([null])
  })

  test('R42 R36 answered, and dead before the to-do is closed and the technician told: both are done, once', async () => {
    const { repair, violation } = await violated()
    await repair.technician.do('contestViolation', { violationId: violation._id, reason: REASON })
    await dieAfterWriting('violations', violation._id, { contest: { reason: REASON, at: await product.now(), state: 'withdrawn', decision: '业主证实打过', decidedBy: 'qin-yue', decidedAt: await product.now() } })
    await goOn(way, () => product.staffDo('decideContest', { violation: violation._id, withdraw: true, reason: '业主证实打过' }))
    expect(await contestTodos(violation)).toEqual(['closed'])
    expect((await repair.technician.inbox()).filter(({ text }) => text.includes('业主证实打过'))).toHaveLength(1)
    expect(await settled('violations', violation._id)).toEqual([null])
  })

  test('R42 R52 sent, and dead before the to-do: it is left', async () => {
    const person = await applied()
    const [todo] = await applicationTodos(person)
    await product.db.collection('todos').doc(todo!._id).remove()
    await dieAfterWriting('applications', person.openid, {})
    await goOn(way, async () => person.do('applyToJoin', await input(person)))
    expect((await applicationTodos(person)).map(({ state }) => state)).toEqual(['open'])
    expect(await settled('applications', person.openid)).toEqual([null])
  })

  test('R42 R52 approved, and dead before the entry in the register: entered, told, to-do closed, numbers gone', async () => {
    const person = await applied()
    const decision = await approval(person)
    await dieAfterWriting('applications', person.openid, { state: 'approved', decision: { at: await product.now(), by: 'qin-yue', key: null, reason: '', staffNumber: decision.staffNumber, identityChecked: true, certificatesChecked: [] } })
    await goOn(way, () => product.staffDo('decideApplication', decision))
    expect(await product.find('technicians', { openid: person.openid })).toMatchObject([{ staffNumber: decision.staffNumber }])
    expect((await applicationTodos(person)).map(({ state, closedBy }) => [state, closedBy])).toEqual([['closed', 'qin-yue']])
    expect((await person.inbox()).map(({ text }) => text)).toEqual([expect.stringContaining(decision.staffNumber)])
    expect(await product.find('applications', { _id: person.openid })).toMatchObject([{ identityNumber: '', nextWorkAt: null }])
  })

  test('R42 R52 refused, and dead before anybody was told: told, to-do closed, numbers gone', async () => {
    const person = await applied()
    const decision = { ...(await seen(person)), approve: false, reason: '照片看不清' }
    await dieAfterWriting('applications', person.openid, { state: 'refused', decision: { at: await product.now(), by: 'qin-yue', key: null, reason: decision.reason, staffNumber: '', identityChecked: false, certificatesChecked: [] } })
    await goOn(way, () => product.staffDo('decideApplication', decision))
    expect((await applicationTodos(person)).map(({ state }) => state)).toEqual(['closed'])
    expect((await person.inbox()).map(({ text }) => text)).toEqual([expect.stringContaining('照片看不清')])
    expect(await product.find('applications', { _id: person.openid })).toMatchObject([{ identityNumber: '', nextWorkAt: null }])
  })
})

test('R42 R52 sent anew before the refusal was told: the applicant reads both, and the new one has a to-do of its own', async () => {
  const person = await applied()
  await product.advance(SECOND)
  await dieAfterWriting('applications', person.openid, { state: 'refused', decision: { at: await product.now(), by: 'qin-yue', key: null, reason: '照片看不清', staffNumber: '', identityChecked: false, certificatesChecked: [] } })
  await person.do('applyToJoin', await input(person))
  expect((await person.inbox()).map(({ text }) => text)).toEqual([expect.stringContaining('照片看不清')])
  expect((await applicationTodos(person)).map(({ state }) => state).sort()).toEqual(['closed', 'open'])
})

test('R36 R52 applying, contesting and deciding on either takes at most four round trips till it is written', async () => {
  const log = new CallLog(product.workplace.dataDir)
  const { repair, violation } = await violated()
  log.take()
  const person = await applied()
  await product.staffDo('decideApplication', { ...(await seen(person)), approve: false, reason: '证件看不清', identityChecked: true })
  await person.do('applyToJoin', { ...(await input(person)), identityNumber: '' })
  await product.staffDo('decideApplication', await approval(person))
  await repair.technician.do('contestViolation', { violationId: violation._id, reason: REASON })
  await product.staffDo('decideContest', { violation: violation._id, withdraw: true, reason: '业主证实打过' })
  const writing = log.take().filter(({ action }) => ['applyToJoin', 'decideApplication', 'contestViolation', 'decideContest'].includes(action))
  expect(writing).toHaveLength(6)
  expect(writing.filter(({ code, trips }) => code !== 'OK' || trips > 4)).toEqual([])
})

test('R42 R52 the machine dies while a manager approves, again and again: asked again, all is done, and once', async () => {
  for (let death = 0; death < 4; death += 1) {
    const person = await applied()
    const decision = await approval(person)
    const more = { requestId: `approve-${decision.staffNumber}` }
    const first = product.staff('decideApplication', decision, more).catch(() => null)
    while ((await product.find('applications', { _id: person.openid, state: 'sent' })).length > 0) await new Promise((resolve) => setTimeout(resolve, 1))
    await new Promise((resolve) => setTimeout(resolve, death * 2))
    await product.reboot()
    await first
    await product.staffDo('decideApplication', decision, more)
    expect(await product.find('technicians', { openid: person.openid })).toMatchObject([{ staffNumber: decision.staffNumber }])
    expect((await applicationTodos(person)).map(({ state }) => state)).toEqual(['closed'])
    expect(await person.inbox()).toHaveLength(1)
    expect(await settled('applications', person.openid)).toEqual([null])
  }
})

const input = async (person: HomeownerPhone) => ({
  name: '孙立', phone: '139 0000 1212', identityNumber: identityNumberOf(person), photo: await person.upload('application', 'join'), skills: [{ category: 'plumbing', level: 2 as const }], years: 6, district: '江湾区', base: person.home, radiusMetres: 6_000,
  certificates: [], about: '',
})

let people = 0
const numbers = new Map<string, string>()
/** Always the same of one person, and nobody else's. */
const identityNumberOf = ({ openid }: HomeownerPhone): string => {
  const known = numbers.get(openid) ?? identityNumber(people)
  numbers.set(openid, known)
  return known
}

const applied = async (): Promise<HomeownerPhone> => {
  people += 1
  const person = product.homeowner()
  await person.do('applyToJoin', await input(person))
  return person
}

const seen = async (person: HomeownerPhone) => ({ application: person.openid, sentAt: (await product.staffDo<{ sentAt: string }>('showApplication', { application: person.openid })).sentAt })
const approval = async (person: HomeownerPhone) => ({ ...(await seen(person)), approve: true, staffNumber: String(7_800 + people), identityChecked: true })
const applicationTodos = async (person: HomeownerPhone) => (await product.find('todos', { kind: 'application' })).filter(({ _id }) => _id.includes(person.openid))
