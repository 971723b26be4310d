/** What the homeowner’s order page promises and offers: no visit before what is due is paid (R18), a number to put right (R10), a button that dials whom it says (R39). */
import { homeownerView } from '../../cloudfunctions/domain/views/homeowner'
import { homeownerButtons } from '../../cloudfunctions/domain/views/homeowner-buttons'
import { homeownerState } from '../../cloudfunctions/domain/views/state'
import { timelineLines } from '../../cloudfunctions/domain/views/parts'
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { due, open } from '../support/agreed-life'
import { codeFor, Life, MONDAY_9, plus } from '../support/life'

const T = plus(MONDAY_9, 29 * HOUR)
const see = (life: Life) => homeownerView(life.order, null, { ...life.reading(), codeFor, categoryName: (code) => code, urlOf: () => '' })
const claimed = () => {
  const life = new Life()
  life.claim('t1')
  return life
}
const her = { role: 'homeowner' as const, id: 'wx-home' }
const correct = (life: Life, phone: string) => life.try({ type: 'correct_contact', by: her, corrections: { name: null, honorific: null, room: null, onSite: null, phone } })

describe('R18 R19 while money that is due before setting out is missing', () => {
  test.each([
    ['the quote is not confirmed', (life: Life) => life, '待确认'],
    ['it is confirmed and not paid', (life: Life) => life.do({ type: 'confirm_quote', version: 1 }), '待付款'],
  ])('%s: the visit stands once it is paid, and no door code is shown', (_what, until, word) => {
    const life = until(claimed().agree(T))
    const view = see(life)
    expect(view.state).toMatchObject({ turn: 'yours', word, fact: '付好款，明天 14:00 上门' })
    expect(view.doorCode).toBeNull()
    expect(view.next[0]).toBe('付好款，约好的时间就作数，口令也给您')
    expect(JSON.stringify([view.next, view.state])).not.toMatch(/分钟到楼下/)
  })

  test('declined: nothing to pay, and still no visit', () => {
    const life = claimed().agree(T).do({ type: 'decline_quote', version: 1, reason: '贵了' })
    expect(see(life)).toMatchObject({ doorCode: null, state: { turn: 'yours', fact: '报价还没定下来' } })
  })

  test('paid: the visit is promised and the code is there', () => {
    const view = see(claimed().agree(T).pay())
    expect(view.state.fact).toBe('明天 14:00 上门')
    expect(view.doorCode).toMatch(/^\d{4}$/)
    expect(view.next[0]).toContain('提前 10 分钟到楼下')
  })

  test('priced at the door: nothing is due before setting out, and nothing is held back', () => {
    const life = new Life(undefined, { quote: null, items: [{ code: 'leak', name: '找漏水点', unit: '次', quantity: 1, pricing: 'on_site', minutes: 60 }] })
    life.claim('t1')
    const view = see(life.agree(T))
    expect([view.state.fact, view.doorCode]).toEqual(['明天 14:00 上门', expect.stringMatching(/^\d{4}$/)])
  })
})

describe('R10 a number that is wrong is put right by whoever has it', () => {
  const wrong = () => {
    const life = claimed()
    life.do({ type: 'dial', technicianId: 't1' }, plus(MONDAY_9, 2 * MINUTE))
    life.record('wrong_number')
    return life
  }

  test('the homeowner is told, and the one button is the number', () => {
    const life = wrong()
    expect(homeownerState(life.order, life.reading())).toMatchObject({ turn: 'yours', word: '电话不对' })
    expect(homeownerButtons(life.order, life.now).main).toEqual({ act: 'correct_contact', label: '改电话' })
    expect(life.out('message').filter(({ blanks }) => blanks['what'] === '师傅打不通您的电话，请改号码')).toHaveLength(1)
  })

  test('corrected: the to-do closes, and the technician has five minutes from then, as when staff correct it', () => {
    const life = wrong()
    expect(open(life)).toEqual(['wrong_number'])
    life.now = plus(MONDAY_9, 20 * MINUTE)
    expect(correct(life, '13900001111')).toBeNull()
    expect(open(life)).toEqual([])
    expect(life.visit.call).toMatchObject({ why: 'corrected', since: life.now, dials: [], outcome: null })
    expect(due(life)['call.breach']).toEqual(plus(life.now, 5 * MINUTE))
    expect(life.out('correct_customer').at(-1)?.corrections).toMatchObject({ phone: '13900001111', name: null })
    expect(timelineLines(life.order, 'homeowner')[0]?.text).toBe('您改了电话')
    expect(timelineLines(life.order, 'technician')[0]?.text).toBe('业主改了电话')
    life.tick(plus(life.now, 5 * MINUTE + SECOND))
    expect(open(life)).toEqual(['late_call'])
  })

  test('before anybody has noticed, while the visit is ahead: kept for the next call, and no clock starts', () => {
    const life = claimed().agree(T)
    expect(homeownerButtons(life.order, life.now).more.map(({ act }) => act)).toContain('correct_contact')
    const before = life.visit.call
    expect(correct(life, '13900001111')).toBeNull()
    expect(life.visit.call).toEqual(before)
  })
})

test('R39 no button by the technician dials the hotline under another name', () => {
  const moments = [claimed(), claimed().agree(T), claimed().agree(T).pay()]
  for (const life of moments) {
    const { main, more } = homeownerButtons(life.order, life.now)
    const phones = [main, ...more].filter((each) => each !== null && /电话$|客服/.test(each.label) && each.act !== 'correct_contact')
    expect(phones).toEqual([{ act: 'call_hotline', label: '打给客服' }])
  }
})
