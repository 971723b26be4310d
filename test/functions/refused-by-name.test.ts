/** Each thing that people get wrong about dispatch and their working life (R05–R13, R52): a code and a Chinese sentence that names the field, and nothing is written. */
import { DAY, HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct()
let repair: Repair
beforeEach(async () => {
  await product.byDay()
  repair = await Repair.file(product, { near: 1 })
})

interface Refused {
  ok: boolean
  error?: { code: string; message: string; fields?: Record<string, string> }
}

const from = async (ms: number) => new Date((await product.now()).getTime() + ms).toISOString()
const technician = async (action: string, input: unknown) => (await repair.technician.send({ action, input })) as Refused
const homeowner = async (action: string, input: unknown) => (await repair.homeowner.send({ action, input })) as Refused
const staff = async (action: string, input: unknown) => (await product.staff(action, input)) as Refused
const scheduled = async () => {
  await repair.claim()
  await repair.agree()
}
/** Asked together with somebody who was quicker. */
const taken = async () => {
  repair = await Repair.file(product, { near: 2 })
  await repair.claim(repair.technicians[1])
}
const PARIS = { longitude: 2.35, latitude: 48.86 }
const orderId = () => repair.orderId

/** An electrician whose certificate expires after they were asked. */
const certified = async () => {
  const homeowner = product.homeowner()
  const expiresAt = new Date((await product.now()).getTime() + MINUTE)
  const electrician = await product.technician(north(homeowner.home, 1), { skills: ['electrical'], certificates: [{ category: 'electrical', name: '低压电工证', expiresAt }] })
  repair = Repair.of(product, homeowner, [electrician], await homeowner.file({ category: 'electrical', items: [{ code: 'socket-replace', quantity: 1 }] }))
  expect(await repair.offered()).toEqual([electrician.id])
  await product.advance(2 * MINUTE)
}
/** Four are near, and the first two let it run out. */
const runOut = async () => {
  repair = await Repair.file(product, { near: 4 })
  await product.advance(3 * MINUTE)
  expect(await repair.offered()).not.toContain(repair.technician.id)
}
const joining = async () => {
  const photo = await repair.homeowner.upload('application', 'join')
  const certificates = [{ category: 'electrical', name: '低压电工证', number: 'T-2026-0117', expiresAt: await from(-DAY), photo }]
  return { name: '孙立', phone: '139 0000 1212', identityNumber: '11010519491231002X', photo, skills: [{ category: 'electrical', level: 2 }], years: 6, district: '江湾区', base: repair.homeowner.home, radiusMetres: 6_000, certificates, about: '' }
}

/** `before` is what leads there; null when nothing but a filing. */
type Case = [what: string, code: string, field: string | null, words: RegExp, send: () => Promise<Refused>, before: (() => Promise<unknown>) | null]

const CASES: Case[] = [
  ['R05 on duty from outside China', 'INVALID_INPUT', 'position', /国内/, () => technician('goOnDuty', { position: PARIS }), null],
  ['R05 a position outside China', 'INVALID_INPUT', 'position', /国内/, () => technician('reportPosition', { position: PARIS }), null],
  ['R02 a home outside China', 'INVALID_INPUT', 'place', /国内/, async () => homeowner('fileRepair', await repair.homeowner.filing({ place: { address: '某街 1 号', room: '2', district: '某区', ...PARIS } })), null],
  ['R13 checked in outside China', 'INVALID_INPUT', 'position', /国内/, () => technician('arrive', { orderId: orderId(), position: PARIS }), async () => { await scheduled(); await repair.pay(); await repair.setOut() }],
  ['R05 a position of half an hour ago', 'INVALID_INPUT', 'position.measuredAt', /30 分钟前的位置/, async () => technician('reportPosition', { position: { ...repair.homeowner.home, measuredAt: await from(-30 * MINUTE) } }), null],
  ['R05 a position of the future', 'INVALID_INPUT', 'position.measuredAt', /将来/, async () => technician('reportPosition', { position: { ...repair.homeowner.home, measuredAt: await from(10 * MINUTE) } }), null],
  ['R52 a shift that ends before it begins', 'INVALID_INPUT', 'shifts.0.to', /下班要在上班之后/, () => technician('setShifts', { shifts: [{ weekday: 1, from: '18:00', to: '09:00' }] }), null],
  ['R52 shifts that overlap', 'INVALID_INPUT', 'shifts.1.from', /重/, () => technician('setShifts', { shifts: [{ weekday: 1, from: '08:00', to: '12:00' }, { weekday: 1, from: '11:00', to: '13:00' }] }), null],
  ['R52 a radius of nothing', 'INVALID_INPUT', 'radiusMetres', /米|公里/, () => technician('setRadius', { radiusMetres: 0 }), null],
  ['R52 a radius of 500 km', 'INVALID_INPUT', 'radiusMetres', /米|公里/, () => technician('setRadius', { radiusMetres: 500_000 }), null],
  ['R52 staff: a radius of 500 km', 'INVALID_INPUT', 'changes.radiusMetres', /公里/, async () => staff('changeTechnician', { staffNumber: (await repair.technician.document()).staffNumber, changes: { radiusMetres: 500_000 } }), null],
  ['R52 leave that ends before it begins', 'INVALID_INPUT', 'to', /结束要在开始之后/, async () => technician('takeLeave', { from: await from(3 * DAY), to: await from(2 * DAY), reason: '家里有事' }), null],
  ['R52 leave that is over', 'INVALID_INPUT', 'to', /过/, async () => technician('takeLeave', { from: await from(-3 * DAY), to: await from(-2 * DAY), reason: '家里有事' }), null],
  ['R52 staff: a certificate that has expired', 'INVALID_INPUT', 'certificates.0.expiresAt', /过期/, async () => staff('changeTechnician', { staffNumber: (await repair.technician.document()).staffNumber, changes: { certificates: [{ category: 'electrical', name: '低压电工证', expiresAt: await from(-DAY) }] } }), null],
  ['R52 joining with a certificate that has expired', 'INVALID_INPUT', 'certificates.0.expiresAt', /过期/, async () => homeowner('applyToJoin', await joining()), null],
  ['R05 claimed with a certificate that has expired since', 'FORBIDDEN', null, /过期/, () => technician('claimOffer', { orderId: orderId() }), certified],
  ['R05 claimed while off duty', 'OFF_DUTY', null, /上岗/, () => technician('claimOffer', { orderId: orderId() }), () => repair.technician.do('goOffDuty', {})],
  ['R52 claimed while suspended', 'SUSPENDED', null, /停单/, () => technician('claimOffer', { orderId: orderId() }), async () => product.staffDo('suspendTechnician', { staffNumber: (await repair.technician.document()).staffNumber, suspended: true, reason: '证件待核' })],
  ['R06 claimed after it was declined', 'OFFER_OVER', null, /不接/, () => technician('claimOffer', { orderId: orderId() }), () => repair.technician.do('declineOffer', { orderId: orderId(), reason: '太远' })],
  ['R07 claimed after the next two were asked', 'OFFER_OVER', null, /时间过了/, () => technician('claimOffer', { orderId: orderId() }), runOut],
  ['R08 declined after the next two were asked', 'OFFER_OVER', null, /时间过了/, () => technician('declineOffer', { orderId: orderId(), reason: '太远' }), runOut],
  ['R07 looked at after the next two were asked', 'OFFER_OVER', null, /时间过了/, () => technician('seeOffer', { orderId: orderId() }), runOut],
  ['R23 claimed after it was cancelled', 'OFFER_OVER', null, /收回/, () => technician('claimOffer', { orderId: orderId() }), () => repair.homeowner.do('cancelOrder', { orderId: orderId(), reason: '不修了' })],
  ['R06 claimed when somebody else has it', 'TAKEN', null, /抢/, () => technician('claimOffer', { orderId: orderId() }), taken],
  ['R08 declined what somebody else has', 'TAKEN', null, /抢/, () => technician('declineOffer', { orderId: orderId(), reason: '太远' }), taken],
  ['R08 declined without a reason', 'INVALID_INPUT', 'reason', /原因/, () => technician('declineOffer', { orderId: orderId(), reason: ' ' }), null],
  ['R10 a second job claimed before the call', 'BUSY', null, /电话/, async () => technician('claimOffer', { orderId: (await product.order(repair.orderId))._id }), async () => {
    const other = await Repair.file(product, { near: 0, homeowner: product.homeowner(repair.homeowner.home) })
    await repair.technician.do('claimOffer', { orderId: other.orderId })
  }],
  ['R10 agreed for a time that has passed', 'INVALID_INPUT', 'at', /现在之后/, async () => technician('recordCall', { orderId: orderId(), outcome: 'agreed', at: await from(-MINUTE) }), async () => { await repair.claim(); await repair.technician.do('dial', { orderId: orderId() }) }],
  ['R12 a delay into the past', 'INVALID_INPUT', 'at', /现在之后/, async () => technician('tellDelay', { orderId: orderId(), at: await from(-MINUTE), reason: '堵车' }), scheduled],
  ['R12 a delay to an earlier time', 'INVALID_INPUT', 'at', /晚/, async () => technician('tellDelay', { orderId: orderId(), at: await from(2 * HOUR), reason: '堵车' }), scheduled],
  ['R12 the homeowner moves it into the past', 'INVALID_INPUT', 'at', /现在之后/, async () => homeowner('moveAppointment', { orderId: orderId(), at: await from(-MINUTE) }), scheduled],
  ['R12 staff move it into the past', 'INVALID_INPUT', 'at', /现在之后/, async () => staff('moveAppointment', { order: repair.number, at: await from(-MINUTE), reason: '业主来电话改' }), scheduled],
  ['R15 booked again in the past', 'INVALID_INPUT', 'wanted', /过/, async () => homeowner('rebook', { orderId: orderId(), same: true, wanted: { from: await from(-3 * HOUR), to: await from(-HOUR) } }), async () => {
    await scheduled()
    await repair.pay()
    await product.moveTo(new Date((await repair.visit()).appointmentAt!.getTime()))
    await repair.setOut()
    await repair.arrive()
    await repair.technician.do('dial', { orderId: orderId() })
    await repair.technician.do('recordDoorCall', { orderId: orderId(), answered: false })
    await product.advance(31 * MINUTE)
    await repair.technician.do('leaveNote', { orderId: orderId() })
  }],
  ['R45 parts that are to come yesterday', 'INVALID_INPUT', 'expectedAt', /现在之后/, async () => technician('waitForParts', { orderId: orderId(), parts: [{ name: '阀芯', quantity: 1 }], reason: '没货', expectedAt: await from(-DAY) }), scheduled],
]

test('R04 R06 claimed twice: answered twice as the first, and claimed once', async () => {
  expect(await technician('claimOffer', { orderId: orderId() })).toMatchObject({ ok: true })
  const all = await product.everything()
  expect(await technician('claimOffer', { orderId: orderId() })).toMatchObject({ ok: true, data: { orderId: orderId(), call: { attempts: 0 } } })
  expect(await product.changedSince(all)).toEqual([])
})

test.each(CASES)('%s: %s', async (_what, code, field, words, send, before) => {
  await before?.()
  const all = await product.everything()
  const answer = await send()
  if (answer.ok || !answer.error) throw new Error(`taken: ${JSON.stringify(answer).slice(0, 300)}`)
  const { error } = answer
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(field ? /[一-鿿]/ : words)])
  if (field) expect(Object.entries(error.fields ?? {})).toContainEqual([expect.stringMatching(new RegExp(`^${field.replaceAll('.', '\\.')}`)), expect.stringMatching(words)])
  expect(await product.changedSince(all)).toEqual([])
})
