/** A day on which everybody does everything once: every action of homeowner, technician and staff is called and carried out. */
import { randomUUID } from 'node:crypto'
import type { Cast, OnDuty } from './cast'
import type { AnyPhone } from '../setting/callers'
import { OrderLife } from './order-life'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** 09:00 in Shanghai, counted in UTC. */
const MORNING = HOUR

/** Lives one more day, from 09:00 of the next. */
export async function liveOneDay(cast: Cast): Promise<void> {
  const { workplace, plumbers } = cast
  const now = Date.parse(await workplace.clock.now())
  await workplace.clock.at(new Date(Math.floor(now / DAY) * DAY + DAY + MORNING).toISOString())
  for (const plumber of plumbers) await plumber.goOnDuty()
  await repairWithReturn(cast)
  for (const plumber of plumbers) await plumber.goOnDuty()
  await quoteAtTheDoor(cast)
  await staffDay(cast)
  for (const { phone } of plumbers) await phone.call('goOffDuty', {})
}

/** At so many of the cast's people as there are. */
function people<Item>(list: readonly Item[], count: number): Item[] {
  if (list.length < count) throw new Error(`the day needs ${count} people`)
  return list.slice(0, count)
}

/** Priced at once; given back, found incomplete, answered with "not satisfied": R09, R17a, R30, R33. */
async function repairWithReturn({ workplace, homeowners, plumbers, place }: Cast): Promise<void> {
  const [owner] = people(homeowners, 1)
  const [near, nextNear, third] = people(plumbers, 3)
  if (!owner || !near || !nextNear || !third) return
  const homeowner = owner.phone
  await homeowner.call('openHome', {})
  await homeowner.call('priceBook', {})
  await homeowner.call('recordSubscription', { answers: { claimed: 'accept', appointment: 'accept', payment: 'reject' } })
  await homeowner.call('readPhone', { code: await phoneCode(workplace, homeowner.openid, owner.tel) })
  await homeowner.call('verifyCode', { code: 'AAAA2222' })

  const life = await OrderLife.file({ workplace, homeowner, place })
  await homeowner.call('listOrders', { filter: 'in_progress' })
  await homeowner.call('openHome', {})
  await near.phone.call('openJobs', {})
  await near.phone.call('seeOffer', life.theOrder)
  await nextNear.phone.call('seeOffer', life.theOrder)
  await nextNear.phone.call('declineOffer', { ...life.theOrder, reason: '手上的活还没干完' })
  await near.phone.call('claimOffer', life.theOrder)
  await near.phone.call('giveBack', { ...life.theOrder, reason: '车坏在路上，赶不过去' })
  await workplace.clock.advance(20 * SECOND)

  await third.phone.call('openJobs', {})
  await life.claimAndAgree(third.phone)
  await life.pay()
  await homeowner.call('previewCancel', life.theOrder)
  await third.phone.call('reportPosition', { position: { longitude: place.longitude, latitude: place.latitude } })
  await life.comeToTheDoor(third.phone)
  const badge = await third.phone.call('showBadge', {})
  await homeowner.call('verifyCode', { code: badge.code })
  await life.enterDoorCode(third.phone)
  await life.workAndReport(third.phone)
  await homeowner.call('reportMissing', { ...life.theOrder, visitNo: 1, missing: ['角阀还在渗水'] })
  await life.workAndReport(third.phone)
  await life.acceptWork()
  await life.close(third.phone)
  await homeowner.call('rateVisit', { ...life.theOrder, visitNo: 1, stars: 4, tags: ['准时'], comment: '讲得明白' })

  await workplace.clock.advance(2 * HOUR + MINUTE)
  const answer = {
    satisfied: false,
    answers: { holds: false, clean: true, overcharged: false },
    conductProper: true,
    stars: 3,
    comment: '还在滴',
  }
  await homeowner.call('answerFollowUp', { ...life.theOrder, visitNo: 1, ...answer })
  const { visits } = await homeowner.call('chooseReturn', { ...life.theOrder, visitNo: 2, choice: 'same' })
  await third.goOnDuty()
  await life.claimAndAgree(third.phone)
  if (visits.length !== 2) throw new Error('no return visit was opened')
  await homeowner.call('cancelOrder', { ...life.theOrder, reason: '自己拧紧了' })
  await readEverything(homeowner, third)
}

