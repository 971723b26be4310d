/** A day on which everybody does everything: every action of homeowner, technician and staff is called and carried out. */
import { randomUUID } from 'node:crypto'
import { DAY, HOUR, MINUTE, SECOND } from '../../../cloudfunctions/domain/shanghai'
import { north, type HomeownerPhone, type Product, type TechnicianPhone } from '../../support/product'
import { nextIdentityNumber } from '../../support/identity-number'
import { Repair } from '../../support/repair'
import { closedDoor, lateAndMoved, ownAffairs } from './changes'

/** 09:00 in Shanghai, counted in UTC. */
const MORNING = HOUR
const KM = 1

/** The same people every day. */
export interface Townspeople {
  homeowners: readonly [HomeownerPhone, HomeownerPhone, HomeownerPhone]
  /** Plumbers, 1, 2, 3 … km from all of them. */
  plumbers: readonly [TechnicianPhone, TechnicianPhone, TechnicianPhone, TechnicianPhone]
}

export async function settle(product: Product): Promise<Townspeople> {
  const home = product.area()
  const plumber = (km: number): Promise<TechnicianPhone> => product.technician(north(home, km), { dailyCapacity: 50 })
  return {
    homeowners: [product.homeowner(home), product.homeowner(home), product.homeowner(home)],
    plumbers: await Promise.all([plumber(1), plumber(2), plumber(3), plumber(4)]),
  }
}

/** Lives one more day, from 09:00 of the next. */
export async function liveOneDay(product: Product, people: Townspeople): Promise<void> {
  const now = (await product.now()).getTime()
  await product.moveTo(new Date(Math.floor(now / DAY) * DAY + DAY + MORNING))
  await goOnDuty(people)
  await repairWithReturn(product, people)
  await goOnDuty(people)
  await quoteAtTheDoor(product, people)
  await goOnDuty(people)
  await staffDay(product, people)
  const [homeowner] = people.homeowners
  const [near, next, , fourth] = people.plumbers
  // The next morning: late, absent and all that takes hours of its own.
  await product.byDay()
  await goOnDuty(people)
  await lateAndMoved(product, homeowner, [near, next])
  await goOnDuty(people)
  await closedDoor(product, homeowner, near)
  // Who did not phone in staffDay has something to contest.
  await ownAffairs(product, fourth)
  for (const plumber of people.plumbers) await plumber.do('goOffDuty', {})
}

/** Everyone where they live: positions grow old within the day (R05). */
async function goOnDuty({ homeowners, plumbers }: Townspeople): Promise<void> {
  const [{ home }] = homeowners
  for (const [index, plumber] of plumbers.entries()) await plumber.do('goOnDuty', { position: north(home, (index + 1) * KM) })
}

