/** What goes otherwise than agreed (R12, R15, R45, R47), and a technician's own affairs (R36, R41, R52): every action of it, once a day. */
import { randomUUID } from 'node:crypto'
import { DAY, HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { ApplicationInput } from '../../../typings/contract'
import type { HomeownerPhone, Product, TechnicianPhone } from '../../support/product'
import { Repair } from '../../support/repair'
import { nextIdentityNumber } from '../../support/identity-number'

const staffNumberOf = async (technician: TechnicianPhone): Promise<string> => (await technician.document()).staffNumber

const later = async (product: Product, ms: number): Promise<string> => new Date((await product.now()).getTime() + ms).toISOString()

/** Late and moved, by everybody; a helper; parts; somebody else. */
export async function lateAndMoved(product: Product, homeowner: HomeownerPhone, [lead, helper]: readonly [TechnicianPhone, TechnicianPhone]): Promise<void> {
  const filed = await homeowner.file()
  const { orderId, number } = filed
  const repair = Repair.of(product, homeowner, [lead], filed)
  await product.staffDo('correctRepair', { order: number, items: [{ code: 'tap-replace', quantity: 1 }], reason: '业主来电，只换龙头' })
  await repair.claim()
  const t = await repair.agree()
  const at = (hours: number) => new Date(t.getTime() + hours * HOUR).toISOString()
  await lead.do('findHelper', { orderId, staffNumber: await staffNumberOf(helper) })
  await lead.do('addHelper', { orderId, staffNumber: await staffNumberOf(helper) })
  await lead.do('removeHelper', { orderId, helperId: helper.id, reason: '一个人就够了' })
  await product.staffDo('addHelper', { order: number, staffNumber: await staffNumberOf(helper) })
  await product.staffDo('removeHelper', { order: number, staffNumber: await staffNumberOf(helper), reason: '一个人就够了' })
  await lead.do('addHelper', { orderId, staffNumber: await staffNumberOf(helper) })
  await helper.do('leaveCrew', { orderId, reason: '那天请了假' })
  await lead.do('tellDelay', { orderId, at: at(1), reason: '上一家没修完' })
  await homeowner.do('agreeDelay', { orderId, at: at(1) })
  await product.staffDo('tellDelay', { order: number, at: at(2), reason: '配件晚到' })
  await product.staffDo('agreeDelayFor', { order: number, at: at(2) })
  await homeowner.do('freeTimes', { orderId })
  await homeowner.do('correctContact', { orderId, phone: '13900001111' })
  await homeowner.do('moveAppointment', { orderId, at: at(3) })
  await product.staffDo('moveAppointment', { order: number, at: at(4), reason: '业主来电' })
  await lead.do('waitForParts', { orderId, parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: at(48) })
  await lead.do('partsArrived', { orderId })
  await product.staffDo('waitForParts', { order: number, parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: at(48) })
  await product.staffDo('partsArrived', { order: number })
  const again = await repair.agree()
  await lead.do('tellDelay', { orderId, at: new Date(again.getTime() + HOUR).toISOString(), reason: '堵车' })
  const wanted = { from: at(20), to: at(22) }
  await homeowner.do('askAnother', { orderId, wanted, reason: '等不了' })
  await product.staffDo('widenSearch', { order: number, radiusFactor: 2, reason: '附近没人' })
  await product.staffDo('showDeadlines', {})
  await product.staffDo('listAccess', { order: number })
  await homeowner.do('cancelOrder', { orderId, reason: '不修了' })
}

/** Nobody at home, twice: booked again by the homeowner, then by staff. */
export async function closedDoor(product: Product, homeowner: HomeownerPhone, technician: TechnicianPhone): Promise<void> {
  const filed = await homeowner.file()
  const { orderId, number } = filed
  const repair = Repair.of(product, homeowner, [technician], filed)
  const window = async () => ({ from: await later(product, HOUR), to: await later(product, 3 * HOUR) })
  await repair.claim()
  for (const visit of [1, 2]) {
    await repair.agree(new Date(await later(product, MINUTE)))
    if (visit === 1) await repair.pay()
    await repair.setOut()
    await repair.arrive()
    await technician.do('dial', { orderId })
    await technician.do('recordDoorCall', { orderId, answered: false })
    await homeowner.do('sayAtHome', { orderId })
    await product.advance(2 * MINUTE)
    await technician.do('dial', { orderId })
    await technician.do('recordDoorCall', { orderId, answered: false })
    await product.advance(31 * MINUTE)
    await technician.do('leaveNote', { orderId })
    if (visit === 2) break
    await homeowner.do('rebook', { orderId, wanted: await window(), same: true })
    await repair.claim()
  }
  await product.staffDo('rebookFor', { order: number, wanted: await window(), same: true })
  await repair.claim()
  await repair.agree()
  // Late: somebody else is asked for by phone.
  await product.advance(4 * HOUR)
  await product.staffDo('askAnotherFor', { order: number, wanted: await window(), reason: '业主等不了' })
  await homeowner.do('cancelOrder', { orderId, reason: '不修了' })
}

/** Calendar, record, contest; somebody applies and is taken on. */
export async function ownAffairs(product: Product, technician: TechnicianPhone): Promise<void> {
  await technician.do('checkReach', {})
  await technician.do('getSchedule', {})
  await technician.do('setShifts', { shifts: [] })
  const leave = await technician.do('takeLeave', { from: await later(product, 10 * DAY), to: await later(product, 11 * DAY), reason: '家里有事' })
  for (const { id } of leave.leave) await technician.do('cancelLeave', { leaveId: id })
  await technician.do('setRadius', { radiusMetres: 8_000 })
  const { violations } = await technician.do('getRecord', {})
  const open = violations.find(({ contestableUntil }) => contestableUntil !== null)
  if (open) {
    await technician.do('contestViolation', { violationId: open.id, reason: '用座机打的，业主能作证' })
    await product.staffDo('listViolations', {})
    await product.staffDo('decideContest', { violation: open.id, withdraw: false, reason: '没有记录' })
  }
  const newcomer = product.homeowner()
  await newcomer.do('myApplication', {})
  const application: ApplicationInput = {
    name: '孙立', phone: '139 0000 1212', identityNumber: nextIdentityNumber(), photo: await newcomer.upload('application', 'join'), skills: [{ category: 'plumbing', level: 2 }], years: 6, district: '江湾区', base: newcomer.home,
    radiusMetres: 6_000, certificates: [], about: '',
  }
  await newcomer.do('applyToJoin', application)
  await product.staffDo('listApplications', {})
  const { sentAt } = await product.staffDo<{ sentAt: string }>('showApplication', { application: newcomer.openid })
  const staffNumber = `8${randomUUID().replace(/\D/g, '').slice(0, 8)}`
  await product.staffDo('decideApplication', { application: newcomer.openid, sentAt, approve: true, staffNumber, identityChecked: true })
  await product.staffDo('changeTechnician', { staffNumber, changes: { radiusMetres: 5_000 } })
}
