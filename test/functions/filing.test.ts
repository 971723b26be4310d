/** Filing (R02, R04, R16, R17a, R44), through the functions. */
import { createHash } from 'node:crypto'
import { DAY, HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import type { HomeownerPhone } from '../support/product'
import { Repair } from '../support/repair'
import type { FileRepairInput } from '../../typings/contract'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

const fileRaw = async (homeowner: HomeownerPhone, change: Record<string, unknown>) => homeowner.send({ action: 'fileRepair', input: { ...(await homeowner.filing()), ...change }, requestId: 'filing-raw-0001' })
const ordersOf = (homeowner: HomeownerPhone) => product.find('orders', { homeownerId: homeowner.openid })

test('R44 before filing everyone sees each item’s range and what it includes; R16 nothing is charged for coming', async () => {
  const { version, categories } = await product.homeowner().do('priceBook', {})
  expect(version).toBe(1)
  const tap = categories.find((category) => category.code === 'plumbing')!.items.find((item) => item.code === 'tap-replace')!
  expect(tap).toMatchObject({ pricing: 'instant', unit: '个', lowFen: expect.any(Number) as unknown, priceRange: expect.stringContaining('¥') as unknown })
  expect(JSON.stringify(categories)).not.toMatch(/上门费|勘察费/)
})

test('R02 what was filed is what is kept; the person stands apart from the order', async () => {
  const homeowner = product.homeowner()
  const draft = 'draft-whole-0001'
  const [photo, video] = [await homeowner.upload('filing', draft), await homeowner.upload('filing', draft, 'mp4')]
  const problem = '<script>alert(1)</script> 龙头漏水😭\n第二行 & "引号"'
  const { orderId } = await homeowner.file(
    { problem, requests: '别按门铃，孩子在睡', photos: [photo], video, contact: { name: '林晓', honorific: '女士', phone: '+86 138-0000-6621', onSite: { name: '林父', phone: '0571 8888 6666' } } },
    draft,
  )
  const order = await product.order(orderId)
  const kept = (extension: string) => new RegExp(`/kept/[\\w-]{32}/1-[\\w-]+\\.${extension}$`)
  expect(order).toMatchObject({ problem, requests: '别按门铃，孩子在睡', photos: [expect.stringMatching(kept('jpg')) as unknown], video: expect.stringMatching(kept('mp4')) as unknown, source: 'mini_program', district: '江湾区', maskedPlace: '江湾区梧桐里' })
  expect(JSON.stringify(order)).not.toMatch(/林晓|林父|13800006621|057188886666|2 单元/)
  expect(await product.find('customers', { _id: orderId })).toMatchObject([{ name: '林晓', phone: '13800006621', onSite: { name: '林父', phone: '057188886666' }, room: '2 单元 1102' }])
  const view = await homeowner.do('getOrder', { orderId })
  expect(view).toMatchObject({ problem, contact: { name: '林晓', phone: '13800006621' }, place: { address: '梧桐里 6 幢 2 单元 1102' } })
  expect((await homeowner.do('openHome', {})).lastContact).toMatchObject({ name: '林晓', phone: '13800006621', place: { room: '2 单元 1102' } })
})

test('R17a items chosen at filing are priced at once, line by line; other kinds wait', async () => {
  const instant = await Repair.file(product, { near: 0 })
  expect((await instant.view()).quote).toMatchObject({ totalFen: 31_400, lines: [{ name: '换水龙头', quantity: 1, materialFen: 16_800, labourFen: 6_000, amountFen: 22_800, warrantyMonths: 24 }, { name: '换角阀', quantity: 2, amountFen: 8_600 }] })
  const mixed = await Repair.file(product, { near: 0, items: [{ code: 'tap-replace', quantity: 1 }, { code: 'leak-find', quantity: 1 }] })
  expect((await mixed.view()).quote).toBeNull()
})

test('R04 the same filing twice makes one order: one after the other, many at once, answer lost', async () => {
  const homeowner = product.homeowner()
  const input = await homeowner.filing()
  const file = () => homeowner.do('fileRepair', input, 'filing-twice-1')
  const first = await file()
  expect(await file()).toEqual(first)
  const many = product.homeowner()
  const wanted = await many.filing()
  const answers = await Promise.all(Array.from({ length: 8 }, () => many.call('fileRepair', wanted, 'filing-many-01')))
  expect(new Set(answers.map((answer) => JSON.stringify(answer.ok && answer.data))).size).toBe(1)
  expect(await ordersOf(homeowner)).toHaveLength(1)
  expect(await ordersOf(many)).toHaveLength(1)
  expect(await product.find('customers', { _id: (await ordersOf(many))[0]!._id })).toHaveLength(1)
})

test('R04 sent again after the time wanted has passed, since the answer was lost: the order is there', async () => {
  const homeowner = product.homeowner()
  const now = (await product.now()).getTime()
  const soon = { wanted: { from: new Date(now + 2 * MINUTE).toISOString(), to: new Date(now + HOUR).toISOString() } }
  const first = await homeowner.file(soon, 'filing-late-001')
  await product.advance(20 * MINUTE)
  const again = await homeowner.call('fileRepair', await homeowner.filing(soon), 'filing-late-001')
  expect(again).toMatchObject({ ok: true, data: first })
  expect(await homeowner.refused('fileRepair', await homeowner.filing(soon), 'filing-late-002')).toMatchObject({ code: 'INVALID_INPUT' })
})

test('R04 the same requestId of somebody else is somebody else’s order', async () => {
  const [one, two] = [product.homeowner(), product.homeowner()]
  const a = await one.file({}, 'filing-shared-1')
  const b = await two.file({}, 'filing-shared-1')
  expect(a.orderId).not.toBe(b.orderId)
  expect(a.number).not.toBe(b.number)
})

test('R04 a crash between the person’s document and the order leaves nothing wrong: the retry makes the order whole', async () => {
  const homeowner = product.homeowner()
  const requestId = 'filing-crash-01'
  const _id = `o${createHash('sha256').update(JSON.stringify([homeowner.openid, requestId])).digest('hex').slice(0, 30)}`
  await product.put('customers', { _id, name: '林晓', honorific: '女士', phone: '13800006621', onSite: null, address: '梧桐里 6 幢', room: '2 单元 1102', district: '江湾区', ...homeowner.home })
  const { orderId } = await homeowner.file({}, requestId)
  expect(orderId).toBe(_id)
  expect(await homeowner.do('getOrder', { orderId })).toMatchObject({ contact: { name: '林晓' } })
})

test('a number that is taken is derived anew', async () => {
  const homeowner = product.homeowner()
  const first = await homeowner.file({}, 'filing-number-1')
  const requestId = 'filing-number-2'
  const _id = `o${createHash('sha256').update(JSON.stringify([homeowner.openid, requestId])).digest('hex').slice(0, 30)}`
  const wanted = createHash('sha256').update(`${_id}#0`).digest().readUInt32BE() % 10_000
  const number = `${first.number.slice(0, 7)}${String(wanted).padStart(4, '0')}`
  if (number !== first.number) await product.db.collection('orders').doc(first.orderId).update({ number })
  const second = await homeowner.file({}, requestId)
  expect(second.number).toMatch(/^SF\d{4}-\d{4}$/)
  expect(second.number).not.toBe(number)
})

const later = async (ms: number) => new Date((await product.now()).getTime() + ms).toISOString()
const long = (count: number) => '漏'.repeat(count)

test.each<[string, (home: FileRepairInput) => Promise<object> | object, string]>([
  ['no category', () => ({ category: '' }), 'category'],
  ['an unknown category', () => ({ category: 'gardening' }), 'category'],
  ['no item', () => ({ items: [] }), 'items'],
  ['an unknown item', () => ({ items: [{ code: 'no-such-thing', quantity: 1 }] }), 'items.0.code'],
  ['an item of another category', () => ({ items: [{ code: 'washer-install', quantity: 1 }] }), 'items.0.code'],
  ['an item twice', () => ({ items: [{ code: 'tap-replace', quantity: 1 }, { code: 'tap-replace', quantity: 2 }] }), 'items.1.code'],
  ['no quantity', () => ({ items: [{ code: 'tap-replace', quantity: 0 }] }), 'items.0.quantity'],
  ['half a tap', () => ({ items: [{ code: 'tap-replace', quantity: 1.5 }] }), 'items.0.quantity'],
  ['a hundred taps', () => ({ items: [{ code: 'tap-replace', quantity: 100 }] }), 'items.0.quantity'],
  ['a problem of one character', () => ({ problem: ' 漏 ' }), 'problem'],
  ['a problem of 501 characters', () => ({ problem: long(501) }), 'problem'],
  ['a bell in the problem', () => ({ problem: '漏水\u0007了' }), 'problem'],
  ['requests of 201 characters', () => ({ requests: long(201) }), 'requests'],
  ['ten photos', () => ({ photos: Array.from({ length: 10 }, (_, n) => `cloud://local.b/${n}.jpg`) }), 'photos'],
  ['no name', ({ contact }) => ({ contact: { ...contact, name: '  ' } }), 'contact.name'],
  ['an unknown form of address', ({ contact }) => ({ contact: { ...contact, honorific: '大人' } }), 'contact.honorific'],
  ['a phone with a digit too few', ({ contact }) => ({ contact: { ...contact, phone: '1380000662' } }), 'contact.phone'],
  ['a phone of letters', ({ contact }) => ({ contact: { ...contact, phone: '电话在门上' } }), 'contact.phone'],
  ['a bad phone of who is on site', ({ contact }) => ({ contact: { ...contact, onSite: { name: '林父', phone: '12' } } }), 'contact.onSite.phone'],
  ['coordinates off China', ({ place }) => ({ place: { ...place, longitude: 2.35, latitude: 48.85 } }), 'place.longitude'],
  ['coordinates the wrong way round', ({ place }) => ({ place: { ...place, longitude: 30.2, latitude: 89 } }), 'place.longitude'],
  ['coordinates off the globe', ({ place }) => ({ place: { ...place, longitude: 999 } }), 'place.longitude'],
  ['no coordinates', ({ place: { longitude: _gone, ...place } }) => ({ place }), 'place.longitude'],
  ['a time that is past', async () => ({ wanted: { from: await later(-11 * MINUTE), to: await later(HOUR) } }), 'wanted.from'],
  ['an end before the beginning', async () => ({ wanted: { from: await later(2 * HOUR), to: await later(HOUR) } }), 'wanted.to'],
  ['a time 61 days ahead', async () => ({ wanted: { from: await later(60 * DAY), to: await later(61 * DAY) } }), 'wanted.to'],
  ['a time in words', () => ({ wanted: { from: '明天下午', to: '明天晚上' } }), 'wanted.from'],
  ['a field that nobody knows', () => ({ discount: 100 }), 'discount'],
])('R02 %s is named, with what would be right, and nothing is filed', async (_what, change, field) => {
  const homeowner = product.homeowner()
  const answer = await fileRaw(homeowner, (await change(await homeowner.filing())) as Record<string, unknown>)
  expect(answer).toMatchObject({ ok: false, error: { code: expect.stringMatching(/INVALID_INPUT|FILE_REFUSED/) as unknown } })
  if (answer.ok) throw new Error('filed')
  expect(Object.keys(answer.error.fields ?? {})).toContain(field)
  for (const sentence of [answer.error.message, ...Object.values(answer.error.fields ?? {})]) expect(sentence).toMatch(/[\u4e00-\u9fff]/)
  expect(await ordersOf(homeowner)).toEqual([])
  expect(await product.find('customers', { name: '林晓', longitude: homeowner.home.longitude, latitude: homeowner.home.latitude })).toEqual([])
})

test('R02 every bad field is named at once', async () => {
  const homeowner = product.homeowner()
  const { contact, place } = await homeowner.filing()
  const answer = await fileRaw(homeowner, { problem: '', contact: { ...contact, phone: '1' }, place: { ...place, room: '' }, items: 'tap' })
  expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { problem: expect.any(String) as unknown, 'contact.phone': expect.any(String) as unknown, 'place.room': expect.any(String) as unknown, items: expect.any(String) as unknown } } })
})

