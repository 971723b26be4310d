/** What must not get lost or stuck: functions that die half-way, broken documents, long timelines, other people's writes in between (design: the outbox, the sweep). */
import type { Collections } from '../../cloudfunctions/platform/documents'
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

type Entry = Collections['orders']['outbox'][number]

/** As a function leaves an order that dies right after its write: the entries are there, under its lease, and nothing of them is done. */
const dieAfterWriting = async (repair: Repair, entries: (now: Date) => Entry[]): Promise<void> => {
  const now = await product.now()
  const order = await repair.order()
  const outbox = [...order.outbox, ...entries(now)]
  await product.db.collection('orders').doc(repair.orderId).update({ outbox: product.db.command.set(outbox), nextWorkAt: new Date(now.getTime() + 20 * SECOND), version: product.db.command.inc(1) })
}

const leased = (now: Date) => ({ attempts: 0, nextAt: new Date(now.getTime() + 20 * SECOND) })

test('R42 what a dead function left in the outbox the clock does, once its lease is over, and once', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const { orderId, homeowner } = repair
  await dieAfterWriting(repair, (now) => [
    { id: `${orderId}:message:dead:1`, ...leased(now), kind: 'message', to: { role: 'homeowner', openid: homeowner.openid }, template: 'order_closed', blanks: { number: repair.number, what: '补发的一条', page: 'x' }, visitNo: 1, at: now, mustReach: false },
    { id: `${orderId}:todo:dead:1`, ...leased(now), kind: 'todo', todo: { id: `${orderId}:call_me:9`, kind: 'call_me', words: '', orderId, orderNumber: repair.number, visitNo: 1, urgent: true, title: '补的待办', detail: repair.number, role: 'customer_service', at: now } },
  ])
  await product.advance(19 * SECOND)
  expect((await homeowner.inbox()).filter((message) => message.text.endsWith('补发的一条'))).toEqual([])
  await product.advance(SECOND)
  await Promise.all([product.sweep(), product.sweep()])
  expect((await homeowner.inbox()).filter((message) => message.text.endsWith('补发的一条'))).toHaveLength(1)
  expect(await product.todos(orderId)).toEqual(['call_me'])
  expect((await repair.order()).outbox).toEqual([])
})

test('R05 a hold whose order was never written lapses by itself; one whose order was written is confirmed by the clock', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const { technician } = repair
  const now = await product.now()
  const slot = { orderId: 'never-written', visitNo: 1, from: new Date(now.getTime() + 5 * HOUR), to: new Date(now.getTime() + 7 * HOUR), place: repair.homeowner.home }
  const until = new Date(now.getTime() + 2 * MINUTE)
  await product.db.collection('technicians').doc(technician.id).update({ slots: product.db.command.set([{ ...slot, heldUntil: until }]), claim: product.db.command.set({ orderId: 'never-written', visitNo: 1, until }), slotsVersion: product.db.command.inc(1) })
  expect(await technician.refused('claimOffer', { orderId: repair.orderId })).toMatchObject({ code: 'BUSY' })
  await product.advance(2 * MINUTE)
  await repair.claim()
  expect((await technician.document()).slots).toMatchObject([{ orderId: repair.orderId, heldUntil: null }])

  // Written, but the function died before it confirmed: put the hold back as it was and let the clock find the entry.
  const order = await repair.order()
  const moment = await product.now()
  const own = { orderId: order._id, visitNo: 1, from: new Date(moment.getTime() + 5 * HOUR), to: new Date(moment.getTime() + 6 * HOUR), place: order.place }
  const held = new Date(moment.getTime() + 2 * MINUTE)
  await product.db.collection('technicians').doc(technician.id).update({ slots: product.db.command.set([{ ...own, heldUntil: held }]), claim: product.db.command.set({ orderId: order._id, visitNo: 1, until: held }), slotsVersion: product.db.command.inc(1) })
  await dieAfterWriting(repair, (at) => [{ id: `${order._id}:confirm:1:99`, ...leased(at), kind: 'confirm_hold', technicianId: technician.id, slot: own, awaitsCall: true }])
  await product.advance(20 * SECOND)
  expect((await technician.document()).slots).toMatchObject([{ orderId: order._id, heldUntil: null }])
})

