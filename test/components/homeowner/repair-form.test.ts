import type { CategoryView } from '../../../typings/contract'
import { estimate } from '../../../miniprogram/homeowner/file-repair/estimate'
import { itemRows } from '../../../miniprogram/homeowner/file-repair/item-picker/item-rows'
import { districtOf, maskedPhone, placeOf } from '../../../miniprogram/homeowner/file-repair/map-place'
import {
  changes,
  chosenItems,
  isTouched,
  newDraft,
  plainPhone,
  toInput,
  withLastContact,
  type RepairDraft,
} from '../../../miniprogram/homeowner/file-repair/repair-draft'
import { findProblems, firstBlock, gathered, withoutField } from '../../../miniprogram/homeowner/file-repair/repair-problems'

const NOW = Date.parse('2026-11-22T05:00:00.000Z')
const item = (code: string, lowFen: number | null, highFen: number | null): CategoryView['items'][number] => ({
  code,
  name: code,
  unit: '个',
  pricing: lowFen === null ? 'on_site' : 'instant',
  priceRange: '',
  lowFen,
  highFen,
  minutes: 40,
  includes: ['拆旧'],
  excludes: [],
  warrantyMonths: 24,
})
const CATEGORIES: CategoryView[] = [
  {
    code: 'water',
    name: '水路',
    icon: 'tap',
    priceRange: '',
    items: [
      item('tap', 12_000, 28_000),
      item('valve', 3_500, 6_000),
      item('leak', null, null),
      item('hose', 3_000, 5_550),
      item('drain', 8_000, 8_000),
    ],
  },
  { code: 'power', name: '电路', icon: 'socket', priceRange: '', items: [item('socket', 4_000, 8_000)] },
]
const whole = (): RepairDraft => ({
  ...newDraft('r1', 'water', false),
  quantities: { tap: 1, valve: 2, socket: 3, gone: 1 },
  problem: '  龙头滴水 ',
  photos: [{ fileId: 'cloud://a', url: 'x' }],
  contact: { name: ' 林 ', honorific: '女士', phone: '+86 138-0000 6621' },
  place: { address: '梧桐路 6 号', room: '2 单元 1102', district: '江湾区', point: { longitude: 120.1, latitude: 30.2 } },
  wanted: { from: '2026-11-22T06:00:00.000Z', to: '2026-11-22T08:00:00.000Z' },
})

describe('R02 a filing is looked over field by field before it is sent', () => {
  test('a whole draft has no problems', () => expect(findProblems(whole(), CATEGORIES, NOW)).toEqual({}))

  test('an empty one names every field, by the paths that the server uses', () => {
    expect(Object.keys(findProblems(newDraft('r', 'water', false), CATEGORIES, NOW)).sort()).toEqual(
      ['contact.honorific', 'contact.name', 'contact.phone', 'items', 'place.address', 'problem', 'wanted.from'].sort(),
    )
  })

  test.each<[string, Partial<RepairDraft>, string]>([
    ['only items of another trade', { quantities: { socket: 1 } }, 'items'],
    ['one character', { problem: ' 漏 ' }, 'problem'],
    ['501 characters', { problem: '漏'.repeat(501) }, 'problem'],
    ['201 characters of requests', { requests: '请'.repeat(201) }, 'requests'],
    ['a phone too short', { contact: { name: '林', honorific: '女士', phone: '1380000' } }, 'contact.phone'],
    ['a phone that begins with 12', { contact: { name: '林', honorific: '女士', phone: '12800006621' } }, 'contact.phone'],
    ['no room number', { place: { ...whole().place, room: ' ' } }, 'place.room'],
    ['no district', { place: { ...whole().place, district: '' } }, 'place.district'],
    ['a time that has passed', { wanted: { from: '2026-11-22T04:59:59.999Z', to: '2026-11-22T08:00:00.000Z' } }, 'wanted.from'],
    ['someone else on site without a phone', { onSite: { wanted: true, name: '刘', phone: '' } }, 'contact.onSite.phone'],
  ])('%s', (_, part, path) => expect(Object.keys(findProblems({ ...whole(), ...part }, CATEGORIES, NOW))).toEqual([path]))

  test('R50 an emergency asks for no time', () => {
    expect(findProblems({ ...whole(), emergency: true, wanted: null }, CATEGORIES, NOW)).toEqual({})
  })

  test.each(['13800006621', '138 0000 6621', '+86 138-0000-6621', '021-65550123', '（0571）88880000'])('%s is a phone', (phone) => {
    const contact = { name: '林', honorific: '女士' as const, phone }
    expect(findProblems({ ...whole(), contact }, CATEGORIES, NOW)).toEqual({})
  })

  test('the first block on the page is the one scrolled to, whatever order the problems came in', () => {
    expect(firstBlock({ 'wanted.from': '', 'contact.phone': '', problem: '' })).toBe('problem')
    expect(firstBlock({ 'wanted.to': '', 'place.room': '' })).toBe('place')
    expect(firstBlock({ somethingElse: '' })).toBe('')
  })

  test('the server’s sentences about entries of a list stand where the list stands', () => {
    expect(gathered({ 'items.1.code': 'a', 'items.3.code': 'b', category: 'c', 'photos.0': 'd', 'contact.phone': 'e' })).toEqual({
      items: 'a',
      photos: 'd',
      'contact.phone': 'e',
    })
  })

  test('touching a field takes its own sentences away and leaves the others', () => {
    const problems = { 'contact.phone': 'a', 'contact.onSite.phone': 'b', place: 'c', problem: 'd' }
    expect(withoutField(problems, 'contact.onSite')).toEqual({ 'contact.phone': 'a', place: 'c', problem: 'd' })
    expect(withoutField(problems, 'contact')).toEqual({ place: 'c', problem: 'd' })
    expect(withoutField(problems, 'place')).toEqual({ 'contact.phone': 'a', 'contact.onSite.phone': 'b', problem: 'd' })
  })
})

