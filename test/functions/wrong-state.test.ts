/** R38 what cannot be done as an order stands, or not by whoever asks: each action in each state says so in Chinese, and nothing changes anywhere. */
import type { HelpView, HomeownerApi, TechnicianApi } from '../../typings/contract'
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { chinese, helpOf, OF_AN_ORDER_H, OF_AN_ORDER_T } from '../support/every-action'
import { north } from '../support/product'
import type { TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })
let help: Record<'homeowner' | 'technician', HelpView['actions']>
beforeAll(async () => {
  const [homeowner, technician] = [product.homeowner(), await product.technician(product.area())]
  help = { homeowner: await helpOf((event) => homeowner.send(event)), technician: await helpOf((event) => technician.send(event)) }
})

type Action = keyof HomeownerApi | keyof TechnicianApi

/** Ways through an order's life, each from the one before. */
const agreed = async (one: Repair) => {
  await one.claim()
  await one.agree()
}
const paid = async (one: Repair) => {
  await agreed(one)
  await one.pay()
}
const onTheWay = async (one: Repair) => {
  await paid(one)
  await one.setOut()
}
const atTheDoor = async (one: Repair) => {
  await onTheWay(one)
  await one.arrive()
}
const working = async (one: Repair) => {
  await atTheDoor(one)
  await one.openDoor()
}
const nobodyOpens = async (one: Repair) => {
  await atTheDoor(one)
  const { orderId, technician } = one
  await product.moveTo((await one.visit()).appointmentAt!)
  await technician.do('dial', { orderId })
  await technician.do('recordDoorCall', { orderId, answered: false })
  await product.advance(31 * MINUTE)
  await technician.do('leaveNote', { orderId })
}
const waitingForParts = async (one: Repair) => {
  await agreed(one)
  await one.technician.do('waitForParts', { orderId: one.orderId, parts: [{ name: '阀芯', quantity: 1 }], reason: '没货', expectedAt: new Date((await product.now()).getTime() + 48 * HOUR).toISOString() })
}

/** While it goes on it can be cancelled, and whom to phone can be put right. */
const CANCELLING = ['previewCancel', 'cancelOrder', 'correctContact'] as const
const QUOTED = ['confirmQuote', 'declineQuote', 'startPayment'] as const
const CREW = ['findHelper', 'addHelper', 'removeHelper'] as const

/** How an order gets there, and what can be done with it then: everything else cannot. `nobodys`: no technician has it, and none learns of it. */
const STATES: Record<string, { reach: (one: Repair) => Promise<unknown>; allowed: readonly Action[]; nobodys?: boolean }> = {
  'offered, nobody has it': { reach: () => Promise.resolve(), allowed: [...CANCELLING, ...QUOTED, 'seeOffer', 'claimOffer', 'declineOffer'], nobodys: true },
  'claimed, not phoned yet': { reach: (one) => one.claim(), allowed: [...CANCELLING, ...QUOTED, 'claimOffer', 'giveBack', 'dial', 'startStep', 'completeStep', 'sendQuote', 'recordProgress'] },
  'agreed and paid': { reach: paid, allowed: [...CANCELLING, 'moveAppointment', 'confirmQuote', 'claimOffer', 'dial', 'giveBack', 'tellDelay', 'waitForParts', 'recordProgress', ...CREW, 'startStep', 'completeStep', 'setOut'] },
  'on the way': { reach: onTheWay, allowed: [...CANCELLING, 'moveAppointment', 'confirmQuote', 'claimOffer', 'dial', 'tellDelay', 'recordProgress', ...CREW, 'arrive'] },
  'at the door': { reach: atTheDoor, allowed: [...CANCELLING, 'moveAppointment', 'sayAtHome', 'confirmQuote', 'claimOffer', 'dial', 'recordDoorCall', 'recordProgress', ...CREW, 'startStep', 'completeStep', 'enterDoorCode'] },
  'the door is open': { reach: working, allowed: [...CANCELLING, 'confirmQuote', 'claimOffer', 'dial', ...CREW, 'startStep', 'completeStep', 'enterDoorCode', 'sendChange', 'withdrawChange', 'recordProgress', 'reportCompletion'] },
  'waiting for parts': { reach: waitingForParts, allowed: [...CANCELLING, ...QUOTED, 'claimOffer', 'dial', 'giveBack', 'waitForParts', 'partsArrived', 'recordProgress'] },
  'nobody was at home': { reach: nobodyOpens, allowed: [...CANCELLING, 'confirmQuote', 'rebook'], nobodys: true },
  'done, not accepted yet': { reach: (one) => one.complete(), allowed: ['correctContact', 'acceptWork', 'reportMissing', 'rateVisit', 'answerFollowUp', 'claimOffer', 'dial', 'reportCompletion'] },
  'cancelled': { reach: async (one) => { await paid(one); await one.homeowner.do('cancelOrder', { orderId: one.orderId, reason: '不修了' }) }, allowed: [], nobodys: true },
  'all over': { reach: async (one) => { await one.complete(); await one.close() }, allowed: ['rateVisit', 'answerFollowUp', 'chooseReturn', 'claimOffer'] },
}
const READ: readonly Action[] = ['reportCash', 'getOrder', 'getJob', 'freeTimes']
/** What is refused for another reason first: files and payments that are none, offers that are over. */
const OTHERWISE: Record<string, RegExp> = { checkPayment: /^NOT_FOUND$/, signWarrantyCard: /^FILE_REFUSED$/, signCard: /^(FILE_REFUSED|NOT_FOUND)$/, sendChange: /^(FILE_REFUSED|WRONG_STATE|NOT_FOUND)$/, seeOffer: /^(OFFER_OVER|NOT_FOUND)$/, claimOffer: /^(OFFER_OVER|NOT_FOUND)$/, declineOffer: /^(OFFER_OVER|NOT_FOUND)$/ }

