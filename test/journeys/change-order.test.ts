/** Found different on site (R19, R20): the technician lists it, the homeowner decides on their own phone, and pays or is paid back before the work goes on. */
import type { PhoneInHand } from '../support/browser'
import { LIN, picture, ZHOU } from '../support/journey'
import { HomeownerPhone } from '../support/product'
import { Repair } from '../support/repair'
import { lookAgain, SMALL, withZhou } from '../support/with-zhou'
import { allowMessages } from './story/taps'

jest.setTimeout(240_000)

const its = withZhou()
let repair: Repair
beforeAll(async () => {
  const lin = new HomeownerPhone(its.product, LIN, its.home)
  repair = Repair.of(its.product, lin, [its.zhou], await lin.file())
  await repair.claim()
  await repair.agree()
  await repair.pay()
  await repair.setOut()
  await repair.arrive()
  await repair.openDoor()
  await repair.steps(['at_door'])
})

/** The photo has arrived: nothing on it says how far it is. */
const uploaded = async (phone: PhoneInHand): Promise<void> => {
  await phone.page.getByLabel('看第 1 张照片').filter({ visible: true }).first().waitFor()
  await phone.page.locator('[class*=photo__cover]').first().waitFor({ state: 'detached' })
}

const job = () => `technician/job/job?id=${repair.orderId}`

test('R19 R20 the technician lists what was found, in a few taps; what is missing is said beside it, and what was typed is kept', async () => {
  const his = await its.city.phone(ZHOU, job(), { width: 375, height: 667 })
  await his.tapText('加减项目')
  await his.onPage('change-order/change-order')
  await his.see('原来说好的')
  await his.screenshot('change-order-empty')
  await his.tapText('发给业主确认')
  await his.see('还没有要加减的项目')
  await his.see('写一句发现了什么，至少 4 个字，业主看得到')
  await his.screenshot('change-order-problems')
  await his.tapText('从价目表加')
  await his.tapLabel('换龙头阀芯加一')
  await his.see('加 1 项')
  await his.type('发现了什么', '拆开看，阀芯也磨坏了，只换龙头过几天还漏')
  await his.chooseFiles([picture('dripping-tap')], () => his.tapText('拍现场', { which: 'last' }))
  await uploaded(his)
  await his.screenshot('change-order-filled')
  const small = await its.city.phone(ZHOU, `change-order/change-order?id=${repair.orderId}`, { ...SMALL, theme: 'dark' })
  await small.see('原来说好的')
  await small.screenshot('change-order-320-dark')
  await small.close()

  await his.back()
  await his.tapText('加减项目')
  await his.see('加 1 项')
  await his.tapText('发给业主确认')
  await his.onPage('technician/job/job')
  await his.see(/业主还没答复，先照原来的做/)
  await his.screenshot('change-order-waits')
  await his.close()
})

test('R19 R23 the homeowner sees what changes and what it comes to, confirms and pays in one go, and the technician goes on', async () => {
  const hers = await its.city.phone(LIN, `homeowner/order/order?id=${repair.orderId}`, { width: 375, height: 667 })
  await hers.see('师傅发现新情况，请您看')
  await hers.screenshot('change-order-told')
  await hers.tapText('看加减的项目')
  await hers.onPage('homeowner/quote/quote')
  await hers.see('现场发现了什么')
  await hers.see(/^同意并补付 ¥/)
  await hers.screenshot('change-order-asked')
  const old = await its.city.phone(LIN, `homeowner/quote/quote?id=${repair.orderId}`, { ...SMALL, theme: 'dark' })
  await old.see('现场发现了什么')
  await old.screenshot('change-order-asked-320-dark')
  await old.page.mouse.wheel(0, 500)
  await old.screenshot('change-order-asked-320-dark-lower')
  await old.close()

  const working = await its.city.phone(ZHOU, `technician/job/job?id=${repair.orderId}`, { width: 375, height: 667 })
  await working.see(/业主还没答复，先照原来的做/)
  await hers.tapText(/^同意并补付 ¥/)
  await allowMessages(hers)
  await hers.see(/^支付$/)
  await hers.tapText('支付')
  await hers.see('付好了')
  await hers.screenshot('change-order-paid')
  await lookAgain(working)
  await working.notSee(/业主还没答复/)
  await working.see('换龙头阀芯')
  await working.close()
  await hers.close()
})

test('R19 R20 what is off the book waits for its price; declined, the visit goes on with what was agreed', async () => {
  const his = await its.city.phone(ZHOU, job(), { width: 375, height: 667 })
  await his.tapText('加减项目')
  await his.see('原来说好的')
  await his.tapText('写一项')
  await his.type('第 1 项的名称', '老式铜接头')
  await his.type('发现了什么', '接头是老式的，要另配')
  await his.chooseFiles([picture('new-tap')], () => his.tapText('拍现场', { which: 'last' }))
  await uploaded(his)
  await his.see('1 项要批价')
  await his.screenshot('change-order-off-book')
  await his.tapText('交预算员批价')
  await his.onPage('technician/job/job')
  await his.see(/预算员在批价/)
  const { change } = await its.zhou.do('getJob', { orderId: repair.orderId })
  await its.city.staff('approveChange', { order: repair.number, prices: [{ line: change!.added[0]!.id, materialUnitFen: 1_500, labourUnitFen: 2_000, warrantyMonths: 6 }] }, 'bai-ning')
  const hers = await its.city.phone(LIN, `homeowner/quote/quote?id=${repair.orderId}`, { width: 375, height: 667 })
  await hers.see('老式铜接头')
  await hers.tapText('不同意，或有疑问')
  await hers.tapText('不同意，照原来的做')
  await hers.tapText('先不做这些')
  await hers.tapText('不加')
  await hers.notSee('老式铜接头')
  await lookAgain(his)
  await his.notSee(/预算员在批价/)
  await his.see('加减项目')
})
