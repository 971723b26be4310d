import type { PhoneInHand } from '../../support/browser'
import { type Journey, LIN } from '../../support/journey'
import { allowMessages, sign } from './taps'

/** R30: reported complete, tried out and accepted. */
export async function reportAndAccept(
  city: Journey,
  { technician, lin }: Record<'technician' | 'lin', PhoneInHand>,
  kind: 'repair' | 'return',
): Promise<void> {
  await technician.tapText('报完工')
  await technician.type('毛病在哪儿，怎么修的', '阀芯磨坏了，换了新龙头，试了两分钟不漏')
  await technician.type('给业主的建议', '滤网半年拆下来冲一次')
  await technician.tapText('报完工，请业主验收')
  await technician.see('等业主验收')
  await city.pause()
  expect((await city.reached(LIN))[0]).toBe('acceptance')

  await lin.pullDown()
  await lin.see('修好了，请您试试')
  await lin.tapText('试过了，去验收')
  await lin.onPage('homeowner/acceptance/acceptance')
  await lin.see('师傅做了这些')
  await lin.screenshot(`story/15-acceptance-${kind}`)
  await lin.tapText('试过了，验收')
  if (kind === 'repair') await allowMessages(lin)
  await lin.see('都试过了吗？')
  await lin.tapText('验收')
  await lin.see(/保修中|验收好了/)
  expect((await city.order(LIN)).visits.at(-1)?.acceptedAt).toBeInstanceOf(Date)
}

/** R30: the card is signed on both phones and kept. */
export async function signCard(city: Journey, { technician, lin }: Record<'technician' | 'lin', PhoneInHand>): Promise<void> {
  await technician.pullDown()
  await technician.tapText('签保修卡', { which: 'last' })
  await sign(technician)
  await technician.see('交旧件')
  await lin.pullDown()
  await lin.see('请签保修卡')
  await lin.tapText('签保修卡', { which: 'last' })
  await lin.onPage('homeowner/warranty-card/warranty-card')
  await lin.see('请您签个字')
  await lin.tapText('签字')
  await sign(lin)
  await lin.see('保修中')
  await lin.see('服务专用保修卡')
  await lin.see('林**')
  await lin.screenshot('story/16-warranty-card')
  const { card } = await city.order(LIN)
  expect(card).toMatchObject({ technicianSigned: expect.anything(), homeownerSigned: expect.anything() })
}

/** R28, R30: what was taken out goes back to the homeowner; tools are counted; then the technician leaves. */
export async function handOverAndLeave(city: Journey, technician: PhoneInHand): Promise<void> {
  await technician.pullDown()
  await technician.tapText('交旧件')
  await technician.tapText('交给业主了')
  await technician.type('旧件的说明', '旧龙头 1 个')
  await technician.tapText('记下')
  await technician.tapText('点清工具，离开')
  await technician.see('出门前再看一眼')
  await technician.see('两样都点过再走')
  await technician.screenshot('story/17-check-out')
  await technician.tapText('工具点过，一件不少')
  await technician.tapText('看了一圈，没落下东西')
  await technician.tapText('离开，这趟做完')
  await technician.see('这趟做完了')
  expect(await city.order(LIN)).toMatchObject({ status: 'in_warranty' })
}

/** R31 */
export async function rate(city: Journey, lin: PhoneInHand): Promise<void> {
  await lin.back()
  await lin.onPage('homeowner/order/order')
  await lin.pullDown()
  await lin.tapText('打个分')
  await lin.onPage('homeowner/rating/rating')
  await lin.tapLabel('4 分，挺好')
  await lin.tapText('准时')
  await lin.type('还想说点什么', '来得准，活也细')
  await lin.screenshot('story/18-rating')
  await lin.tapText('交给师服到')
  await lin.see('谢谢您，收到了')
  expect((await city.order(LIN)).visits[0]?.rating).toMatchObject({ stars: 4, tags: ['准时'] })
  await lin.back()
}
