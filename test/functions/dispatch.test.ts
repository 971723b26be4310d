/** Who is asked, who gets it, and what happens when nobody answers (R05–R09, R50), through the functions. The numbers are those of the worked examples. */
import { DAY, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { Technician } from '../../cloudfunctions/domain/technician'
import type { Place } from '../../cloudfunctions/domain/geography'
import { north } from '../support/product'
import type { HomeownerPhone, TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

const MINUTES = (count: number) => count * MINUTE

/** The ten technicians of the worked example around a home; J is the homeowner. */
const exampleCity = async (home: Place) => {
  const now = (await product.now()).getTime()
  const before = (minutes: number) => new Date(now - MINUTES(minutes))
  const at = (km: number, ageMinutes: number, change: Partial<Technician> = {}) => product.technician(north(home, km), { positionAt: before(ageMinutes), ...change })
  const homeowner = product.homeowner(home)
  const [a, b, c, d, e, f, g, h, i, j] = await Promise.all([
    at(0.4, 2, { onDuty: false }),
    at(0.9, 1, { skills: ['electrical'] }),
    at(1.2, 31, { base: north(home, 9.5) }),
    at(1.3, 3, { stars: 4.6, freeSince: before(40) }),
    at(1.36, 5, { stars: 4.9, freeSince: before(10) }),
    at(1.34, 5, { stars: 4.6, freeSince: before(90) }),
    at(2.0, 1, { certificates: [{ category: 'plumbing', name: '管道工', expiresAt: new Date(now - DAY) }] }),
    at(2.1, 1, { claim: { orderId: 'another', visitNo: 1, until: null } }),
    at(2.2, 1),
    at(6.0, 1, { openid: homeowner.openid }),
  ])
  return { homeowner, a, b, c, d, e, f, g, h, i, j }
}

const ids = (...people: TechnicianPhone[]) => people.map((person) => person.id).sort()
const offeredTo = async (orderId: string) => [...(await product.order(orderId)).offeredTo].sort()
const file = (homeowner: HomeownerPhone) => homeowner.file()

test('R05 the two nearest eligible: buckets of 100 m, then stars, then who waited longest; R07 then the next two, then staff once', async () => {
  const { homeowner, d, e, f, i } = await exampleCity(product.area())
  const { orderId } = await file(homeowner)
  expect(await offeredTo(orderId)).toEqual(ids(e, f))

  // 1:10 F declines, E says nothing: nothing goes out before 3:00, then D and I; E's offer is over.
  await product.advance(70 * SECOND)
  await f.do('declineOffer', { orderId, reason: '手上的活没干完' })
  await product.advance(109 * SECOND)
  expect(await offeredTo(orderId)).toEqual(ids(e))
  await product.advance(SECOND)
  expect(await offeredTo(orderId)).toEqual(ids(d, i))
  expect(await e.refused('claimOffer', { orderId })).toMatchObject({ code: 'OFFER_OVER' })
  expect(await f.refused('claimOffer', { orderId })).toMatchObject({ code: 'OFFER_OVER' })

  // Nobody is left when wave 2 ends: staff are alerted once, the homeowner is told, the last offers stay open.
  await product.advance(MINUTES(3))
  expect(await product.order(orderId)).toMatchObject({ status: 'seeking_staff', dispatch: { wave: 2 } })
  expect(await product.todos(orderId)).toEqual(['nobody_claims'])
  expect((await homeowner.inbox()).map((message) => message.text)).toContain('厨房水龙头漏水：还在给您找师傅，调度员正亲自安排')
  await product.advance(MINUTES(10))
  expect(await product.todos(orderId, false)).toEqual(['nobody_claims'])
  expect(await offeredTo(orderId)).toEqual(ids(d, i))
  await i.do('claimOffer', { orderId })
  expect(await product.todos(orderId)).toEqual([])
})

test('R07 a claim after the wave ended, before the next went out, still counts', async () => {
  const { homeowner, d, e, i } = await exampleCity(product.area())
  const { orderId } = await file(homeowner)
  await product.sleepTo(new Date((await product.now()).getTime() + MINUTES(3) + 400))
  await e.do('claimOffer', { orderId })
  await product.sweep()
  const order = await product.order(orderId)
  expect(order.visits[0]).toMatchObject({ technicianId: e.id })
  expect(order.offers.map((offer) => offer.technicianId)).not.toEqual(expect.arrayContaining([d.id, i.id]))
})

test('R08 when both have declined, the next wave goes at once', async () => {
  const { homeowner, d, e, f, i } = await exampleCity(product.area())
  const { orderId } = await file(homeowner)
  await product.advance(20 * SECOND)
  await f.do('declineOffer', { orderId, reason: '太远' })
  await product.advance(30 * SECOND)
  await e.do('declineOffer', { orderId, reason: '没带工具' })
  expect(await offeredTo(orderId)).toEqual(ids(d, i))
})

test('R09 a give-back is dispatched again without them; who lost it to their claim may be asked again', async () => {
  const { homeowner, e, f } = await exampleCity(product.area())
  const { orderId } = await file(homeowner)
  await product.advance(30 * SECOND)
  await e.do('claimOffer', { orderId })
  expect(await f.refused('claimOffer', { orderId })).toMatchObject({ code: 'TAKEN' })
  await product.advance(90 * SECOND)
  const requestId = 'give-back-0001'
  await e.do('giveBack', { orderId, reason: '车坏在路上' }, requestId)
  const order = await product.order(orderId)
  expect(order.offeredTo).toContain(f.id)
  expect(order.offeredTo).not.toContain(e.id)
  expect(order.dispatch.wave).toBe(1)
  expect(await e.document()).toMatchObject({ claim: null, slots: [] })
  expect(await product.find('deeds', { technicianId: e.id, kind: 'given_back' })).toHaveLength(1)
  // The same request again, its answer lost on the way: the same success, and nothing done twice.
  await e.do('giveBack', { orderId, reason: '车坏在路上' }, requestId)
  expect((await product.order(orderId)).version).toBe(order.version)
  expect(await product.find('deeds', { technicianId: e.id, kind: 'given_back' })).toHaveLength(1)
})

test('R06 the first claim wins; pressed again by the winner it is the same answer', async () => {
  const repair = await Repair.file(product)
  const [first, second] = repair.technicians
  const { orderId } = repair
  const answers = await Promise.all([first!.call('claimOffer', { orderId }, 'claim-00000001'), second!.call('claimOffer', { orderId })])
  expect(answers.map((answer) => (answer.ok ? 'OK' : answer.error.code)).sort()).toEqual(['OK', 'TAKEN'])
  const winner = answers[0]!.ok ? first! : second!
  const version = (await repair.order()).version
  for (const requestId of ['claim-00000001', 'claim-00000002']) await winner.do('claimOffer', { orderId }, requestId)
  expect((await repair.order()).version).toBe(version)
  const loser = winner === first ? second! : first!
  expect(await loser.document()).toMatchObject({ claim: null, slots: [] })
})

test('R05 one technician, two orders, both claims at once: one gets through, the other is BUSY and its offer stays open', async () => {
  const home = product.area()
  const technician = await product.technician(north(home, 1))
  const [one, two] = await Promise.all([product.homeowner(home).file(), product.homeowner(home).file()])
  const answers = await Promise.all([one, two].map(({ orderId }) => technician.call('claimOffer', { orderId })))
  expect(answers.map((answer) => (answer.ok ? 'OK' : answer.error.code)).sort()).toEqual(['BUSY', 'OK'])
  const lost = answers[0]!.ok ? two : one
  expect(await offeredTo(lost.orderId)).toEqual([technician.id])
  const { slots, claim } = await technician.document()
  expect(slots).toHaveLength(1)
  expect(claim?.orderId).not.toBe(lost.orderId)
})

test('R05 an offer lets out neither name, phone, exact address nor photos (R39)', async () => {
  const homeowner = product.homeowner()
  const technician = await product.technician(north(homeowner.home, 1))
  const draft = 'draft-private-01'
  const photo = await homeowner.upload('filing', draft)
  const { orderId } = await homeowner.file({ photos: [photo], contact: { name: '欧阳若溪', honorific: '女士', phone: '13912345678', onSite: { name: '诸葛明', phone: '13787654321' } } }, draft)
  const seen = JSON.stringify([await technician.do('seeOffer', { orderId }), await technician.do('openJobs', {})])
  for (const secret of ['欧阳', '诸葛', '13912345678', '13787654321', '6 幢', '2 单元', photo]) expect(seen).not.toContain(secret)
  expect(await technician.refused('getJob', { orderId })).toMatchObject({ code: 'NOT_FOUND' })
})

test.each([
  ['off duty', 'OFF_DUTY', async (technician: TechnicianPhone) => void (await technician.do('goOffDuty', {}))],
  ['suspended', 'SUSPENDED', (technician: TechnicianPhone) => product.put('technicians', { ...toStored(technician), suspended: true })],
])('R05 who went %s after being asked cannot claim', async (_what, code, change) => {
  const repair = await Repair.file(product, { near: 1 })
  stored = await repair.technician.document()
  await change(repair.technician)
  expect(await repair.technician.refused('claimOffer', { orderId: repair.orderId })).toMatchObject({ code })
  expect((await repair.order()).visits[0]?.technicianId).toBeNull()
})

let stored: Awaited<ReturnType<TechnicianPhone['document']>>
/** The document as it was read, with its points as they are stored. */
const toStored = (_technician: TechnicianPhone) => {
  const point = (of: unknown) => {
    const { longitude, latitude } = of as Place
    return { type: 'Point' as const, coordinates: [longitude, latitude] as [number, number] }
  }
  return { ...stored, base: point(stored.base), position: stored.position && point(stored.position), whereabouts: point(stored.whereabouts) }
}

test('R40 R09 what was theirs once is not shown again: the same request after a give-back or take-back', async () => {
  const repair = await Repair.file(product, { near: 2 })
  const { orderId } = repair
  const [first, second] = [repair.technicians[0]!, repair.technicians[1]!]
  const requests = [
    ['claimOffer', { orderId }, 'claim-again-0001'],
    ['dial', { orderId }, 'dial-again-00001'],
    ['recordCall', { orderId, outcome: 'agreed' as const, at: new Date((await product.now()).getTime() + 3 * 60 * MINUTE).toISOString() }, 'agree-again-0001'],
  ] as const
  const call = (technician: TechnicianPhone, [action, input, requestId]: (typeof requests)[number]) => technician.send({ action, input, requestId })
  for (const request of requests) expect(await call(first, request)).toMatchObject({ ok: true })
  // A retry while it is theirs is answered as it was.
  for (const request of requests.slice(1)) expect(await call(first, request)).toMatchObject({ ok: true })
  const giveBack = () => first.call('giveBack', { orderId, reason: '车坏了' }, 'give-back-again1')
  expect(await giveBack()).toMatchObject({ ok: true })
  expect(await giveBack()).toMatchObject({ ok: true })
  for (const claimedAnew of [false, true]) {
    if (claimedAnew) await repair.claim(second)
    for (const request of requests) {
      const answer = await call(first, request)
      expect(answer).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^(NOT_FOUND|OFFER_OVER)$/) as unknown } })
      expect(JSON.stringify(answer)).not.toMatch(/13800006621|林|2 单元/)
    }
  }
  expect((await repair.order()).visits[0]).toMatchObject({ technicianId: second.id })
})