describe('R02 what is sent is what was typed', () => {
  test('the chosen trade, trimmed words, plain phone, coordinates; nothing empty', () => {
    expect(toInput(whole(), CATEGORIES)).toEqual({
      category: 'water',
      items: [
        { code: 'tap', quantity: 1 },
        { code: 'valve', quantity: 2 },
      ],
      problem: '龙头滴水',
      contact: { name: '林', honorific: '女士', phone: '13800006621' },
      place: { address: '梧桐路 6 号', room: '2 单元 1102', district: '江湾区', longitude: 120.1, latitude: 30.2 },
      wanted: whole().wanted,
      photos: ['cloud://a'],
    })
  })

  test('the video comes along when there is one; what the server says of it is shown after the photos', () => {
    expect(toInput({ ...whole(), video: { fileId: 'cloud://v', url: 'x' } }, CATEGORIES)).toMatchObject({
      photos: ['cloud://a'],
      video: 'cloud://v',
    })
    expect(firstBlock({ video: '视频要是 mp4', 'place.room': '写上几幢' })).toBe('video')
  })

  test('someone else on site, requests and the emergency come along when there are any', () => {
    const input = toInput(
      { ...whole(), requests: ' 有狗 ', onSite: { wanted: true, name: '刘', phone: '139 0000 0000' }, emergency: true },
      CATEGORIES,
    )
    expect(input).toMatchObject({ requests: '有狗', emergency: true, contact: { onSite: { name: '刘', phone: '13900000000' } } })
  })

  test('the other trade’s quantities are kept for when one comes back to it, but not sent', () => {
    expect(chosenItems({ ...whole(), category: 'power' }, CATEGORIES).map(({ item: { code }, quantity }) => [code, quantity])).toEqual([
      ['socket', 3],
    ])
  })

  test('only what changed crosses to the page', () => {
    const before = whole()
    expect(changes(before, { ...before, problem: 'x' })).toEqual({ 'draft.problem': 'x' })
    expect(changes(before, { ...before })).toEqual({})
  })

  test.each([
    ['138 0000 6621', '13800006621'],
    ['+86 138-0000-6621', '13800006621'],
    ['8613800006621', '13800006621'],
    ['86123456789', '86123456789'],
    ['0571-88880000', '057188880000'],
  ])('%s is dialled as %s', (written, plain) => expect(plainPhone(written)).toBe(plain))
})

