import { layOut, wrap } from '../../../miniprogram/components/warranty-card/card-picture'
import { cardWords } from '../../../miniprogram/components/warranty-card/card-words'
import type { Context } from '../../../miniprogram/components/warranty-card/draw-card'
import { drawCard } from '../../../miniprogram/components/warranty-card/draw-card'
import { qrModules, qrPicture } from '../../../miniprogram/lib/qr-code'
import { cardHead, spokenMonths } from '../../../miniprogram/homeowner/warranty-card/card-head'
import { CARD } from '../../support/mock-answers/job-answers'
import { ORDER_TO_SIGN, ORDER_WARRANTY } from '../../support/mock-answers/order-answers'
import { installWx } from '../support/fake-wx'
import { mount } from '../support/render'

beforeEach(() => installWx())

/** A measure as a canvas has: every sign as wide as the font is high, narrow ones half. */
const measure = (text: string, font: string): number => {
  const size = Number(/(\d+)px/.exec(font)?.[1])
  return [...text].reduce((width, sign) => width + (sign.charCodeAt(0) < 256 ? size / 2 : size), 0)
}

describe('R30 the card says what was done, what was paid and until when it holds', () => {
  test('one term for all lines is said once', () => {
    const words = cardWords(CARD)
    expect(words).toMatchObject({ until: '2028.11.22', months: '24 个月', since: '2026.11.22 验收起算', homeowner: '林** 已签', over: '' })
    expect(words.rows.map(({ label, text, amount }) => [label, text, amount])).toEqual([
      ['换龙头', '泉源 K2 冷热龙头 1 个', '¥228.00'],
      ['换角阀', '泉源 J5 角阀 2 个', '¥86.00'],
      ['实收', '¥314.00 微信支付', ''],
      ['住处', '江湾区梧桐里 ****', ''],
    ])
  })
  test('terms that differ stand beside their lines', () => {
    const [first, second] = CARD.lines
    const words = cardWords({ ...CARD, lines: [first!, { ...second!, months: 6 }] })
    expect(words.months).toBe('最长 24 个月')
    expect(words.rows[1]?.text).toBe('泉源 J5 角阀 2 个，保 6 个月')
  })
  test('unsigned and over are said', () => {
    const words = cardWords({
      ...CARD,
      valid: false,
      technician: { ...CARD.technician, signedAt: null },
      homeowner: { ...CARD.homeowner, signedAt: null },
    })
    expect([words.homeowner, words.technician, words.over]).toEqual(['林** 待签', '周国平 待签', '保修期已过'])
  })
  test('it never holds the homeowner’s full name, phone, door or handwriting', () => {
    const drawn = JSON.stringify(
      cardWords({ ...CARD, homeowner: { ...CARD.homeowner, signature: { fileId: 'cloud://secret', url: 'https://secret' } } }),
    )
    for (const secret of ['林秋雨', '13800006621', '1102', 'secret']) expect(drawn).not.toContain(secret)
  })
})

