/** The main job, end to end, in a real browser: four phones and the staff console (issue 2, §8). */
import type { PhoneInHand } from '../support/browser'
import { CHEN, Journey, LIN, MA, WU, ZHOU } from '../support/journey'
import { fileDrippingTap, listenForOffers, seeWhoIsAsked } from './story/filing'
import { callAndAgree, claimTogether, neverCalls } from './story/claiming'

let city: Journey
jest.setTimeout(180_000)
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

  const { winner, loser } = await claimTogether(city, zhou, chen)
  await neverCalls(city, { winner, loser, lin })
  await loser.pullDown()
  await loser.tapText('抢 单')
  await callAndAgree(city, loser, '14:00')
})
