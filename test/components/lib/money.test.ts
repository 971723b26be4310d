import { formatFen, formatYuan } from '../../../miniprogram/lib/money'

test.each([
  [0, '¥0.00', '0'],
  [5, '¥0.05', '0.05'],
  [31_400, '¥314.00', '314'],
  [128_000, '¥1,280.00', '1,280'],
  [3_200_001, '¥32,000.01', '32,000.01'],
  [123_456_789_00, '¥123,456,789.00', '123,456,789'],
  [-500, '-¥5.00', '-5'],
])('R20 %d fen is shown as %s and %s', (fen, exact, bare) => {
  expect(formatFen(fen)).toBe(exact)
  expect(formatYuan(fen)).toBe(bare)
})
