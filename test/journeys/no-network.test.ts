/** Without a network (R46), on the phones of a homeowner and a technician: each page says so and of when it is, what was typed is kept, and all goes on by itself. */
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { Journey, LIN, SU, ZHOU } from '../support/journey'
import { HomeownerPhone, Product, TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'
import { allowMessages, allowPermission, wordsOn } from './story/taps'

jest.setTimeout(240_000)

let city: Journey
let product: Product
let repair: Repair
beforeAll(async () => {
  city = await Journey.start({ clock: 'frozen' })
  product = Product.of(city.workplace)
  const [zhou] = await product.find('technicians', { openid: ZHOU })
  const { coordinates } = zhou!.base
  const lin = new HomeownerPhone(product, LIN, { longitude: coordinates[0], latitude: coordinates[1] })
  const technician = new TechnicianPhone(product, zhou!._id, ZHOU)
  await technician.do('goOnDuty', { position: lin.home })
  repair = Repair.of(product, lin, [technician], await lin.file())
  await repair.claim()
  await repair.agree(new Date((await city.now()).getTime() + 4 * HOUR))
})
afterAll(() => city?.stop())

test('R46 the homeowner’s order says that there is no network and of when it is, and shows what came meanwhile once it is back', async () => {
  const hers = await city.phone(LIN, `homeowner/order/order?id=${repair.orderId}`, { width: 375, height: 667 })
  await hers.see('待确认')
  expect(await wordsOn(hers)).not.toContain('没有网络')
  await hers.setNetwork(false)
  await hers.see(/没有网络。这是 9:00 的，可能变了，有网自动更新/)
  await hers.screenshot('no-network-order')
  await repair.pay()
  await city.advance(20 * MINUTE)
  await hers.see(/没有网络。这是 9:00 的/)
  await hers.setNetwork(true)
  await hers.notSee(/没有网络/)
  await hers.see('已预约')
  await hers.page.mouse.wheel(0, 600)
  await hers.setNetwork(false)
  await hers.see(/没有网络。这是 9:20 的/)
  await hers.screenshot('no-network-order-scrolled')
  await hers.close()
})

test('R46 every page that is opened without a network says so, and opens by itself', async () => {
  const hers = await city.phone(LIN, 'pages/home/home')
  await hers.see('水路')
  await hers.setNetwork(false)
  await hers.see(/没有网络。这是/)
  await hers.screenshot('no-network-home')
  await hers.tapText('价目表')
  await hers.see('没有网络。有网了自动打开，不用点')
  await hers.screenshot('no-network-price-book')
  await hers.setNetwork(true)
  await hers.see('¥120–280 / 个')
  await hers.notSee(/没有网络/)
})

test('R02 R46 a repair that is filed without a network keeps what was typed, says so, and is filed once with the second tap', async () => {
  const su = await city.phone(SU, 'homeowner/file-repair/file-repair?category=plumbing', { font: 1.4, width: 320, height: 568 })
  await su.tapLabel('换水龙头加一')
  await su.setNetwork(false)
  await su.see('没有网络。您接着写，都替您存着，有网再提交')
  await su.type('哪里不对劲', '厨房龙头一直滴水')
  await su.screenshot('no-network-filing-320')
  await su.setNetwork(true)
  await su.notSee(/没有网络/)
  await su.tapText('您家在哪儿')
  await su.tapText('临江市江湾区梧桐里')
  await su.type('门牌', '6 幢 2 单元 1102')
  await su.type('称呼', '苏秀芬')
  await su.tapText('女士')
  await su.tapText('用微信的号')
  await allowPermission(su, '申请使用您的手机号')
  await su.tapText('什么时候方便')
  await su.tapText('14:00–16:00')
  await su.setNetwork(false)
  await su.tapText('提交报修')
  await allowMessages(su)
  await su.see('没有网络，没等到回音。写好的都还在，有网了再点一次，不会重复办理')
  await su.screenshot('no-network-filing-refused-320')
  await su.tapText('知道了')
  expect(await su.page.locator('textarea').first().inputValue()).toBe('厨房龙头一直滴水')
  await su.setNetwork(true)
  await su.tapText('提交报修')
  await su.onPage('homeowner/order/order')
  expect(await product.find('orders', { homeownerId: SU })).toHaveLength(1)
})

test('R06 R46 接单 does not say 听单中 without a network, and listens again by itself', async () => {
  const his = await city.phone(ZHOU, 'pages/jobs/jobs', { width: 375, height: 667 })
  await his.see('在岗，听单中')
  await his.setNetwork(false)
  await his.see('没网，收不到新单')
  expect(await wordsOn(his)).not.toMatch(/听单中/)
  await his.screenshot('no-network-jobs')
  await his.tapText('看路线')
  await his.setNetwork(true)
  await his.see('在岗，听单中')
  await his.notSee(/没有网络/)
  const old = await city.phone(ZHOU, 'pages/jobs/jobs', { font: 1.4, width: 320, height: 568, theme: 'dark' })
  await old.see('在岗，听单中')
  await old.setNetwork(false)
  await old.see('没网，收不到新单')
  await old.screenshot('no-network-jobs-320')
})

test('R46 the job says it with the browser’s own network gone, and goes on when it is back', async () => {
  const his = await city.phone(ZHOU, `technician/job/job?id=${repair.orderId}`, { width: 375, height: 667, tolerate: [/ERR_INTERNET_DISCONNECTED/] })
  await his.see('要晚到')
  await his.page.context().setOffline(true)
  await his.see(/没有网络。这是 9:20 的/)
  await his.screenshot('no-network-job')
  await his.page.context().setOffline(false)
  await his.notSee(/没有网络/)
})
