/** Late, and nobody at home (R12, R15), on the phones of a homeowner and a technician: told, agreed, a note at a closed door, booked again in one tap, claimed again. */
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { Journey } from '../support/journey'
import type { PhoneInHand } from '../support/browser'
import { HomeownerPhone, Product, TechnicianPhone } from '../support/product'
import { Repair } from '../support/repair'
import { allowMessages } from './story/taps'

jest.setTimeout(240_000)
const LIN = 'oDemoLinXiaowen'
const ZHOU = 'oDemoZhouGuoping0317'

/** Takes the phone up again: the page looks at once. */
const lookAgain = (phone: PhoneInHand): Promise<void> =>
  phone.control((controls) => {
    controls.setForeground(false)
    controls.setForeground(true)
  })

/** How many lines its words take. */
const linesOf = (phone: PhoneInHand, selector: string): Promise<number> =>
  phone.page.locator(selector).filter({ visible: true }).first().evaluate((words) => Math.round(words.getBoundingClientRect().height / parseFloat(getComputedStyle(words).lineHeight)))

let city: Journey
beforeAll(async () => {
  city = await Journey.start({ clock: 'frozen' })
})
afterAll(() => city?.stop())

test('R12 R15 a delay is told and agreed; nobody opens; the note; another visit in one tap', async () => {
  const product = Product.of(city.workplace)
  const [zhou] = await product.find('technicians', { openid: ZHOU })
  // She lives where he waits for work.
  const { coordinates } = zhou!.base
  const lin = new HomeownerPhone(product, LIN, { longitude: coordinates[0], latitude: coordinates[1] })
  const technician = new TechnicianPhone(product, zhou!._id, ZHOU)
  await technician.do('goOnDuty', { position: lin.home })
  const filed = await lin.file()
  const repair = Repair.of(product, lin, [technician], filed)
  await repair.claim()
  const t = await repair.agree(new Date((await city.now()).getTime() + 4 * HOUR))
  await repair.pay()
  await city.workplace.clock.at(new Date(t.getTime() - 2 * HOUR).toISOString())

  const his = await city.phone(ZHOU, `technician/job/job?id=${filed.orderId}`)
  await his.see('要晚到')
  await his.tapText('要晚到')
  await his.see('改到几点')
  await his.screenshot('change-delay-sheet')
  await his.tapText('上一家还没修完')
  await his.tapText(/晚 1 小时/)
  await his.tapText('告诉业主')
  await his.see('等业主答复')
  await his.screenshot('change-delay-told')

  const hers = await city.phone(LIN, `homeowner/order/order?id=${filed.orderId}`)
  await hers.see('要晚到')
  await hers.screenshot('change-delay-asked')
  await hers.tapText('另约时间')
  await hers.see('改到什么时候？')
  await hers.screenshot('change-move-sheet')
  await hers.tapLabel('收起')
  // Somebody else instead: what becomes of her money is said before she confirms.
  await hers.tapText('更多')
  await hers.tapText('换一位师傅')
  await hers.tapText('18:00–20:00')
  await hers.see(/您付的 ¥314\.00 还在这张单上，不用再付，新来的师傅照同一份报价做/)
  await hers.screenshot('change-ask-another')
  await hers.tapText('再想想')
  await hers.tapText('同意新时间')
  await allowMessages(hers)
  await hers.see('已预约')

  await city.workplace.clock.at(new Date(t.getTime() + HOUR - 30 * MINUTE).toISOString())
  await repair.setOut()
  await repair.arrive()
  await city.workplace.clock.at(new Date(t.getTime() + HOUR).toISOString())
  await lookAgain(his)
  await technician.do('dial', { orderId: filed.orderId })
  await lookAgain(his)
  await his.tapText('记电话结果')
  await his.tapText('没人接')
  await his.see('没人开门')
  // The note is there to read before it can be left; the big button is the telephone.
  await his.see('留言条（还不能留）')
  await his.see(/等到 .* 先离开了/)
  await his.notSee(/^留言离开$/)
  await his.screenshot('change-closed-door')
  const small = await city.phone(ZHOU, `technician/job/job?id=${filed.orderId}`, { font: 1.4, width: 320, height: 568 })
  await small.see('留言条（还不能留）')
  await small.screenshot('change-closed-door-320')
  expect(await linesOf(small, '[class*="header__fact-text"]')).toBeLessThanOrEqual(3)
  await small.page.locator('[class*="timeline__text"]').filter({ visible: true }).first().scrollIntoViewIfNeeded()
  await small.screenshot('change-closed-door-timeline-320')
  const { width } = (await small.page.locator('[class*="timeline__text"]').filter({ visible: true }).first().boundingBox())!
  expect(width).toBeGreaterThanOrEqual(200)
  await small.close()
  await lookAgain(hers)
  await hers.see('我在家，马上开门')
  await hers.screenshot('change-at-the-door')

  await city.workplace.clock.at(new Date(t.getTime() + HOUR + 30 * MINUTE).toISOString())
  await lookAgain(his)
  await his.see('可以留言离开了')
  await his.tapText('留言离开')
  await his.tapText('离开')
  await his.see('没人在家')
  await his.screenshot('change-note')

  await lookAgain(hers)
  await hers.see('留言条')
  await hers.screenshot('change-rebook')
  await hers.tapText(/^就约/)
  await hers.see(/先只请|正在找师傅/)
  await hers.screenshot('change-rebooked')
  expect(await repair.offered()).toEqual([technician.id])
  expect((await repair.order()).visits.map((visit) => visit.state)).toEqual(['absent', 'dispatching'])
  await city.workplace.clock.at(new Date((await city.now()).getTime() + MINUTE).toISOString())
  expect(await repair.claim()).toMatchObject({ visitNo: 2 })
})

