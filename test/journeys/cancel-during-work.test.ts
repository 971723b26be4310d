/** R23 stopped in the middle: the technician has recorded what is done, the homeowner sees what it costs line by line, and the rest goes back. */
import { LIN, ZHOU } from '../support/journey'
import { HomeownerPhone } from '../support/product'
import { Repair } from '../support/repair'
import { SMALL, withZhou } from '../support/with-zhou'

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

test('R23 recorded by the technician, shown to the homeowner line by line, confirmed, settled', async () => {
  const { lines } = (await repair.view()).quote!
  const his = await its.city.phone(ZHOU, `technician/job/job?id=${repair.orderId}`, { width: 375, height: 667 })
  await his.tapText('记进度')
  await his.onPage('progress/progress')
  await his.see('人工做完')
  await his.tapLabel(`${lines[0]!.name}多做一步`)
  await his.screenshot('progress')
  const small = await its.city.phone(ZHOU, `progress/progress?id=${repair.orderId}`, { ...SMALL, theme: 'dark' })
  await small.see('人工做完')
  await small.screenshot('progress-320-dark')
  await small.close()
  await his.tapText('记下')
  await his.onPage('technician/job/job')
  expect((await repair.job()).progress[0]?.stepsDone).toBe(1)
  await his.close()

  const hers = await its.city.phone(LIN, `homeowner/order/order?id=${repair.orderId}`, { width: 375, height: 667 })
  await hers.tapText('更多')
  await hers.tapText('不修了')
  await hers.see('停工结算？')
  await hers.see(/做了 1\/\d+ 步/)
  await hers.screenshot('cancel-preview')
  await hers.tapText('取消工单')
  await hers.tapText('价钱不合适')
  await hers.see('已取消')
  await hers.screenshot('cancelled-settled')
  expect((await repair.order()).cancellation?.settledFen).toBe(Math.floor(lines[0]!.labourFen / lines[0]!.quantity))
  await hers.close()
})
