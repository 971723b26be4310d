/** The homeowner’s own side through the real SDKs: a wrong number put right (R10), an emergency without an item (R50), the night told before filing (R55). */
import { priceBook } from '../../local/seed/price-book'
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { north, Product } from '../support/product'
import { Repair } from '../support/repair'

let product: Product

beforeAll(async () => {
  product = await Product.start()
})
afterAll(() => product.stop())
beforeEach(() => product.byDay())

describe('R10 the homeowner puts the number right', () => {
  const wrongNumber = async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    await repair.technician.do('dial', { orderId: repair.orderId })
    await repair.technician.do('recordCall', { orderId: repair.orderId, outcome: 'wrong_number' })
    return repair
  }

  test('the office’s to-do closes, the technician dials the new number within five minutes of then, and a retry changes nothing twice', async () => {
    const repair = await wrongNumber()
    expect(await product.todos(repair.orderId)).toContain('wrong_number')
    expect((await repair.homeowner.inbox()).map(({ text }) => text).join()).toContain('打不通您的电话')
    await product.advance(20 * MINUTE)
    const now = await product.now()
    const input = { orderId: repair.orderId, phone: '139 0000 1111' }
    const view = await repair.homeowner.do('correctContact', input, 'correct-once-0001')
    expect(view.contact.phone).toBe('13900001111')
    expect(view.state.word).toBe('已接单')
    await repair.homeowner.do('correctContact', input, 'correct-once-0001')
    expect((await repair.told()).filter((kind) => kind === 'contact_changed')).toHaveLength(1)
    expect((await repair.view()).contact.phone).toBe('13900001111')
    expect(await product.todos(repair.orderId)).not.toContain('wrong_number')
    expect((await repair.job()).call).toMatchObject({ why: 'corrected', claimedAt: now.toISOString(), dueAt: new Date(now.getTime() + 5 * MINUTE).toISOString() })
    expect((await repair.technician.do('dial', { orderId: repair.orderId })).phone).toBe('13900001111')
  })

  test('whoever is at home is phoned first, and their number can be put right too', async () => {
    const repair = await Repair.file(product, { near: 1, contact: { name: '林晓', honorific: '女士', phone: '13800006621', onSite: { name: '王阿姨', phone: '13800007777' } } })
    const view = await repair.homeowner.do('correctContact', { orderId: repair.orderId, onSite: { name: '王阿姨', phone: '13800008888' } })
    expect(view.contact).toMatchObject({ phone: '13800006621', onSite: { name: '王阿姨', phone: '13800008888' } })
    await repair.claim()
    expect((await repair.technician.do('dial', { orderId: repair.orderId })).phone).toBe('13800008888')
  })

  test.each([
    ['the same number', '13800006621', '和现在的号码一样'],
    ['no number', '12345', '11 位手机号'],
  ])('%s is refused beside its field, and no clock starts', async (_what, phone, words) => {
    const repair = await wrongNumber()
    const before = await repair.order()
    expect(await repair.homeowner.refused('correctContact', { orderId: repair.orderId, phone })).toMatchObject({ code: 'INVALID_INPUT', fields: { phone: expect.stringContaining(words) as unknown } })
    expect(await repair.order()).toEqual(before)
  })

  test('R40 nobody else’s order', async () => {
    const repair = await wrongNumber()
    expect(await product.homeowner().refused('correctContact', { orderId: repair.orderId, phone: '13900001111' })).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('R50 an emergency says what kind it is, and no item', () => {
  test('a smell of gas is a trade of its own, for technicians with a certificate for it; the price follows at the door', async () => {
    const homeowner = product.homeowner()
    const certificate = { category: 'gas', name: '燃气具维修证', expiresAt: new Date('2040-01-01T00:00:00Z') }
    const plumber = await product.technician(north(homeowner.home, 1))
    const fitter = await product.technician(north(homeowner.home, 2), { skills: ['gas'], certificates: [certificate] })
    const { orderId, number } = await homeowner.file({ category: 'gas', items: [], problem: '厨房有燃气味', emergency: true })
    const order = await product.order(orderId)
    expect(order).toMatchObject({ emergency: true, category: { code: 'gas', certificate: true }, items: [], quotes: [], offeredTo: [fitter.id] })
    expect(order.offeredTo).not.toContain(plumber.id)
    const repair = Repair.of(product, homeowner, [fitter], { orderId, number })
    await repair.claim()
    await repair.agree(new Date((await product.now()).getTime() + HOUR))
    await repair.setOut()
    await repair.arrive()
    await repair.openDoor()
    await fitter.do('sendQuote', { orderId, items: [{ code: 'gas-hose-replace', quantity: 1 }] })
    expect((await repair.confirm()).quote).toMatchObject({ state: 'confirmed', totalFen: 11_800 })
  })

  test('an ordinary filing still says what is to be repaired', async () => {
    expect(await product.homeowner().refused('fileRepair', await product.homeowner().filing({ items: [] }))).toMatchObject({ code: 'INVALID_INPUT', fields: { items: '请至少选一个项目' } })
  })

  test('each trade that the emergency page names is in the demonstration city’s book', () => {
    expect(priceBook().categories.map(({ code }) => code)).toEqual(expect.arrayContaining(['gas', 'plumbing', 'electrical', 'locks']))
  })
})

test('R55 the night that is told before filing is that of the settings, and so are the figures', async () => {
  const homeowner = product.homeowner()
  expect((await homeowner.do('openHome', {})).night).toEqual({ from: '22:00', to: '07:00' })
  await product.staffDo('changeSettings', { settings: { night: { from: '21:30', to: '06:15' }, dispatch: { offersPerWave: 3 } } })
  // Read anew once what was cached is old.
  await product.advance(2 * MINUTE)
  expect(await homeowner.do('openHome', {})).toMatchObject({ night: { from: '21:30', to: '06:15' }, figures: { offersPerWave: 3 } })
})
