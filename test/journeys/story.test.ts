/** The main job, end to end, in a real browser: four phones and the staff console (issue 2, §8). */
import type { PhoneInHand } from '../support/browser'
import { CHEN, Journey, LIN, MA, WU, XU, ZHOU } from '../support/journey'
import { callAndAgree, claimTogether, neverCalls } from './story/claiming'
import { handOverAndLeave, rate, reportAndAccept, signCard } from './story/closing'
import { fileDrippingTap, listenForOffers, seeWhoIsAsked } from './story/filing'
import { claimReturn, notSatisfied, satisfied } from './story/following-up'
import { cannotSetOutUnpaid, confirmAndPay, seeAppointment } from './story/paying'
import { nobodyAnswers, repairForXu } from './story/second-order'
import { inboxesHaveAll, staffReadAll, timelineTellsAll } from './story/telling'
import { enterByCode, packKit, ride, work } from './story/visiting'

let city: Journey
jest.setTimeout(300_000)
beforeAll(async () => {
  city = await Journey.start()
}, 60_000)
afterAll(() => city?.stop())

test('a dripping tap, from the homeowner’s phone to the rest in warranty', async () => {
  const listening = (openid: string): Promise<PhoneInHand> => city.phone(openid, 'pages/jobs/jobs')
  const [lin, zhou, chen, wu, ma] = await Promise.all([city.phone(LIN), listening(ZHOU), listening(CHEN), listening(WU), listening(MA)])
  await Promise.all([zhou, chen].map(listenForOffers))

  await fileDrippingTap(lin)
  await seeWhoIsAsked(city, { zhou, chen, wu, ma })
  await Promise.all([wu.close(), ma.close()])

  const { winner, loser: technician } = await claimTogether(city, zhou, chen)
  await neverCalls(city, { winner, loser: technician, lin })
  await technician.pullDown()
  await technician.tapText('抢 单')
  await callAndAgree(city, technician, '14:00', 'repair')

  await seeAppointment(city, lin, '14:00')
  await cannotSetOutUnpaid(city, technician)
  await confirmAndPay(city, lin)

  const both = { technician, lin }
  await ride(city, technician, 'repair')
  await enterByCode(both, 'repair')
  await work(city, technician, 'repair')
  await reportAndAccept(city, both, 'repair')
  await signCard(city, both)
  await handOverAndLeave(city, technician)
  await rate(city, lin)

  const second = await repairForXu(city)

  await notSatisfied(city, both)
  await claimReturn(technician)
  await callAndAgree(city, technician, '18:00', 'return')
  await packKit(technician)
  await ride(city, technician, 'return')
  await enterByCode(both, 'return')
  await work(city, technician, 'return')
  await reportAndAccept(city, both, 'return')
  await handOverAndLeave(city, technician)
  await satisfied(city, lin)
  await timelineTellsAll(lin)
  await staffReadAll(city)
  await inboxesHaveAll(city, { lin, winner, loser: technician })

  const xu = await city.phone(XU, `homeowner/order/order?id=${second.orderId}`)
  await nobodyAnswers(city, xu, second)
})