test('R07 R39 given to somebody else: the job leaves the phone of whoever had it, and is said to be gone', async () => {
  const product = Product.of(city.workplace)
  const [chen] = await product.find('technicians', { staffNumber: '0522' })
  const { coordinates } = chen!.base
  const openid = chen!.openid ?? ''
  const homeowner = product.homeowner({ longitude: coordinates[0], latitude: coordinates[1] })
  const technician = new TechnicianPhone(product, chen!._id, openid)
  const filed = await homeowner.file()
  const order = { order: filed.number, reason: '试一试' }
  await city.staff('assignOrder', { ...order, staffNumber: '0522' }, 'lu-min')
  await technician.do('dial', { orderId: filed.orderId })
  const his = await city.phone(openid, `technician/call/call?id=${filed.orderId}`)
  await his.see('约好了')
  await city.staff('assignOrder', { ...order, staffNumber: '0419' }, 'lu-min')
  await lookAgain(his)
  await his.see('这单不在您手上了')
  expect(await his.page.getByText('照着念就行').filter({ visible: true }).count()).toBe(0)
  await his.screenshot('change-job-gone')
})

test('R47 whose staff number it is, is shown before a helper is added; an unknown one is said', async () => {
  const product = Product.of(city.workplace)
  const [chen] = await product.find('technicians', { staffNumber: '0522' })
  const { coordinates } = chen!.base
  const technician = new TechnicianPhone(product, chen!._id, chen!.openid ?? '')
  const homeowner = product.homeowner({ longitude: coordinates[0], latitude: coordinates[1] })
  const filed = await homeowner.file()
  await city.staff('assignOrder', { order: filed.number, staffNumber: '0522', reason: '试一试' }, 'lu-min')
  const repair = Repair.of(product, homeowner, [technician], filed)
  await repair.agree(new Date((await city.now()).getTime() + 26 * HOUR))
  for (const size of [{ width: 375, height: 667 }, { width: 320, height: 568, font: 1.4 }]) {
    const his = await city.phone(technician.openid, `technician/job/job?id=${filed.orderId}`, size)
    await his.see('更多')
    await his.tapText('更多')
    await his.tapText('加帮手')
    await his.type('帮手的工号', '9876')
    await his.tapText('看看是谁')
    await his.see(/^没有这个工号/)
    await his.screenshot(`change-helper-unknown-${size.width}`)
    await his.type('帮手的工号', '0419')
    await his.notSee(/^没有这个工号/)
    await his.tapText('看看是谁')
    await his.see('罗建')
    await his.see('水路')
    await his.screenshot(`change-helper-found-${size.width}`)
    // Another digit: nobody is known, nobody can be added.
    await his.type('帮手的工号', '041')
    await his.notSee('加上罗建')
    await his.type('帮手的工号', '0419')
    await his.tapText('看看是谁')
    if (size.width !== 375) {
      await his.tapText('加上罗建')
      await his.see(/罗建/)
      await his.notSee('加上罗建')
    }
    await his.close()
  }
  expect((await repair.order()).visits[0]?.helpers).toEqual(['t0419'])
})

test('R10 R45 parts: phoned first, a day, another day, the telephone meanwhile, and they are there', async () => {
  const product = Product.of(city.workplace)
  const [chen] = await product.find('technicians', { staffNumber: '0522' })
  const { coordinates } = chen!.base
  const technician = new TechnicianPhone(product, chen!._id, chen!.openid ?? '')
  const homeowner = new HomeownerPhone(product, LIN, { longitude: coordinates[0], latitude: coordinates[1] })
  const filed = await homeowner.file()
  await city.staff('assignOrder', { order: filed.number, staffNumber: '0522', reason: '试一试' }, 'lu-min')
  const his = await city.phone(technician.openid, `technician/job/job?id=${filed.orderId}`)
  await his.see('这单干不了？')
  await his.notSee('等配件')
  await technician.do('dial', { orderId: filed.orderId })
  await lookAgain(his)
  await his.see('没人接')
  await his.screenshot('parts-call')
  await his.tapText('等配件')
  await his.tapText('门店没货，厂家发')
  await his.tapText('明天')
  await his.tapText('记下，告诉业主')
  await his.see('写缺哪样配件，业主会看到')
  await his.type('第 1 样配件', '冷热龙头阀芯')
  await his.tapText('再加一样')
  await his.type('第 2 样配件', '不锈钢软管')
  await his.screenshot('parts-sheet')
  await his.tapText('记下，告诉业主')
  await his.see('等配件：冷热龙头阀芯、不锈钢软管')
  await his.see('配件到了')
  await his.screenshot('parts-waiting')
  await his.tapText('改到货时间')
  expect(await his.page.getByLabel('第 2 样配件').filter({ visible: true }).inputValue()).toBe('不锈钢软管')
  await his.tapLabel('去掉第 2 样')
  await his.tapText('物流还在路上')
  const inThreeDays = new Date((await city.now()).getTime() + 80 * HOUR)
  await his.tapText(`${inThreeDays.getUTCMonth() + 1} 月 ${inThreeDays.getUTCDate()} 日`)
  await his.tapText('记下，告诉业主')
  await his.see(/物流还在路上/)
  const hers = await city.phone(homeowner.openid, `homeowner/order/order?id=${filed.orderId}`)
  await hers.see('等配件：冷热龙头阀芯')
  await hers.see(/物流还在路上/)
  await hers.screenshot('parts-homeowner')
  await his.tapLabel(/打电话/)
  await his.screenshot('parts-dialled')
  await his.tapText('取消')
  await his.tapText('配件到了')
  await his.see('拨打')
  await his.screenshot('parts-came')
})
