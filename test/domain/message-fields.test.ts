/** R41 values of subscribe messages: whatever is filled in, WeChat's stand-in takes it. */
import fc from 'fast-check'
import { fitField } from '../../cloudfunctions/domain/message-fields'
import { composeMessage, TEMPLATES } from '../../cloudfunctions/domain/messages'
import { valueProblem } from '../../local/cloud/openapi/template-values'
import type { TemplateKey } from '../../typings/contract'

const TYPES = ['thing', 'number', 'letter', 'symbol', 'character_string', 'time', 'date', 'amount', 'phone_number', 'car_number', 'name', 'phrase']
const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('', ' ', '\n\t', '林晓'.repeat(40), '👨‍👩‍👧‍👦'.repeat(12), '\ud800', '¥1,234,567,890,123.456', '2026年11月22日 14:30', '2026-1-2', '14:30', '今天 14:30', '-3', '2026年2月30日', '2026-13-99 25:61', 'e'.concat('\u0301'.repeat(60)), '🇨🇳'.repeat(30), '…………', 'A'.repeat(80), '０１２'))

test.each(TYPES)('R41 %s: any text becomes a value that WeChat takes', (type) => {
  fc.assert(
    fc.property(nasty, (text) => {
      expect([text, fitField(`${type}1`, text), valueProblem({ [`${type}1`]: { value: fitField(`${type}1`, text) } })]).toEqual([text, fitField(`${type}1`, text), undefined])
    }),
    { numRuns: 400 },
  )
})

test.each([
  ['thing1', '厨房龙头关不紧，一直滴水，柜子里也潮了还有味', '厨房龙头关不紧，一直滴水，柜子里也潮了…'],
  ['amount2', '¥1,234,567.00', '¥1234567.00'],
  ['time2', '2026年11月22日 14:30', '2026年11月22日 14:30'],
  ['date1', '2026.11.2', '2026年11月2日'],
  ['character_string1', 'SF1122-0486 林', 'SF1122-0486'],
  ['phrase1', '已接单 OK', '已接单'],
  ['number1', '约 3.5 公里', '3.5'],
  ['name1', 'Bartholomew Longfellow', 'Bartholomew Longfell'],
  ['name1', '欧阳娜娜', '欧阳娜娜'],
  // An emoji of several parts stays whole or goes.
  ['thing1', '龙头坏了👨‍👩‍👧‍👦👨‍👩‍👧‍👦', '龙头坏了👨‍👩‍👧‍👦…'],
  ['thing1', '🇨🇳'.repeat(9), `${'🇨🇳'.repeat(4)}…`],
  ['phone_number1', '400-555-776 转 12', '400-555-776  12'],
  ['date1', '2026年2月30日', '2000年1月1日'],
  ['time1', '2026年2月30日 14:30', '14:30'],
])('R41 %s of “%s” is “%s”', (key, text, value) => expect(fitField(key, text)).toBe(value))

test.each(Object.keys(TEMPLATES) as TemplateKey[])('R41 %s with whatever in its blanks is taken by WeChat', (key) => {
  const names = ['category', 'problem', 'distance', 'wanted', 'number', 'what', 'name', 'staffNumber', 'at', 'amount', 'until', 'subject', 'page', 'orderId', 'visitNo']
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), nasty), (blanks) => {
      const { data, title, page } = composeMessage(key, blanks)
      expect(valueProblem(data, Object.keys(TEMPLATES[key].fields))).toBeUndefined()
      expect([title.length > 0, typeof page]).toEqual([true, 'string'])
    }),
    { numRuns: 60 },
  )
})
