import { drawAll, drawNewest, fitted, refusalOf, strokesLength } from '../../../miniprogram/components/signature-pad/strokes'
import type { Pen, Stroke } from '../../../miniprogram/components/signature-pad/strokes'
import { distance, itemsInWords, offerWords, phrasesOf } from '../../../miniprogram/components/offer-card/offer-words'
import { OFFER } from '../../support/mock-answers/offer-answers'
import { installWx } from '../support/fake-wx'
import { mount } from '../support/render'

beforeEach(() => installWx())
const NOW = Date.parse('2026-11-22T05:02:00.000Z')

describe('a signature', () => {
  const line = (from: number, to: number): Stroke =>
    Array.from({ length: 11 }, (_, step) => ({ x: from + ((to - from) * step) / 10, y: 50 }))
  test.each<[string, Stroke[], boolean]>([
    ['nothing', [], false],
    ['a dot', [[{ x: 50, y: 50 }]], false],
    ['a dot pressed hard', [Array.from({ length: 200 }, (_, step) => ({ x: 50 + (step % 2), y: 50 }))], false],
    ['a slip of the thumb', [line(50, 90)], false],
    ['three short strokes far apart', [line(10, 20), line(150, 160), line(290, 300)], false],
    ['a name', [line(20, 120), line(60, 200)], true],
  ])('%s: signed %#', (_what, strokes, signed) => expect(refusalOf(strokes) === null).toBe(signed))

  test('its length is that of the ink, not of the way between strokes', () =>
    expect(strokesLength([line(0, 100), line(200, 250)])).toBeCloseTo(150))

  test('however small one signs, it fills its picture without being blown up or squashed', () => {
    const small = fitted(
      [
        line(200, 260),
        [
          { x: 230, y: 40 },
          { x: 230, y: 70 },
        ],
      ],
      480,
      160,
    )
    const xs = small.flat().map(({ x }) => x)
    const ys = small.flat().map(({ y }) => y)
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([8, 8 + 60 * 2.5])
    expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(30 * 2.5)
    expect((Math.max(...ys) + Math.min(...ys)) / 2).toBeCloseTo(80)
    const wide = fitted([line(0, 1_000)], 480, 160).flat()
    expect(Math.max(...wide.map(({ x }) => x))).toBeCloseTo(472)
    expect(fitted([], 480, 160)).toEqual([])
  })

  test('strokes are drawn piece by piece, each from where the last one ended', () => {
    const drawn: string[] = []
    const pen = new Proxy({} as Pen, {
      get:
        (_pen, name) =>
        (...at: number[]) =>
          drawn.push(`${String(name)} ${at.join(',')}`),
      set: () => true,
    })
    const stroke: Stroke = []
    for (const x of [0, 10, 20]) {
      stroke.push({ x, y: 0 })
      drawNewest(pen, stroke)
    }
    expect(drawn.filter((call) => !call.startsWith('beginPath') && !call.startsWith('stroke'))).toEqual([
      'moveTo 0,0',
      'lineTo 0.1,0',
      'moveTo 0,0',
      'lineTo 5,0',
      'moveTo 5,0',
      'quadraticCurveTo 10,0,15,0',
    ])
    const atOnce = drawn.splice(0)
    drawAll(pen, [stroke])
    expect(drawn).toEqual(atOnce)
  })
})

describe('an offer at a glance', () => {
  test('R05 how far, when, for how much, and no name, phone or door', () => {
    expect(offerWords(OFFER, NOW)).toMatchObject({
      kind: '',
      place: '梧桐里一带',
      items: '换龙头 1 个、角阀 2 个',
      figures: [
        { value: '1.2', unit: '公里', note: '骑车约 6 分钟' },
        { value: '14:00', unit: '–16:00', note: '今天，赶得上' },
        { value: '90', unit: '元', note: '人工部分' },
      ],
      others: '别的师傅也在看。抢到后显示姓名门牌',
    })
  })
  test('R33 a return visit, a clash, half hours and a price that is yet to be made', () => {
    const words = offerWords(
      {
        ...OFFER,
        kind: 'return',
        labourFen: null,
        others: 0,
        wanted: { ...OFFER.wanted, from: '2026-11-23T01:30:00.000Z', to: '2026-11-23T03:00:00.000Z', fits: false },
      },
      NOW,
    )
    expect(words).toMatchObject({ kind: '返工', others: '抢到后显示姓名门牌' })
    expect(words.figures[1]).toEqual({ value: '9:30', unit: '–11:00', note: '明天，和您的活撞了' })
    expect(words.figures[2]).toMatchObject({ value: '上门', unit: '报价' })
  })
  test.each([
    [0, '0', '米'],
    [684, '680', '米'],
    [949, '950', '米'],
    [950, '0.9', '公里'],
    [1_260, '1.3', '公里'],
    [12_000, '12.0', '公里'],
  ])('%d m are %s %s', (metres, value, unit) => expect(distance(metres)).toEqual({ value, unit }))
  test('lines break between phrases', () => {
    expect(phrasesOf('厨房龙头关不紧，一直滴水')).toEqual(['厨房龙头关不紧，', '一直滴水'])
    expect(phrasesOf('漏水')).toEqual(['漏水'])
    expect(itemsInWords([])).toBe('')
  })
  test('the card shows it', () => {
    const card = mount('components/offer-card/offer-card', { offer: { ...OFFER, emergency: true } })
    expect(card.text()).toContain('紧急')
    expect(card.text()).toContain('厨房龙头关不紧，一直滴水')
    card.unmount()
  })
})

describe('star-field', () => {
  test('R31 stars, words for them, tags on and off; one change at a time is told, with all of it', async () => {
    const field = mount('components/star-field/star-field', { stars: 0, tags: ['准时'], comment: '好', choices: ['准时', '手艺好'] }, [
      'change',
    ])
    expect(field.text()).toContain('点一颗星')
    await field.tap('.star')
    field.set({ stars: 1 })
    expect(field.text()).toContain('1 分，很差')
    await field.tap('.sf-tick')
    expect(field.heard.change).toEqual([
      { stars: 1, tags: ['准时'], comment: '好' },
      { stars: 1, tags: [], comment: '好' },
    ])
  })
  test('read only, a tap changes nothing', async () => {
    const field = mount('components/star-field/star-field', { stars: 5, choices: ['准时'], readonly: true }, ['change'])
    await field.tap('.star')
    await field.tap('.sf-tick')
    expect(field.heard.change).toEqual([])
  })
  test('the server’s sentence stands beside the comment', () => {
    expect(mount('components/star-field/star-field', { error: '这句话没通过检查，换个说法' }).text()).toContain('换个说法')
  })
})

describe('door-code', () => {
  test('R14 four plates; a wrong code says how many tries are left', () => {
    const door = mount('technician/components/door-code/door-code', { code: '48', triesLeft: 4 })
    expect((door.component.data.plates as { digit: string }[]).map(({ digit }) => digit)).toEqual(['4', '8', '', ''])
    expect(door.text()).toContain('还能试 4 次')
    door.set({ error: '口令不对，还能试 3 次' })
    expect(door.text()).toContain('还能试 3 次')
    expect(door.text()).not.toContain('还能试 4 次')
  })
})