/** Priced at once; declined, given back, found incomplete, answered with "not satisfied": R08, R09, R17a, R30, R33. */
async function repairWithReturn(product: Product, { homeowners, plumbers }: Townspeople): Promise<void> {
  const [homeowner] = homeowners
  const [near, nextNear, third] = plumbers
  await homeowner.do('openHome', {})
  await homeowner.do('priceBook', {})
  await homeowner.do('recordSubscription', { answers: { claimed: 'accept', appointment: 'accept', payment: 'reject' } })
  await homeowner.do('readPhone', { code: await phoneCode(product, homeowner) })
  await homeowner.do('verifyCode', { code: 'AAAA2222' })

  const draft = randomUUID()
  const photo = await homeowner.upload('filing', draft)
  const filed = await homeowner.file({ photos: [photo] }, draft)
  const repair = Repair.of(product, homeowner, [third, near, nextNear], filed)
  const order = { orderId: filed.orderId }
  await homeowner.do('listOrders', { filter: 'in_progress' })
  await homeowner.do('openHome', {})
  await near.do('openJobs', {})
  await near.do('seeOffer', order)
  await nextNear.do('seeOffer', order)
  await nextNear.do('declineOffer', { ...order, reason: '手上的活还没干完' })
  await near.do('claimOffer', order)
  await near.do('giveBack', { ...order, reason: '车坏在路上，赶不过去' })
  await product.sweep()

  await third.do('openJobs', {})
  await repair.claim()
  const at = await repair.agree()
  const outTradeNo = await repair.pay('lost')
  await homeowner.do('checkPayment', { ...order, outTradeNo })
  await homeowner.do('previewCancel', order)
  await homeowner.do('reportCash', { ...order, visitNo: 1 })
  await product.moveTo(new Date(at.getTime() - HOUR))
  await third.do('openJobs', {})
  await third.do('reportPosition', { position: homeowner.home })
  const { code } = await third.do('showBadge', {})
  await homeowner.do('verifyCode', { code })
  await repair.work()
  await homeowner.do('reportMissing', { ...order, visitNo: 1, missing: ['角阀还在渗水'] })
  await repair.steps(['work'])
  await third.do('reportCompletion', { ...order, visitNo: 1, findings: '角阀拧紧了', advice: '' })
  await repair.close()
  await homeowner.do('rateVisit', { ...order, visitNo: 1, stars: 4, tags: ['准时'], comment: '讲得明白' })

  await product.advance(2 * HOUR)
  const answers = { holds: false, clean: true, overcharged: false }
  await homeowner.do('answerFollowUp', {
    ...order,
    visitNo: 1,
    satisfied: false,
    answers,
    conductProper: true,
    stars: 3,
    comment: '还在滴',
  })
  await homeowner.do('chooseReturn', { ...order, visitNo: 2, choice: 'same' })
  await third.do('openJobs', {})
  await repair.claim()
  await repair.agree()
  await homeowner.do('cancelOrder', { ...order, reason: '自己拧紧了' })
  await readEverything(homeowner, third)
}

const phoneCode = async ({ workplace }: Product, { openid }: HomeownerPhone): Promise<string> =>
  ((await workplace.post('/__phonecode', { openid, phone: '13800006621' })) as { code: string }).code

async function readEverything(homeowner: HomeownerPhone, technician: TechnicianPhone): Promise<void> {
  await technician.do('listJobs', {})
  await technician.do('recordSubscription', { answers: { offer: 'accept' } })
  const { messages } = await homeowner.do('listMessages', {})
  await homeowner.do('markRead', { ids: messages.slice(0, 5).map(({ id }) => id) })
  const inbox = await technician.do('listMessages', {})
  await technician.do('markRead', { ids: inbox.messages.slice(0, 5).map(({ id }) => id) })
}

/** To be seen first; the door is locked and released, the first quote declined: R14, R17b, R19. Staff see to the end of it. */
async function quoteAtTheDoor(product: Product, { homeowners, plumbers }: Townspeople): Promise<void> {
  const [, homeowner] = homeowners
  const [technician] = plumbers
  const filed = await homeowner.file({ items: [{ code: 'leak-find', quantity: 1 }] })
  const { orderId, number } = filed
  const repair = Repair.of(product, homeowner, [technician], filed)
  await repair.claim()
  await repair.agree()
  await repair.setOut()
  await repair.arrive()
  const { doorCode } = await repair.view()
  const wrong = doorCode === '0000' ? '1111' : '0000'
  for (let attempt = 0; attempt < 5; attempt += 1) await technician.refused('enterDoorCode', { orderId, code: wrong })
  await product.staffDo('correctContact', { order: number, room: '3 单元 402' })
  await product.staffDo('releaseDoorCode', { order: number, reason: '电话核对过业主和师傅' })
  await repair.steps(['at_door'])
  const quote = { orderId, items: [{ code: 'tap-cartridge', quantity: 1 }], note: '阀芯磨坏了' }
  const sent = await technician.do('sendQuote', quote)
  await homeowner.do('declineQuote', { orderId, quoteVersion: sent.quote?.version ?? 1, reason: '比价目贵' })
  await technician.do('sendQuote', quote)
  await repair.pay()
  await changeOrders(product, repair)
  await repair.steps(['work'])
  await technician.do('reportCompletion', { orderId, visitNo: 1, findings: '', advice: '' })
  await product.staffDo('recordAcceptance', { order: number, note: '业主在电话里说修好了，同意验收' })
  await repair.close()
  await product.advance(2 * HOUR)
  await product.staffDo('recordFollowUpCall', { order: number, satisfied: false, holds: false, comment: '还在滴' })
  await product.staffDo('chooseReturnFor', { order: number, choice: 'another' })
  await product.staffDo('cancelOrder', { order: number, reason: '业主来电说不用来了' })
}

