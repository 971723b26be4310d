import type { PhoneInHand } from '../../support/browser'
import { type Journey, LIN } from '../../support/journey'
import { packKit } from './visiting'
import { allowMessages } from './taps'

/** R11, R18: the agreed time reaches the homeowner with the technician's card; it stands once it is paid, and until then there is no code to read out. */
export async function seeAppointment(city: Journey, lin: PhoneInHand, time: string): Promise<void> {
  await city.pause()
  await lin.pullDown()
  await lin.see(`付好款，今天 ${time} 上门`)
  await lin.notSee('开门口令')
  await lin.see(/工号/)
  expect((await city.reached(LIN))[0]).toBe('appointment')
  await lin.screenshot('story/07-scheduled')
}

/** R19: what is due before setting out holds the technician back, and the phone says so. */
export async function cannotSetOutUnpaid(city: Journey, technician: PhoneInHand): Promise<void> {
  await technician.see(/报价 ¥228\.00 业主还没确认付款/)
  await packKit(technician)
  await technician.tapText('出发')
  await technician.see(/还没确认报价|还没确认|还没付/)
  await technician.screenshot('story/08-unpaid')
  await technician.tapText('知道了')
  expect(await city.order(LIN)).toMatchObject({ status: 'scheduled' })
}

/** R17a, R23: the priced lines are looked through, confirmed and paid on WeChat's sheet. */
export async function confirmAndPay(city: Journey, lin: PhoneInHand): Promise<void> {
  await lin.tapText('看报价并付款')
  await lin.onPage('homeowner/quote/quote')
  await lin.see('付多少就是多少')
  await lin.see('换水龙头')
  await lin.screenshot('story/09-quote')
  await lin.tapText('确认并付款 ¥228.00')
  await allowMessages(lin)
  await lin.see(/^支付$/)
  await lin.screenshot('story/10-payment')
  await lin.tapText('支付')
  await lin.see('付好了')
  const order = await city.order(LIN)
  expect(order.stages).toMatchObject([{ state: 'paid', amountFen: 22_800 }])
  expect(order.timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['quote_confirmed', 'paid']))
  await lin.back()
  await lin.onPage('homeowner/order/order')
  await lin.see('开门口令')
}