describe('the last filing fills in the next', () => {
  const last = {
    name: '林',
    honorific: '女士' as const,
    phone: '13800006621',
    place: { address: '梧桐路', room: '1102', district: '江湾区', longitude: 120, latitude: 30 },
  }

  test('an untouched draft takes contact and place', () => {
    expect(withLastContact(newDraft('r', 'water', false), last)).toMatchObject({
      contact: { name: '林', phone: '13800006621' },
      place: { room: '1102', point: { longitude: 120, latitude: 30 } },
    })
  })

  test('what was typed stays', () => {
    const draft = { ...newDraft('r', 'water', false), contact: { name: '许', honorific: '' as const, phone: '' } }
    expect(withLastContact(draft, last)).toBe(draft)
    expect(withLastContact(newDraft('r', 'water', false), null).contact.name).toBe('')
  })

  test('contact and place alone are nothing to lose; a word, a photo or an item is', () => {
    const filled = withLastContact(newDraft('r', 'water', false), last)
    expect(isTouched(filled)).toBe(false)
    expect(isTouched({ ...filled, quantities: { tap: 0 } })).toBe(false)
    expect(isTouched({ ...filled, quantities: { tap: 1 } })).toBe(true)
    expect(isTouched({ ...filled, problem: '漏' })).toBe(true)
    expect(isTouched({ ...filled, photos: [{ fileId: 'f', url: '' }] })).toBe(true)
    expect(isTouched({ ...filled, video: { fileId: 'v', url: '' } })).toBe(true)
  })
})

describe('R44 the price is seen before anything is filed', () => {
  const chosen = (quantities: Record<string, number>) => chosenItems({ ...whole(), quantities }, CATEGORIES)
  test.each<[Record<string, number>, string, string]>([
    [{}, '上门、勘察不收费', '先选要修的'],
    [{ tap: 1, valve: 2 }, '已选 3 件，预计', '¥190–400'],
    [{ drain: 2 }, '已选 2 件，预计', '¥160'],
    [{ hose: 1 }, '已选 1 件，预计', '¥30–55.50'],
    [{ tap: 10 }, '已选 10 件，预计', '¥1,200–2,800'],
    [{ leak: 1 }, '已选 1 件', '看过再报价'],
    [{ leak: 1, valve: 1 }, '已选 2 件，有的要看过', '¥35–60 起'],
  ])('%j reads %s %s', (quantities, label, range) => expect(estimate(chosen(quantities))).toEqual({ label, range }))

  test('four items show, the rest is folded, and what is chosen is never folded away', () => {
    const water = CATEGORIES[0]
    expect(itemRows(water, {}, false)).toMatchObject({
      folded: 1,
      rows: [{ code: 'tap' }, { code: 'valve' }, { code: 'leak' }, { code: 'hose' }],
    })
    expect(itemRows(water, { drain: 1 }, false)).toMatchObject({ folded: 0 })
    expect(itemRows(water, {}, true).rows).toHaveLength(5)
    expect(itemRows(undefined, {}, true)).toEqual({ rows: [], folded: 0 })
  })
})

describe('a point on the map becomes a place', () => {
  const before = newDraft('r', 'water', false).place
  test.each([
    ['临江市江湾区梧桐路 6 号', '江湾区'],
    ['某省临江市江湾区梧桐路', '江湾区'],
    ['江湾区城市路 1 号', '江湾区'],
    ['青石县河东镇', '青石县'],
    ['梧桐小区 3 幢', ''],
    ['梧桐路 6 号', ''],
  ])('%s is in %s', (address, district) => expect(districtOf(address)).toBe(district))

  test('street and name, without city and district', () => {
    expect(placeOf({ name: '梧桐里', address: '临江市江湾区梧桐路 6 号', longitude: 120.1, latitude: 30.2 }, before)).toEqual({
      address: '梧桐路 6 号 梧桐里',
      district: '江湾区',
      room: '',
      point: { longitude: 120.1, latitude: 30.2 },
    })
  })

  test('a name that is in the address already is not said twice; a place without an address is its name', () => {
    expect(placeOf({ name: '梧桐路 6 号', address: '江湾区梧桐路 6 号', longitude: 1, latitude: 1 }, before).address).toBe('梧桐路 6 号')
    expect(placeOf({ name: '梧桐里', address: '', longitude: 1, latitude: 1 }, before)).toMatchObject({ address: '梧桐里', district: '' })
  })

  test('another house needs another room number, the same one keeps it', () => {
    const first = { ...placeOf({ name: '梧桐里', address: '江湾区梧桐路', longitude: 1, latitude: 1 }, before), room: '1102' }
    expect(placeOf({ name: '梧桐里', address: '江湾区梧桐路', longitude: 1.01, latitude: 1 }, first).room).toBe('1102')
    expect(placeOf({ name: '青禾园', address: '江湾区青石巷', longitude: 2, latitude: 1 }, first).room).toBe('')
  })

  test('R39 one’s own number is masked on the page', () => {
    expect(maskedPhone('13800006621')).toBe('138 **** 6621')
    expect(maskedPhone('110')).toBe('110')
  })
})