test('doing outbox entries again changes nothing more: a job is counted once, stars once, a day keeps one slot', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.complete()
  await repair.close()
  await repair.homeowner.do('rateVisit', { orderId: repair.orderId, visitNo: 1, stars: 4, tags: [], comment: '' })
  const { technician, orderId } = repair
  const before = await technician.document()
  expect(before).toMatchObject({ jobs: 1, stars: 4, claim: null })
  for (let n = 0; n < 2; n += 1) {
    await dieAfterWriting(repair, (now) => [
      { id: `${orderId}:finished:1:${technician.id}`, ...leased(now), kind: 'free_technician', technicianId: technician.id, visitNo: 1, at: now, finished: true, awaitsCallOnly: false },
      { id: `${orderId}:stars:1:again`, ...leased(now), kind: 'stars', technicianId: technician.id, visitKey: `${orderId}:1`, stars: 4, at: now },
      { id: `${orderId}:deed:again`, ...leased(now), kind: 'deed', deed: { id: `${orderId}:again`, technicianId: technician.id, orderId, visitNo: 1, kind: 'given_back', at: now } },
    ])
    await product.advance(20 * SECOND)
  }
  const after = await technician.document()
  expect(after).toMatchObject({ jobs: 1, stars: 4, claim: null })
  expect(after.slots).toHaveLength(1)
  expect(await product.find('ratings', { technicianId: technician.id })).toHaveLength(1)
  expect(await product.find('deeds', { technicianId: technician.id, kind: 'given_back' })).toHaveLength(1)
  expect((await repair.order()).outbox).toEqual([])
})

test('one entry that fails blocks no other, backs off, and staff are told when it goes on', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const { orderId, homeowner } = repair
  await dieAfterWriting(repair, (now) => [
    { id: `${orderId}:message:broken`, ...leased(now), kind: 'message', to: { role: 'homeowner', openid: homeowner.openid }, template: 'no_such_template' as 'offer', blanks: {}, visitNo: 1, at: now, mustReach: false },
    { id: `${orderId}:todo:fine`, ...leased(now), kind: 'todo', todo: { id: `${orderId}:call_me:8`, kind: 'call_me', words: '', orderId, orderNumber: repair.number, visitNo: 1, urgent: false, title: '没事', detail: '', role: 'customer_service', at: now } },
  ])
  await product.advance(20 * SECOND)
  expect(await product.todos(orderId)).toContain('call_me')
  expect((await repair.order()).outbox).toMatchObject([{ id: `${orderId}:message:broken`, attempts: 1 }])
  for (let n = 0; n < 9; n += 1) await product.advance(2 * HOUR)
  expect((await repair.order()).outbox[0]?.attempts).toBeGreaterThanOrEqual(8)
  expect(await product.todos(orderId)).toContain('outbox_stuck')
  expect(await product.find('todos', { orderId, kind: 'outbox_stuck' })).toHaveLength(1)
})

test('R42 one broken document backs off and alerts; the rest of the sweep goes on', async () => {
  const broken = await Repair.file(product, { near: 1 })
  const fine = await Repair.file(product, { near: 1 })
  await product.db.collection('orders').doc(broken.orderId).update({ visits: product.db.command.set([]) })
  await product.advance(3 * MINUTE)
  expect(await fine.order()).toMatchObject({ status: 'seeking_staff' })
  const stuck = (await broken.order()) as Collections['orders']
  expect(stuck.sweepFailures).toBe(1)
  expect(stuck.nextWorkAt! > (await product.now())).toBe(true)
  for (let n = 0; n < 6; n += 1) await product.advance(HOUR)
  expect(await product.todos(broken.orderId)).toContain('sweep_stuck')
  // Mended, it goes on from where it stood.
  await product.db.collection('orders').doc(broken.orderId).update({ visits: product.db.command.set((await fine.order()).visits) })
  await product.advance(HOUR)
  expect(await broken.order()).toMatchObject({ status: 'seeking_staff', sweepFailures: 0 })
})

test('an unexpected error is answered as INTERNAL with a reference, and nothing of it is given away', async () => {
  const repair = await Repair.file(product, { near: 0 })
  await product.db.collection('orders').doc(repair.orderId).update({ visits: product.db.command.set([]) })
  const error = await repair.homeowner.refused('getOrder', { orderId: repair.orderId })
  expect(error).toMatchObject({ code: 'INTERNAL', reference: expect.stringMatching(/^[0-9A-F]{8}$/) as unknown, message: expect.stringContaining('编号') as unknown })
  expect(JSON.stringify(error)).not.toMatch(/visit|Error|stack|\.ts|\.js/)
})