test.each<[string, Partial<FileRepairInput> | 'just before now']>([
  ['500 characters', { problem: long(500) }],
  ['500 emoji', { problem: '😭'.repeat(500) }],
  ['ten minutes ago, since the form lay open', 'just before now'],
  ['99 of something', { items: [{ code: 'angle-valve-replace', quantity: 99 }] }],
  ['a landline with its area code', { contact: { name: '林晓', honorific: '女士', phone: '(0571) 8888-6666' } }],
])('R02 %s is fine', async (_what, change) => {
  const homeowner = product.homeowner()
  const wanted = { from: await later(-9 * MINUTE), to: await later(HOUR) }
  const { orderId } = await homeowner.file(change === 'just before now' ? { wanted } : change)
  expect(await homeowner.do('getOrder', { orderId })).toMatchObject({ id: orderId })
})

test('R39 a photo of another draft, of another person or of nobody is not taken', async () => {
  const [homeowner, stranger] = [product.homeowner(), product.homeowner()]
  const theirs = await stranger.upload('filing', 'filing-photo-01')
  const otherDraft = await homeowner.upload('filing', 'filing-photo-02')
  const video = await homeowner.upload('filing', 'filing-photo-01', 'mp4')
  for (const photos of [[theirs], [otherDraft], [video], ['cloud://local.bucket/filing/x/1-y.jpg']]) {
    expect(await homeowner.refused('fileRepair', await homeowner.filing({ photos }), 'filing-photo-01')).toMatchObject({ code: 'FILE_REFUSED', fields: { photos: expect.any(String) as unknown } })
  }
  expect(await homeowner.refused('grantUploads', { purpose: 'step', subject: 'x', files: [{ extension: 'jpg', bytes: 1 }] })).toMatchObject({ code: 'INVALID_INPUT' })
  expect(await homeowner.refused('grantUploads', { purpose: 'filing', subject: 'x', files: [{ extension: 'jpg', bytes: 11 * 1024 * 1024 }] })).toMatchObject({ code: 'INVALID_INPUT' })
})

