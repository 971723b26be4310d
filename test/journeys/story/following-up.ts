import type { PhoneInHand } from '../../support/browser'
import { HOUR, type Journey, LIN, SECOND } from '../../support/journey'

/** R32: two hours after completion the questionnaire comes, as a message that opens it. */
async function askedAfterTwoHours(city: Journey, lin: PhoneInHand): Promise<void> {
  const completedAt = (await city.order(LIN)).visits.at(-1)?.completedAt
  if (!completedAt) throw new Error('the visit is not complete')
  await city.workplace.clock.at(new Date(completedAt.getTime() + 2 * HOUR + SECOND).toISOString())
  expect((await city.reached(LIN))[0]).toBe('follow_up')
  await lin.pullDown()
  await lin.tapText('说说还好用吗')
  await lin.onPage('homeowner/follow-up/follow-up')
  await lin.see('这次修得满意吗？')
}

/** R33: "not satisfied, the same technician please": a free return visit, offered to that one alone. */
export async function notSatisfied(city: Journey, { technician, lin }: Record<'technician' | 'lin', PhoneInHand>): Promise<void> {
  await askedAfterTwoHours(city, lin)
  for (const answer of [
    '这次修得满意吗？不满意',
    '修好的地方还好用吗？又坏了',
    '收拾干净没有？干净',
    '有没有多收钱？没有',
    '师傅言行规矩吗？规矩',
  ])
    await lin.tapLabel(answer)
  await lin.tapLabel('3 分，一般')
  await lin.type('还想说点什么', '又开始滴了，比原来慢一点')
  await lin.see('再上门，不收钱')
  await lin.tapText(/还请.师傅来/)
  await lin.screenshot('story/19-follow-up')
  await lin.tapText('交给师服到')
  await lin.see('返工中')
  await lin.screenshot('story/20-return')

  const order = await city.order(LIN)
  expect(order).toMatchObject({ status: 'dispatching', offeredTo: [`t${technician.openid.slice(-4)}`] })
  expect(order.visits.at(-1)).toMatchObject({ no: 2, kind: 'return', choice: 'same' })
  expect(order.stages).toHaveLength(1)
  await lin.tapText(/^(看工单|回到工单)$/)
  await lin.onPage('homeowner/order/order')
}

/** R33: the same technician sees the return, as the only one, and that it is free. */
export async function claimReturn(technician: PhoneInHand): Promise<void> {
  await technician.back()
  await technician.onPage('pages/jobs/jobs')
  await technician.pullDown()
  await technician.see('返工')
  await technician.screenshot('story/22-return-offer')
  await technician.tapText('抢 单')
  await technician.onPage('technician/call/call')
}

/** R32, R33: after the return everything is asked again; now all is well, and the order rests in its warranty. */
export async function satisfied(city: Journey, lin: PhoneInHand): Promise<void> {
  await lin.back()
  await lin.onPage('homeowner/order/order')
  await askedAfterTwoHours(city, lin)
  for (const answer of [
    '这次修得满意吗？满意',
    '修好的地方还好用吗？好用',
    '收拾干净没有？干净',
    '有没有多收钱？没有',
    '师傅言行规矩吗？规矩',
  ])
    await lin.tapLabel(answer)
  await lin.tapLabel('5 分，没得说')
  await lin.tapText('交给师服到')
  await lin.see('谢谢您，收到了')
  await lin.tapText(/^(看工单|回到工单)$/)
  await lin.onPage('homeowner/order/order')
  await lin.see(/保修到 \d{4}\.\d\d\.\d\d/)
  await lin.screenshot('story/21-in-warranty')
  expect(await city.order(LIN)).toMatchObject({ status: 'in_warranty' })
}