test('R38 nothing of a long timeline is lost: what no longer fits into the order is kept apart', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const order = await repair.order()
  const filler = Array.from({ length: 119 }, (_, n) => ({ ...order.timeline[0]!, kind: 'dialled' as const, id: `1.${100 + n}`, data: { name: `旧的第 ${n} 条` } }))
  await product.db.collection('orders').doc(repair.orderId).update({ timeline: product.db.command.set([...order.timeline, ...filler]) })
  await repair.claim()
  await repair.agree()
  const present = (await repair.order()).timeline
  const kept = (await product.find('histories', { orderId: repair.orderId })).flatMap((history) => history.entries)
  expect(present).toHaveLength(120)
  const ids = new Set([...kept, ...present].map((entry) => entry.id))
  for (const entry of [...filler, ...order.timeline]) expect(ids.has(entry.id)).toBe(true)
  expect(present.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['claimed', 'appointed']))
  // The homeowner and staff read all of it, newest first, the first line last.
  const { timeline } = await repair.view()
  const told = timeline.map((line) => line.id)
  expect(new Set(told).size).toBe(told.length)
  expect(told.slice(-119 - order.timeline.length).reverse()).toEqual([...order.timeline, ...filler].filter((entry) => !entry.internal).map((entry) => entry.id))
  expect(timeline.at(-1)?.text).toContain('收到报修')
  const shown = await product.staffDo<{ timeline: { id: string }[] }>('showOrder', { order: repair.number })
  expect(shown.timeline).toHaveLength(kept.length + present.length)
})

test('R43 figures that several change at once are all kept, or whoever was too late is told', async () => {
  const changes = [{ call: { retryGraceMinutes: 6 } }, { acceptance: { staffHours: 73 } }, { rating: { changeableDays: 8 } }, { arrival: { farMetres: 501 } }]
  const answers = await Promise.all(changes.map((settings) => product.staff('changeSettings', { settings })))
  for (const answer of answers) if (!answer.ok) expect(answer.error).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('别人') as unknown })
  const made = changes.filter((_change, index) => answers[index]?.ok)
  expect(made.length).toBeGreaterThan(0)
  const { settings } = await product.staffDo<{ settings: object }>('showSettings', {})
  for (const change of made) expect(settings).toMatchObject(change)
})

test('R04 an order remembers its last thirty requests and no more', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  for (let n = 0; n < 33; n += 1) {
    // Closer together they would be one call.
    await product.sleepTo(new Date((await product.now()).getTime() + 5 * SECOND))
    await repair.technician.do('dial', { orderId: repair.orderId }, `dial-number-${n}`)
  }
  const { answered, visits } = await repair.order()
  expect(answered).toHaveLength(30)
  expect(visits[0]?.call?.dials).toHaveLength(33)
  await repair.technician.do('dial', { orderId: repair.orderId }, 'dial-number-32')
  expect((await repair.order()).visits[0]?.call?.dials).toHaveLength(33)
})

test('the log says what each call cost, and names nobody', async () => {
  const { readFileSync } = await import('node:fs')
  const homeowner = product.homeowner()
  await Repair.file(product, { near: 1, homeowner, contact: { name: '慕容雪', honorific: '女士', phone: '13655554444' } })
  const log = ['homeowner', 'technician', 'clock', 'staff'].map((name) => {
    try {
      return readFileSync(`${product.workplace.dataDir}/logs/${name}.log`, 'utf8')
    } catch {
      return ''
    }
  }).join('\n')
  const lines = log.split('\n').flatMap((line) => /\{"function".*\}$/.exec(line)?.[0] ?? []).map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toContainEqual(expect.objectContaining({ function: 'homeowner', action: 'fileRepair', code: 'OK', ms: expect.any(Number) as unknown, trips: expect.any(Number) as unknown, outboxTrips: expect.any(Number) as unknown }))
  expect(log).not.toMatch(/慕容雪|13655554444|梧桐里/)
  expect(log).not.toContain(homeowner.openid)
})
