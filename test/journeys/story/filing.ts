import type { PhoneInHand } from '../../support/browser'
import { CHEN, type Journey, LIN, MA, metresFrom, picture, WU, ZHOU } from '../../support/journey'
import { allowMessages, allowPermission, wordsOn } from './taps'

/** Technicians open their phones and let WeChat call them once more (R41). */
export async function listenForOffers(phone: PhoneInHand): Promise<void> {
  await phone.see('在岗，听单中')
  await phone.see('微信叫不响您了')
  await phone.tapText('补提醒')
  await allowMessages(phone)
  await phone.see(/微信还能叫您/)
}

/** R02, R44: prices are seen first; then what, with a photo, where, who and when. */
export async function fileDrippingTap(lin: PhoneInHand): Promise<void> {
  await lin.see('上门和勘察都不收费')
  await lin.see('¥35–280')
  await lin.tapText('水路')
  await lin.onPage('homeowner/file-repair/file-repair')
  await lin.see('¥120–280 / 个，含料')
  await lin.tapLabel('换水龙头加一')
  await lin.type('哪里不对劲', '水龙头漏水，关不紧，一直滴')
  await lin.chooseFiles([picture('dripping-tap')], () => lin.tapText('拍照片'))
  await lin.see('1 / 9')
  await lin.notSee(/^(上传 \d+%|排队中)$/)

  // What is missing is named beside its field, and nothing typed is lost (R02).
  await lin.tapText('提交报修')
  await lin.see('在地图上点一下您家在哪儿')
  await lin.see('选一个方便的时间')

  await lin.tapText('您家在哪儿')
  await lin.tapText('临江市江湾区梧桐里')
  await lin.type('门牌', '6 幢 2 单元 1102')
  await lin.type('称呼', '林晓雯')
  await lin.tapText('女士')
  await lin.tapText('用微信的号')
  await allowPermission(lin, '申请使用您的手机号')
  await lin.tapText('什么时候方便')
  await lin.tapText('14:00–16:00')
  await lin.see('今天 14:00–16:00')
  await lin.screenshot('story/01-filing')
  await lin.tapText('提交报修')
  await allowMessages(lin)
  await lin.onPage('homeowner/order/order')
  await lin.see('正在找师傅')
  await lin.see(/¥228\.00/)
  await lin.screenshot('story/02-dispatching')
}

/** R05: exactly the two nearest who may come are asked. A nearer one lacks the skill, the nearest is off duty. */
export async function seeWhoIsAsked(
  city: Journey,
  { zhou, chen, wu, ma }: Record<'zhou' | 'chen' | 'wu' | 'ma', PhoneInHand>,
): Promise<void> {
  const order = await city.order(LIN)
  expect(order).toMatchObject({ status: 'dispatching', title: '水龙头漏水', problem: '水龙头漏水，关不紧，一直滴' })
  expect(order.photos).toHaveLength(1)
  expect([...order.offeredTo].sort()).toEqual(['t0317', 't0522'])
  expect(order.offers.map(({ technicianId, distanceMetres }) => [technicianId, distanceMetres])).toEqual([
    ['t0317', expect.closeTo(metresFrom(LIN, ZHOU), -1)],
    ['t0522', expect.closeTo(metresFrom(LIN, CHEN), -1)],
  ])
  for (const nearer of [WU, MA]) expect(metresFrom(LIN, nearer)).toBeLessThan(metresFrom(LIN, ZHOU))

  await city.pause()
  for (const phone of [zhou, chen]) {
    await phone.pullDown()
    await phone.see('抢 单')
    // The title of an offer says what is wrong and about where, never who, on which number, behind which door.
    const words = await wordsOn(phone)
    expect(words).toMatch(/水龙头漏水/)
    expect(words).toContain('江湾区梧桐里一带')
    expect(words).not.toMatch(/林晓雯|13800006621|6621|2 单元/)
    const [offer] = await city.delivered(phone.openid)
    expect(offer).toMatchObject({ page: expect.stringContaining('technician/offer/offer') })
  }
  await wu.pullDown()
  await wu.see('暂时没有新单')
  await ma.pullDown()
  await ma.see('您没在岗，不会派单给您')
  for (const nobody of [wu, ma]) expect(await city.inbox(nobody.openid)).toEqual([])
  await zhou.screenshot('story/03-offer')
}
