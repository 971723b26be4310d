/** What a technician finds without looking for it (R05, R06, R10, R36, R52): jobs behind 工单, two offers at once, when to try a call again, what went on their record. */
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { PhoneInHand } from '../support/browser'
import { Journey, LIN, SU, ZHOU } from '../support/journey'
import { HomeownerPhone, Product, TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'

jest.setTimeout(240_000)
const SMALL = { font: 1.4, width: 320, height: 568 }

/** Takes the phone up again: the page looks at once. */
const lookAgain = (phone: PhoneInHand): Promise<void> =>
  phone.control((controls) => {
    controls.setForeground(false)
    controls.setForeground(true)
  })

let city: Journey
let product: Product
let zhou: TechnicianPhone
let home: { longitude: number; latitude: number }
beforeAll(async () => {
  city = await Journey.start({ clock: 'frozen' })
  product = Product.of(city.workplace)
  const [document] = await product.find('technicians', { openid: ZHOU })
  const { coordinates } = document!.base
  home = { longitude: coordinates[0], latitude: coordinates[1] }
  zhou = new TechnicianPhone(product, document!._id, ZHOU)
  await zhou.do('goOnDuty', { position: home })
})
afterAll(() => city?.stop())

test('R05 R06 R10 two offers at once are both seen, each with its time; what must be done first is said, on the offer itself too; a due retry shows its five minutes', async () => {
  const lin = new HomeownerPhone(product, LIN, home)
  const su = new HomeownerPhone(product, SU, home)
  const first = await lin.file()
  await city.advance(40 * SECOND)
  const second = await su.file({ problem: '卫生间角阀漏水，地上都是' })
  const his = await city.phone(ZHOU, 'pages/jobs/jobs')
  await his.see('来新单了，2 张')
  await his.see(/卫生间角阀漏水/)
  expect(await his.page.getByLabel(/^抢单剩/).filter({ visible: true }).count()).toBe(2)
  await his.screenshot('two-offers')
  const small = await city.phone(ZHOU, 'pages/jobs/jobs', SMALL)
  await small.see('来新单了，2 张')
  await small.screenshot('two-offers-320')
  await small.page.getByText(/卫生间角阀漏水/).filter({ visible: true }).first().scrollIntoViewIfNeeded()
  await small.screenshot('two-offers-second-320')
  await small.close()

  await zhou.do('claimOffer', { orderId: first.orderId })
  const other = await city.phone(ZHOU, `technician/offer/offer?id=${second.orderId}`)
  await other.see('手上那单先打完电话、记下结果，才能抢')
  await other.notSee('抢 单')
  await other.screenshot('offer-call-first')
  await other.tapText('去打电话')
  await other.onPage('technician/call/call')

  await zhou.do('dial', { orderId: first.orderId })
  await city.advance(SECOND)
  await zhou.do('recordCall', { orderId: first.orderId, outcome: 'no_answer' })
  await city.advance(10 * MINUTE + SECOND)
  const call = await city.phone(ZHOU, `technician/call/call?id=${first.orderId}`)
  await call.see('到点了，请再打一次')
  await call.see(/^\d+:\d\d 前$/)
  await call.see(/^4:\d\d$/)
  await call.screenshot('call-retry-due')
  await lookAgain(his)
  await his.see(/\d+:\d\d 前再打一次/)
  await his.screenshot('jobs-retry-due')
  await zhou.do('giveBack', { orderId: first.orderId, reason: '时间赶不上' })
})

test('R52 工单 is the technician’s own list; 我的 says who they are', async () => {
  const his = await city.phone(ZHOU, 'pages/me/me')
  await his.see('周国平')
  await his.see('工号 0317')
  await his.screenshot('me-technician')
  await his.tapText('工单')
  await his.see('手上没有活。抢到的单、调度派的单，会放在这里。')
  await his.screenshot('orders-technician-empty')
  const lin = new HomeownerPhone(product, LIN, home)
  const repair = Repair.of(product, lin, [zhou], await lin.file())
  await repair.claim()
  await repair.agree(new Date((await city.now()).getTime() + 4 * HOUR))
  await his.pullDown()
  await his.see(/上门/)
  await his.screenshot('orders-technician')
  await his.tapText(/水龙头/)
  await his.onPage('technician/job/job')
  await his.screenshot('job-scheduled')
  const small = await city.phone(ZHOU, `technician/job/job?id=${repair.orderId}`, SMALL)
  await small.see('更多')
  await small.screenshot('job-scheduled-320')
  const bar = await small.page.locator('[class*="bar--thumb"]').filter({ visible: true }).first().boundingBox()
  // One row of buttons, whatever its words: most of the page is the order's.
  expect(bar!.height).toBeLessThanOrEqual(150)
  await small.close()
  await his.back()
  await his.tapText('做完的')
  await his.screenshot('orders-technician-done')
  await his.tapText('自家报修')
  await his.see(/您自己家没有报修过/)
  await zhou.do('giveBack', { orderId: repair.orderId, reason: '时间赶不上' })
})

test('R36 a violation is told, counted on 我的, and a tap leads to the record', async () => {
  const lin = new HomeownerPhone(product, LIN, home)
  const repair = Repair.of(product, lin, [zhou], await lin.file())
  await zhou.do('listMessages', {}).then(({ messages }) => zhou.do('markRead', { ids: messages.map(({ id }) => id) }))
  await repair.claim()
  await city.advance(5 * MINUTE + SECOND)
  await city.pause()
  await zhou.do('markRead', { orderId: repair.orderId })
  const his = await city.phone(ZHOU, 'pages/me/me')
  await his.see('周国平')
  await his.screenshot('me-violation')
  await his.tapText('消息')
  await his.see(/违规记了一条/)
  await his.screenshot('inbox-violation')
  await his.tapText(/违规记了一条/)
  await his.onPage('technician/record/record')
  await his.see('接单后没按时打电话')
})
