import { itemRows } from '../../../miniprogram/homeowner/file-repair/item-picker/item-rows'
import { newDraft, resumedDraft, toInput, type RepairDraft } from '../../../miniprogram/homeowner/file-repair/repair-draft'
import { findProblems, firstProblem } from '../../../miniprogram/homeowner/file-repair/repair-problems'
import { firstWords, SAFETY_WORDS } from '../../../miniprogram/homeowner/file-repair/safety-words'
import { newNumbers } from '../../../miniprogram/homeowner/order/contact-sheet/numbers'
import type { CategoryView, HomeView } from '../../../typings/contract'
import answers from '../../support/mock-answers/homeowner.json'

const NOW = Date.parse('2026-11-22T05:00:00.000Z')
const CATEGORIES = (answers['homeowner.openHome'] as unknown as HomeView).categories
const plumbing = CATEGORIES[0] as CategoryView
const urgent = (change: Partial<RepairDraft> = {}): RepairDraft => ({
  ...newDraft('r1', plumbing.code, true),
  problem: '水管爆了',
  contact: { name: '林', honorific: '女士', phone: '13800006621' },
  place: { address: '梧桐路 6 号', room: '1102', district: '江湾区', point: { longitude: 120.1, latitude: 30.2 } },
  ...change,
})

describe('R50 an emergency asks for no item', () => {
  test('the trade is enough', () => {
    expect(findProblems(urgent(), CATEGORIES, NOW)).toEqual({})
    expect(toInput(urgent(), CATEGORIES)).toMatchObject({ category: plumbing.code, items: [], emergency: true })
    expect(findProblems({ ...urgent(), emergency: false }, CATEGORIES, NOW)).toHaveProperty('items')
  })

  test('without a trade it says what to choose', () => {
    expect(findProblems(urgent({ category: '' }), CATEGORIES, NOW)).toEqual({ items: '选一类要修的：水、电、燃气、锁，或别的' })
  })

  test('a draft of something ordinary chooses no trade for an emergency; an emergency that was begun goes on', () => {
    const wish = { category: '', emergency: true }
    expect(resumedDraft(urgent({ emergency: false }), wish, NOW)).toMatchObject({ category: '', emergency: true, problem: '水管爆了' })
    expect(resumedDraft(urgent({ category: 'gas' }), wish, NOW).category).toBe('gas')
    expect(resumedDraft(urgent({ emergency: false }), { category: '', emergency: false }, NOW).category).toBe(plumbing.code)
  })

  test('items are folded away and can be chosen all the same; what is chosen stays in sight', () => {
    const code = plumbing.items[2]?.code ?? ''
    expect(itemRows(plumbing, {}, false, 0)).toMatchObject({ rows: [], folded: plumbing.items.length })
    expect(itemRows(plumbing, { [code]: 1 }, false, 0).rows.map((row) => row.code)).toEqual([code])
  })

  test('the one sentence above the button is that of the first bad field of the page', () => {
    expect(firstProblem({ 'contact.phone': '写一个打得通的电话', problem: '用您自己的话说说' })).toBe('用您自己的话说说')
    expect(firstProblem({})).toBe('')
  })

  test('a smell of gas comes first: valve, window, no switch, outdoors, the gas company, and only then a technician', () => {
    const words = SAFETY_WORDS[0]
    expect(words).toMatchObject({ category: 'gas' })
    for (const step of ['关总阀', '开窗', '别碰电器开关', '户外', '燃气公司电话', '师傅']) expect(words?.words).toContain(step)
    const order = ['总阀', '开窗', '电器开关', '燃气公司', '师傅'].map((step) => words?.words.indexOf(step) ?? -1)
    expect(order).toEqual([...order].sort((one, other) => one - other))
    expect(firstWords('gas')).toContain('关阀开窗')
    expect(firstWords('floors')).toContain('先保人')
  })
})

describe('R10 the numbers of an order', () => {
  const contact = { name: '林', honorific: '女士' as const, phone: '13800006621', onSite: null }
  const withAunt = { ...contact, onSite: { name: '王阿姨', phone: '13800007777' } }

  test('only what changed is sent', () => {
    expect(newNumbers(contact, { phone: '139 0000-1111', onSite: '' })).toEqual({ numbers: { phone: '13900001111' } })
    expect(newNumbers(withAunt, { phone: '13800006621', onSite: '13900001111' })).toEqual({ numbers: { onSite: { name: '王阿姨', phone: '13900001111' } } })
  })

  test.each([
    ['nothing changed', contact, { phone: '13800006621', onSite: '' }, { phone: expect.stringContaining('打给客服') as unknown, onSite: '' }],
    ['no number', contact, { phone: '123', onSite: '' }, { phone: expect.stringContaining('11 位') as unknown, onSite: '' }],
    ['theirs is none', withAunt, { phone: '13800006621', onSite: '' }, { phone: '', onSite: expect.stringContaining('11 位') as unknown }],
  ])('%s is said under the number', (_what, given, typed, problems) => expect(newNumbers(given, typed)).toEqual({ problems }))
})