/** Found on site: off the book, refused and approved, and taken back: R19, R20. */
async function changeOrders(product: Product, { technician, orderId, number }: Repair): Promise<void> {
  const { quote } = await technician.do('getJob', { orderId })
  const change = { orderId, baseVersion: quote?.version ?? 1, lines: [{ id: 'L1', quantity: 1 }], offBook: [{ name: '老式接头', unit: '个', quantity: 1 }], reason: '接头是老式的' }
  await technician.do('sendChange', { ...change, photos: [await technician.upload('change', orderId)] })
  await product.staffDo('refuseChange', { order: number, reason: '先看看能不能转接' })
  const sent = await technician.do('sendChange', { ...change, photos: [await technician.upload('change', orderId)] })
  await product.staffDo('approveChange', { order: number, prices: [{ line: 'L3', materialUnitFen: 1_500, labourUnitFen: 2_000, warrantyMonths: 6 }] })
  await technician.do('withdrawChange', { orderId, version: sent.change?.version ?? 0 })
  await technician.do('recordProgress', { orderId, lines: [{ line: 'L1', steps: 1 }] })
  await product.staffDo('recordProgress', { order: number, lines: [{ line: 'L1', steps: 0 }], reason: '师傅来电，还没动' })
}

/** What staff do from the console. */
async function staffDay(product: Product, { homeowners, plumbers }: Townspeople): Promise<void> {
  const [, , homeowner] = homeowners
  const [, , , fourth] = plumbers
  const { orderId, number } = await homeowner.file()
  const { staffNumber } = await fourth.document()
  await product.staffDo('findOrders', { number })
  await product.staffDo('findOrders', { phone: '13800006621' })
  await product.staffDo('showOrder', { order: number })
  await product.staffDo('explainOffers', { order: number })
  await product.staffDo('assignOrder', { order: number, staffNumber, reason: '业主指名要他' })
  // Who was assigned does not phone: staff find it among their to-dos (R10).
  await product.advance(5 * MINUTE + SECOND)
  const { todos } = await product.staffDo<{ todos: { id: string }[] }>('listTodos', {})
  const [todo] = todos
  if (todo) await product.staffDo('closeTodo', { todo: todo.id, note: '打过电话，办完了' })
  await homeowner.do('cancelOrder', { orderId, reason: '自己修好了' })

  const newcomer = { staffNumber: `9${randomUUID().replace(/\D/g, '').slice(0, 8)}` }
  await product.staffDo('listTechnicians', {})
  await product.staffDo('addTechnician', { ...newcomer, identityNumber: nextIdentityNumber(), name: '试用师傅', skills: ['plumbing'], base: homeowner.home, district: '江湾区' })
  await product.staffDo('bindTechnician', { ...newcomer, openid: `oBench-${newcomer.staffNumber}` })
  await product.staffDo('suspendTechnician', { ...newcomer, suspended: true, reason: '只为试一试' })
  const { dispatch } = (await product.staffDo<{ settings: { dispatch: { ratingsCounted: number } } }>('showSettings', {})).settings
  await product.staffDo('changeSettings', { settings: { dispatch: { ratingsCounted: dispatch.ratingsCounted === 50 ? 49 : 50 } } })
  await product.staffDo('addOperator', {
    id: `bench-${newcomer.staffNumber}`,
    name: '试用员工',
    roles: ['dispatcher'],
    token: randomUUID(),
  })
}
