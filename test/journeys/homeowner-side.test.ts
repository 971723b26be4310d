/** The homeowner’s side of dispatch on a phone: a smell of gas at night (R50, R55), a wrong number put right (R10), money that is missing (R18), the time that stands (R12). */
import { DAY, dayStart, HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import type { PhoneInHand } from '../support/browser'
import { LIN, SU } from '../support/journey'
import { HomeownerPhone } from '../support/product'
import { Repair } from '../support/repair'
import { SMALL, withZhou } from '../support/with-zhou'
import { allowMessages } from './story/taps'

jest.setTimeout(240_000)

const its = withZhou()

/** Whether something can be read on the screen as it is now, not only after scrolling. */
const onScreen = async (phone: PhoneInHand, words: string | RegExp): Promise<boolean> => {
  const box = await phone.text(words).first().boundingBox()
  const height = phone.page.viewportSize()?.height ?? 0
  return box !== null && box.y >= 0 && box.y + box.height <= height
}

const addressOf = (phone: PhoneInHand) => async (): Promise<void> => {
  await phone.tapText('您家在哪儿')
  await phone.tapText('临江市江湾区梧桐里')
  await phone.type('门牌', '6 幢 2 单元 1102')
  await phone.type('称呼', '林晓雯')
  await phone.tapText('女士')
  await phone.type('电话', '13800006621')
}

test('R10 R18 R12 a wrong number put right; no visit promised before it is paid; the time that stands is marked', async () => {
  const lin = new HomeownerPhone(its.product, LIN, its.home)
  const repair = Repair.of(its.product, lin, [its.zhou], await lin.file())
  await repair.claim()
  await its.zhou.do('dial', { orderId: repair.orderId })
  await its.zhou.do('recordCall', { orderId: repair.orderId, outcome: 'wrong_number' })

  const path = `homeowner/order/order?id=${repair.orderId}`
  const hers = await its.city.phone(LIN, path)
  await hers.see('周师傅打不通您的电话')
  await hers.screenshot('owner-wrong-number')
  await hers.tapText('改电话')
  await hers.see('师傅照这里的号码打给您')
  await hers.tapText('改好了')
  await hers.see(/和现在的号码一样/)
  await hers.type('您的电话', '139 0000 1111')
  await hers.screenshot('owner-correct-number')
  await hers.tapText('改好了')
  await hers.see('周师傅接单了')
  await hers.see('5 分钟内给您打电话')
  expect(await its.product.todos(repair.orderId)).not.toContain('wrong_number')
  expect((await its.zhou.do('dial', { orderId: repair.orderId })).phone).toBe('13900001111')

  const t = new Date((await its.city.now()).getTime() + 29 * HOUR)
  await its.zhou.do('recordCall', { orderId: repair.orderId, outcome: 'agreed', at: t.toISOString() })
  const unpaid = await its.city.phone(LIN, path, SMALL)
  await unpaid.see('付好款，明天 14:00 上门')
  await unpaid.notSee('开门口令')
  await unpaid.screenshot('owner-unpaid-320')
  await repair.pay()
  const paid = await its.city.phone(LIN, path)
  await paid.see('开门口令')
  await paid.see(/明天 14:00 上门/)
  await paid.screenshot('owner-paid')
  await paid.tapText('更多')
  await paid.tapText('改时间')
  await paid.see('只列周国平排得开的时间')
  await paid.tapText('明天')
  await paid.see('现在约的')
  // Who taps it all the same has chosen nothing.
  await paid.text('现在约的').first().click({ force: true })
  await paid.see('选一个时间')
  await paid.screenshot('owner-move-sheet')
})

test('R50 R55 at night the page says when somebody is sent; a smell of gas goes out at once and asks for no item', async () => {
  await its.city.workplace.clock.at(new Date(dayStart(await its.city.now()).getTime() + 22.5 * HOUR).toISOString())
  const su = await its.city.phone(SU, 'homeowner/file-repair/file-repair?category=plumbing')
  await su.see('现在是夜里，明早 7:00 派师傅，师傅接了单 5 分钟内来电话。')
  expect(await onScreen(su, /^现在是夜里，明早 7:00 派师傅$/)).toBe(true)
  await su.text('急事改报急修，马上派').first().scrollIntoViewIfNeeded()
  await su.screenshot('owner-night')
  await su.tapText('急事改报急修，马上派')
  await su.see('先保人，再等师傅')
  await su.notSee(/现在是夜里/)

  for (const [name, options] of [['390', {}], ['320', SMALL]] as const) {
    const phone = await its.city.phone(SU, 'homeowner/file-repair/file-repair?emergency=1', options)
    await phone.see('先保人，再等师傅')
    await phone.screenshot(`owner-emergency-${name}`)
    await phone.tapText('闻到燃气味')
    const first = '关阀开窗、别碰开关，到户外打燃气公司'
    expect(await onScreen(phone, first)).toBe(true)
    // What is missing is said without taking the safety words off the screen.
    await phone.tapText('马上报修')
    await phone.see('用您自己的话说说哪里不对劲，两个字也行')
    expect(await onScreen(phone, first)).toBe(true)
    expect(await onScreen(phone, '先保人，再等师傅')).toBe(true)
    await phone.screenshot(`owner-emergency-error-${name}`)
    await phone.notSee(/^选一项要修的/)
    if (name === '320') {
      await phone.close()
      continue
    }
    await phone.type('哪里不对劲', '厨房有燃气味')
    await addressOf(phone)()
    await phone.screenshot('owner-emergency-filled')
    await phone.tapText('马上报修')
    await allowMessages(phone)
    await phone.onPage('homeowner/order/order')
    await phone.see('正在找师傅')
    await phone.screenshot('owner-emergency-order')
    const order = await its.city.order(SU)
    expect(order).toMatchObject({ emergency: true, items: [], category: { code: 'gas' }, createdAt: await its.city.now() })
    expect(order.offeredTo.length).toBeGreaterThan(0)
  }
  await its.city.workplace.clock.at(new Date(dayStart(await its.city.now()).getTime() + DAY + 9 * HOUR + MINUTE).toISOString())
})

test('R44 nine trades stand in threes on the first page', async () => {
  const phone = await its.city.phone(LIN, 'pages/home/home')
  await phone.see('燃气')
  await phone.screenshot('owner-home')
  const small = await its.city.phone(LIN, 'homeowner/file-repair/file-repair?category=gas', SMALL)
  await small.see('闻到燃气味？')
  await small.screenshot('owner-gas-320')
})