test('R50 an emergency goes out in waves of 60 s and half as far again', async () => {
  const home = product.area()
  const far = await product.technician(north(home, 11))
  const ordinary = await product.homeowner(home).file()
  expect(await offeredTo(ordinary.orderId)).toEqual([])
  const { orderId } = await product.homeowner(home).file({ emergency: true })
  expect(await offeredTo(orderId)).toEqual([far.id])
  await product.advance(59 * SECOND)
  expect(await product.todos(orderId)).toEqual([])
  await product.advance(SECOND)
  expect(await product.todos(orderId)).toEqual(['nobody_claims'])
})

test('R07 staff assign by hand with a reason; the order says so and the technician has five minutes to call', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const other = await product.technician(north(repair.homeowner.home, 15))
  const { staffNumber } = await other.document()
  await product.staffDo('assignOrder', { order: repair.number, staffNumber, reason: '三轮没人接，他顺路' }, { operator: 'lu-min' })
  expect(await repair.order()).toMatchObject({ status: 'claimed', offeredTo: [], assigned: [other.id] })
  expect(await other.document()).toMatchObject({ claim: { orderId: repair.orderId } })
  expect(await repair.technician.refused('claimOffer', { orderId: repair.orderId })).toMatchObject({ code: 'OFFER_OVER' })
  const job = await other.do('getJob', { orderId: repair.orderId })
  expect(job).toMatchObject({ call: { why: 'assigned', dialledAt: null }, timeline: expect.arrayContaining([expect.objectContaining({ text: expect.stringContaining('三轮没人接') as unknown })]) as unknown })
  expect(JSON.stringify((await repair.view()).timeline)).not.toContain('三轮没人接')
})