/** The example of an action, about that order and in its own time. */
const inputsFor = async (one: Repair, helper: TechnicianPhone) => {
  const now = await product.now()
  const { staffNumber } = await helper.document()
  const at = new Date(now.getTime() + 5 * HOUR).toISOString()
  const wanted = { from: at, to: new Date(now.getTime() + 7 * HOUR).toISOString() }
  const own: Record<string, Record<string, unknown>> = {
    recordCall: { at }, agreeDelay: { at }, tellDelay: { at }, moveAppointment: { at }, waitForParts: { expectedAt: at }, answerFollowUp: { answers: { holds: true } }, rebook: { wanted }, askAnother: { wanted },
    findHelper: { staffNumber }, addHelper: { staffNumber }, removeHelper: { helperId: helper.id },
  }
  return (name: 'homeowner' | 'technician', action: string) => ({ ...structuredClone(help[name].find((each) => each.name === action)!.example) as Record<string, unknown>, orderId: one.orderId, ...own[action] })
}

test.each(Object.keys(STATES))('R38 the wrong state is said, and nothing changes: %s', async (state) => {
  const one = await Repair.file(product, { near: 1 })
  const { reach, allowed, nobodys = false } = STATES[state]!
  await reach(one)
  const inputFor = await inputsFor(one, await product.technician(one.homeowner.home))
  const before = await product.everything()
  const wrong: string[] = []
  for (const name of ['homeowner', 'technician'] as const) {
    for (const action of name === 'homeowner' ? OF_AN_ORDER_H : OF_AN_ORDER_T) {
      if ([...READ, ...allowed].includes(action)) continue
      const answer = await one[name].send({ action, input: inputFor(name, action) })
      const code = OTHERWISE[action] ?? (nobodys && name === 'technician' ? /^NOT_FOUND$/ : /^WRONG_STATE$/)
      if (answer.ok || !code.test(chinese(answer).code)) wrong.push(`${action} ${answer.ok ? 'ok' : `${answer.error.code} ${answer.error.message}`}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await product.changedSince(before)).toEqual([])
})

test.each(['agreed and paid', 'on the way', 'at the door', 'the door is open'])('R47 whoever helps does the checklist and may leave; everything else is for the one in charge, and nothing changes: %s', async (state) => {
  const one = await Repair.file(product, { near: 1 })
  const helper = await product.technician(north(one.homeowner.home, 2))
  await agreed(one)
  await one.technician.do('addHelper', { orderId: one.orderId, staffNumber: (await helper.document()).staffNumber })
  await one.pay()
  if (state !== 'agreed and paid') await one.setOut()
  if (state === 'at the door' || state === 'the door is open') await one.arrive()
  if (state === 'the door is open') await one.openDoor()
  const inputFor = await inputsFor(one, await product.technician(one.homeowner.home))
  const before = await product.everything()
  const wrong: string[] = []
  for (const action of OF_AN_ORDER_T) {
    if (['getJob', 'startStep', 'completeStep', 'leaveCrew', 'seeOffer', 'claimOffer', 'declineOffer', 'signCard', 'sendChange'].includes(action)) continue
    const answer = await helper.send({ action, input: inputFor('technician', action) })
    if (answer.ok || chinese(answer).code !== 'FORBIDDEN') wrong.push(`${action} ${answer.ok ? 'ok' : `${answer.error.code} ${answer.error.message}`}`)
  }
  expect(wrong).toEqual([])
  expect(await product.changedSince(before)).toEqual([])
})
