/** R12 R19 what becomes of the money, said before somebody else is asked to come. */
import type { OrderView } from '../../../typings/contract'
import { moneyIfAnother } from '../../../miniprogram/homeowner/order/another-words'

type Stage = OrderView['stages'][number]
const fen = (value: number) => value as Stage['amountFen']
const stage = (state: Stage['state'], amount: number, refunded = 0): Stage => ({ id: state, name: '全款', amountFen: fen(amount), state, paidAt: null, refundedFen: fen(refunded) })
const money = (stages: Stage[], quote: Partial<OrderView['quote']> | null = null, kind = 'repair') =>
  moneyIfAnother({ stages, quote: quote as OrderView['quote'], visits: [{ kind }] as OrderView['visits'] })

test('R12 R19 what is paid stays with the order, and the quote stays as it is', () => {
  expect(money([stage('paid', 31_400)], { state: 'confirmed' })).toBe('您付的 ¥314.00 还在这张单上，不用再付，新来的师傅照同一份报价做。')
  expect(money([stage('paid', 31_400, 5_000), stage('refunded', 900, 900)], { state: 'confirmed' })).toContain('您付的 ¥264.00 还在')
})
test('R12 R19 what is due stays due', () => {
  expect(money([stage('due', 31_400)], { state: 'confirmed' })).toBe('报价不变，还没付的 ¥314.00 照旧，付了新来的师傅才动手。')
  expect(money([stage('paid', 10_000), stage('due', 4_000)], { state: 'confirmed' })).toMatch(/您付的 ¥100\.00 还在.*还没付的 ¥40\.00 照旧/)
  expect(money([], { state: 'sent', totalFen: fen(31_400) })).toBe('报价 ¥314.00 不变，等您确认付款，付了新来的师傅才动手。')
})
test('R12 R16 where nothing was paid and nothing is due, that is said', () => {
  expect(money([])).toBe('这张单没收过您的钱。报价您点头才算数。')
  expect(money([], { state: 'expired', totalFen: fen(31_400) })).toContain('没收过您的钱')
  expect(money([stage('paid', 31_400)], { state: 'confirmed' }, 'return')).toBe('这趟不收钱，换谁来都一样。')
})