async function readEverything(homeowner: Cast['homeowners'][number]['phone'], { phone }: OnDuty): Promise<void> {
  await phone.call('listJobs', {})
  await phone.call('recordSubscription', { answers: { offer: 'accept' } })
  const inboxes: AnyPhone[] = [homeowner, phone]
  for (const inbox of inboxes) {
    const { messages } = await inbox.call('listMessages', {})
    await inbox.call('markRead', { ids: messages.slice(0, 5).map(({ id }) => id) })
  }
}

const phoneCode = async (workplace: Cast['workplace'], openid: string, phone: string): Promise<string> =>
  ((await workplace.post('/__phonecode', { openid, phone })) as { code: string }).code

/** To be seen first; the door is locked and released, the first quote declined: R14, R17b, R19. Staff see to the end of it. */
async function quoteAtTheDoor({ workplace, homeowners, plumbers, dispatcher, customerService, place }: Cast): Promise<void> {
  const [, owner] = people(homeowners, 2)
  const [near] = people(plumbers, 1)
  if (!owner || !near) return
  const life = await OrderLife.file({ workplace, homeowner: owner.phone, place, items: [{ code: 'leak-find', quantity: 1 }] })
  const order = life.number
  await life.claimAndAgree(near.phone)
  await life.comeToTheDoor(near.phone)
  const { doorCode } = await life.view()
  const wrong = doorCode === '0000' ? '1111' : '0000'
  for (let attempt = 0; attempt < 5; attempt += 1) await near.phone.codeOf('enterDoorCode', { ...life.theOrder, code: wrong })
  await dispatcher.call('releaseDoorCode', { order, reason: '电话核对过业主和师傅' })
  const quote = { ...life.theOrder, items: [{ code: 'tap-cartridge', quantity: 1 }], note: '阀芯磨坏了' }
  const { quote: sent } = await near.phone.call('sendQuote', quote)
  await owner.phone.call('declineQuote', { ...life.theOrder, quoteVersion: sent?.version ?? 1, reason: '比价目贵' })
  await near.phone.call('sendQuote', quote)
  await life.pay()
  await life.workAndReport(near.phone)
  await customerService.call('recordAcceptance', { order, note: '业主在电话里说修好了，同意验收' })
  await life.close(near.phone)
  await workplace.clock.advance(2 * HOUR + MINUTE)
  await customerService.call('recordFollowUpCall', { order, satisfied: false, holds: false, comment: '还在滴' })
  await customerService.call('chooseReturnFor', { order, choice: 'another' })
  await customerService.call('cancelOrder', { order, reason: '业主来电说不用来了' })
}

/** What staff do from the console. */
async function staffDay({ workplace, homeowners, plumbers, dispatcher, manager, place }: Cast): Promise<void> {
  const [, , owner] = people(homeowners, 3)
  const [, , , fourth] = people(plumbers, 4)
  if (!owner || !fourth) return
  await fourth.goOnDuty()
  const life = await OrderLife.file({ workplace, homeowner: owner.phone, place, wantedIn: DAY })
  const order = life.number
  await dispatcher.call('findOrders', { number: order })
  await dispatcher.call('findOrders', { phone: '13800006621' })
  await dispatcher.call('showOrder', { order })
  await dispatcher.call('explainOffers', { order })
  await dispatcher.call('assignOrder', { order, staffNumber: fourth.staffNumber, reason: '业主指名要他' })
  await owner.phone.call('cancelOrder', { ...life.theOrder, reason: '自己修好了' })
  const todos = (await dispatcher.call('listTodos', {})).todos as { id: string }[]
  const [todo] = todos
  if (todo) await dispatcher.call('closeTodo', { todo: todo.id, note: '打过电话，办完了' })

  const staffNumber = `9${randomUUID().replace(/\D/g, '').slice(0, 6)}`
  const base = { longitude: place.longitude, latitude: place.latitude }
  await dispatcher.call('listTechnicians', {})
  await dispatcher.call('addTechnician', { staffNumber, name: '试用师傅', skills: ['plumbing'], base, district: '江湾区' })
  await dispatcher.call('bindTechnician', { staffNumber, openid: `oBench${staffNumber}` })
  await manager.call('suspendTechnician', { staffNumber, suspended: true, reason: '只为试一试' })
  await manager.call('showSettings', {})
  await manager.call('changeSettings', { settings: { dispatch: { ratingsCounted: 40 + Math.floor(Math.random() * 20) } } })
  await manager.call('addOperator', { id: `bench-${staffNumber}`, name: '试用员工', roles: ['dispatcher'], token: randomUUID() })
}
