/** 关怀模式 on a small phone (320 px, letters × 1.4): what an offer asks and how long it stands is seen without scrolling; the calendar does not squeeze what it says. */
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import type { PhoneInHand } from '../support/browser'
import { LIN, SU, ZHOU } from '../support/journey'
import { HomeownerPhone } from '../support/product'
import { Repair } from '../support/repair'
import { SMALL, withZhou } from '../support/with-zhou'

jest.setTimeout(240_000)

const its = withZhou()

/** Where an element lies on the screen. */
const boxOf = async (phone: PhoneInHand, selector: string): Promise<{ top: number; bottom: number; left: number; width: number }> => {
  const box = await phone.page.locator(selector).filter({ visible: true }).first().boundingBox()
  if (!box) throw new Error(`${selector} is not drawn`)
  return { top: box.y, bottom: box.y + box.height, left: box.x, width: box.width }
}

test('R06 the time that is left for an offer lies above the fold, without a network too', async () => {
  await new HomeownerPhone(its.product, LIN, its.home).file()
  const his = await its.city.phone(ZHOU, 'pages/jobs/jobs', SMALL)
  await his.see('来新单了')
  await his.screenshot('small-offer-320')
  const bar = await boxOf(his, '[class*="bar--thumb"]')
  expect((await boxOf(his, '[class*="offer__ring"], [aria-label^="抢单剩"]')).bottom).toBeLessThanOrEqual(bar.top)
  await his.setNetwork(false)
  await his.see(/没有网络/)
  await his.screenshot('small-offer-no-network-320')
  expect((await boxOf(his, '[aria-label^="抢单剩"]')).bottom).toBeLessThanOrEqual(bar.top)
  const usual = await its.city.phone(ZHOU, 'pages/jobs/jobs', { width: 375, height: 667 })
  await usual.see('来新单了')
  await usual.screenshot('small-offer-375')
  const page = await its.city.phone(ZHOU, `technician/offer/offer?id=${(await its.city.order(LIN))._id}`, SMALL)
  await page.see('抢到以后')
  await page.screenshot('small-offer-page-320')
})

test('R52 the calendar gives a title the width of its card', async () => {
  const su = new HomeownerPhone(its.product, SU, its.home)
  const repair = Repair.of(its.product, su, [its.zhou], await su.file())
  await repair.claim()
  await repair.agree(new Date((await its.city.now()).getTime() + 4 * HOUR))
  await its.zhou.do('takeLeave', { from: '2026-12-15T00:00:00.000Z', to: '2026-12-16T10:00:00.000Z', reason: '回老家办喜事，来回两天' })
  const his = await its.city.phone(ZHOU, 'technician/schedule/schedule', SMALL)
  await his.see('每周班次')
  for (const [selector, name] of [['.stop, [class*="stop"]', 'jobs'], ['[class*="leave__words"]', 'leave']] as const) {
    await his.page.locator(selector).filter({ visible: true }).first().scrollIntoViewIfNeeded()
    await his.screenshot(`small-schedule-${name}-320`)
  }
  const words = await boxOf(his, '[class*="stop__words"]')
  expect(words.width).toBeGreaterThanOrEqual(200)
  expect((await boxOf(his, '[class*="leave__words"]')).width).toBeGreaterThanOrEqual(200)
})