test('R07 R05 by hand goes by the same list of reasons: a renewed certificate is good, and so is a time later in the window', async () => {
  const repair = await Repair.file(product, { near: 0 })
  const { home } = repair.homeowner
  const now = (await product.now()).getTime()
  const certificates = [-1, 300].map((days) => ({ category: 'plumbing', name: '管道工证', expiresAt: new Date(now + days * DAY) }))
  const { from } = (await repair.order()).wanted
  const slots = [{ orderId: 'other', visitNo: 1, from: new Date(from.getTime() - 30 * MINUTE), to: new Date(from.getTime() + 30 * MINUTE), place: home, heldUntil: null }]
  const technician = await product.technician(north(home, 12), { certificates, slots, onDuty: false })
  const { staffNumber } = await technician.document()
  await product.staffDo('assignOrder', { order: repair.number, staffNumber, reason: '顺路' }, { operator: 'lu-min' })
  expect((await repair.order()).assigned).toEqual([technician.id])
  const expired = await product.technician(north(home, 2), { certificates: certificates.slice(0, 1) })
  const refused = await product.staff('assignOrder', { order: repair.number, staffNumber: (await expired.document()).staffNumber, reason: '换一位' }, { operator: 'lu-min' })
  expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { staffNumber: '证件过期' } } })
})