test('the lists: filters, counts, pages with none skipped; the home page shows what is most urgent', async () => {
  const homeowner = product.homeowner()
  const technician = await product.technician(north(homeowner.home, 1))
  const ids: string[] = []
  for (let n = 0; n < 5; n += 1) ids.push((await homeowner.file({}, `filing-list-00${n}`)).orderId)
  await homeowner.do('cancelOrder', { orderId: ids[0]!, reason: '不修了' })
  await homeowner.do('confirmQuote', { orderId: ids[1]!, quoteVersion: 1 })
  const list = await homeowner.do('listOrders', {})
  expect(list.orders.map((order) => order.id).sort()).toEqual([...ids].sort())
  expect(list.counts).toEqual({ toConfirm: 3, toPay: 1, toRate: 0 })
  expect((await homeowner.do('listOrders', { filter: 'to_pay' })).orders.map((order) => order.id)).toEqual([ids[1]])
  expect((await homeowner.do('listOrders', { filter: 'in_progress' })).orders.map((order) => order.id).sort()).toEqual(ids.slice(1).sort())
  expect(await homeowner.do('openHome', {})).toMatchObject({ isTechnician: false, current: { id: expect.any(String) as unknown }, hotline: '4000-555-776' })
  expect((await technician.do('openJobs', {})).offers).toHaveLength(4)
  // 45 more of one moment: two pages and a bit.
  const template = await product.order(ids[2]!)
  await Promise.all(Array.from({ length: 45 }, (_, n) => product.put('orders', { ...template, _id: `list-${homeowner.openid}-${n}`, number: `SF9999-${homeowner.openid.slice(-8)}-${n}`, nextWorkAt: null, createdAt: new Date(template.createdAt.getTime() - Math.floor(n / 4)) })))
  const seen: string[] = []
  for (let before: string | null | undefined; before !== null;) {
    const page = await homeowner.do('listOrders', before ? { before } : {})
    seen.push(...page.orders.map((order) => order.id))
    before = page.nextBefore
  }
  expect(seen).toHaveLength(50)
  expect(new Set(seen).size).toBe(50)
})