describe('the picture of it', () => {
  test('nothing runs over the edge or into another line, however long the words', () => {
    const [first] = CARD.lines
    const long = {
      ...first!,
      item: '更换厨房冷热两用龙头',
      material: '泉源 K2 冷热龙头，精铜阀体陶瓷阀芯，泉源卫浴厂，含不锈钢软管两根与安装辅料',
    }
    const picture = layOut(cardWords({ ...CARD, lines: [long, long, long] }), qrModules(CARD.code), measure)
    const texts = picture.pieces.filter((piece) => piece.kind === 'text')
    for (const { x, text, font, align } of texts) {
      const width = measure(text, font)
      expect(align === 'right' ? x - width : x).toBeGreaterThanOrEqual(17)
      expect(align === 'right' ? x : x + width).toBeLessThanOrEqual(picture.width - 17)
    }
    const rows = texts.filter(({ x, align }) => x === 94 && align === 'left').map(({ y }) => y)
    expect(rows).toEqual([...new Set(rows)].sort((left, right) => left - right))
    expect(picture.height).toBeGreaterThan(layOut(cardWords(CARD), qrModules(CARD.code), measure).height)
  })

  test('lines break between signs, words of letters stay whole, and no line begins with a comma', () => {
    const width = (text: string) => measure(text, '10px')
    expect(wrap('泉源 K2 冷热龙头，精铜', 80, width)).toEqual(['泉源 K2 冷热龙头，', '精铜'])
    expect(wrap('ABCDEFGHIJKLMNOP', 40, width)).toEqual(['ABCDEFGH', 'IJKLMNOP'])
    expect(wrap('', 40, width)).toEqual([])
  })

  test('R30 it is sealed once both have signed, not before', () => {
    const sealed = (card: typeof CARD) => layOut(cardWords(card), qrModules(card.code), measure).pieces.some(({ kind }) => kind === 'seal')
    expect(sealed(CARD)).toBe(true)
    expect(sealed({ ...CARD, homeowner: { ...CARD.homeowner, signedAt: null } })).toBe(false)
    expect(sealed({ ...CARD, technician: { ...CARD.technician, signedAt: null } })).toBe(false)
  })

  test('it is drawn whole: every text, the seal read from the right, the code in its modules', () => {
    const drawn: string[] = []
    let boxes = 0
    const context = new Proxy({} as Context, {
      get: (_target, name) => {
        if (name === 'fillText') return (text: string) => drawn.push(text)
        if (name === 'fillRect') return () => (boxes += 1)
        return () => ({ width: 0 })
      },
      set: () => true,
    })
    const modules = qrModules(CARD.code)
    drawCard(context, layOut(cardWords(CARD), modules, measure), null, '周国平')
    expect(drawn).toEqual(
      expect.arrayContaining([
        '服务专用保修卡',
        '2028.11.22',
        '¥228.00',
        '师',
        '服',
        '到',
        '印',
        '周国平 已签',
        '热线 4000-555-776',
        `验证码 ${CARD.code}`,
      ]),
    )
    expect(boxes).toBeGreaterThan(modules.flat().filter(Boolean).length)
  })

  test('R14 the code to scan is square, has its three finders, and is a picture for <image>', () => {
    const modules = qrModules('K7M2-9QXP')
    expect(modules.every((row) => row.length === modules.length)).toBe(true)
    const finder = (down: number, across: number) =>
      [0, 6].every(
        (edge) =>
          modules.slice(down, down + 7).every((row) => row[across + edge]) &&
          modules[down + edge]?.slice(across, across + 7).every(Boolean),
      )
    const far = modules.length - 7
    expect([finder(0, 0), finder(0, far), finder(far, 0)]).toEqual([true, true, true])
    expect(qrPicture('K7M2-9QXP')).toMatch(/^data:image\/gif;base64,[\w+/]+=*$/)
  })
})

test('the component shows the card, the technician’s hand and the code', () => {
  const card = mount('components/warranty-card/warranty-card', { card: CARD })
  expect(card.text()).toContain('保修到2028.11.22')
  expect(card.text()).toContain('林** 已签')
  expect(card.component.data).toMatchObject({
    signature: CARD.technician.signature?.url,
    qr: expect.stringContaining('data:image/gif') as string,
  })
})

describe('the head above it', () => {
  test.each([
    [1, '1 个月'],
    [6, '半年'],
    [12, '一年'],
    [18, '一年半'],
    [24, '两年'],
    [30, '两年半'],
    [25, '25 个月'],
    [120, '十年'],
    [144, '12年'],
  ])('%d months are spoken %s', (months, words) => expect(spokenMonths(months)).toBe(words))

  test('to be signed, in warranty, over, and looked up by a stranger', () => {
    expect(cardHead(CARD, ORDER_TO_SIGN, true)).toMatchObject({ turn: 'yours', word: '待签字' })
    expect(cardHead(CARD, ORDER_WARRANTY, false)).toMatchObject({ turn: 'done', sentence: '两年里同样的毛病，免费上门修' })
    expect(cardHead({ ...CARD, valid: false }, ORDER_WARRANTY, false)).toMatchObject({ turn: 'closed', word: '过保' })
    expect(cardHead(CARD, null, false)).toMatchObject({ turn: 'done', fact: '这张卡是真的' })
    const rating = {
      ...ORDER_WARRANTY,
      state: { ...ORDER_WARRANTY.state, turn: 'yours' as const, word: '待评价' },
      main: { act: 'rate' as const, label: '打个分' },
    }
    expect(cardHead(CARD, rating, false)).toMatchObject({ turn: 'done', word: '保修中' })
    const paying = { ...ORDER_WARRANTY, state: { ...ORDER_WARRANTY.state, turn: 'yours' as const, word: '待付款' } }
    expect(cardHead(CARD, paying, false)).toBe(paying.state)
  })
})
