import { requestFailed } from '../cloud-error'
import { double, isNumeric, toDouble } from '../values/numbers'
import type { Value } from '../values/value'

/** Multiples of one decade (1 ≤ n < 10) on which `$bucketAuto` puts its boundaries; `powers` for powers of two. */
export type Series = readonly number[] | 'powers'

/** Renard series round to two or three places; these are the standard's own figures where rounding would differ. */
const RENARD: Record<string, readonly number[]> = {
  R5: [1, 1.6, 2.5, 4, 6.3],
  R10: [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8],
  R20: [1, 1.12, 1.25, 1.4, 1.6, 1.8, 2, 2.24, 2.5, 2.8, 3.15, 3.55, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9],
  R40: [1, 1.06, 1.12, 1.18, 1.25, 1.32, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.12, 2.24, 2.36, 2.5, 2.65, 2.8, 3, 3.15, 3.35, 3.55, 3.75, 4, 4.25, 4.5, 4.75, 5, 5.3, 5.6, 6, 6.3, 6.7, 7.1, 7.5, 8, 8.5, 9, 9.5],
  R80: [1, 1.03, 1.06, 1.09, 1.12, 1.15, 1.18, 1.22, 1.25, 1.28, 1.32, 1.36, 1.4, 1.45, 1.5, 1.55, 1.6, 1.65, 1.7, 1.75, 1.8, 1.85, 1.9, 1.95, 2, 2.06, 2.12, 2.18, 2.24, 2.3, 2.36, 2.43, 2.5, 2.58, 2.65, 2.72, 2.8, 2.9, 3, 3.07, 3.15, 3.25, 3.35, 3.45, 3.55, 3.65, 3.75, 3.87, 4, 4.12, 4.25, 4.37, 4.5, 4.62, 4.75, 4.87, 5, 5.15, 5.3, 5.45, 5.6, 5.8, 6, 6.15, 6.3, 6.5, 6.7, 6.9, 7.1, 7.3, 7.5, 7.75, 8, 8.25, 8.5, 8.75, 9, 9.25, 9.5, 9.75],
} // prettier-ignore

/** E24 as standardised; E12 and E6 are every second and fourth of it. */
const E24 = [1, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2, 2.2, 2.4, 2.7, 3, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6, 6.2, 6.8, 7.5, 8.2, 9.1]

/** E48, E96 and E192 are powers of the decade's root, rounded to two places (one figure is set by the standard: 9.20). */
const fine = (steps: number): number[] =>
  Array.from({ length: steps }, (_, i) => Math.round(10 ** (i / steps) * 100) / 100).map((n) => (steps === 192 && n === 9.19 ? 9.2 : n))

export function seriesOf(granularity: Value): Series {
  switch (granularity) {
    case 'POWERSOF2':
      return 'powers'
    case '1-2-5':
      return [1, 2, 5]
    case 'E6':
      return E24.filter((_, i) => i % 4 === 0)
    case 'E12':
      return E24.filter((_, i) => i % 2 === 0)
    case 'E24':
      return E24
    case 'E48':
      return fine(48)
    case 'E96':
      return fine(96)
    case 'E192':
      return fine(192)
    default: {
      const renard =
        typeof granularity === 'string' && Object.prototype.hasOwnProperty.call(RENARD, granularity) ? RENARD[granularity] : undefined
      if (!renard) throw requestFailed(`Unknown rounding granularity '${String(granularity)}'`)
      return renard
    }
  }
}

function magnitude(value: Value): number {
  const n = isNumeric(value) ? toDouble(value) : NaN
  if (!(n >= 0)) throw requestFailed('A granularity needs non-negative numbers')
  return n
}

/** The next figure of the series above the value. */
export function roundUp(value: Value, series: Series): Value {
  const n = magnitude(value)
  if (n === 0) return 0
  if (series === 'powers') return double(2 ** (Math.floor(Math.log2(n)) + 1))
  return double(around(n, series).find((figure) => figure > n) ?? n)
}

/** The last figure of the series below the value. */
export function roundDown(value: Value, series: Series): Value {
  const n = magnitude(value)
  if (n === 0) return 0
  if (series === 'powers') return double(2 ** (Math.ceil(Math.log2(n)) - 1))
  return double(around(n, series).findLast((figure) => figure < n) ?? n)
}

/** The series over the decades next to the value. */
function around(n: number, series: readonly number[]): number[] {
  const decade = Math.floor(Math.log10(n))
  return [decade - 1, decade, decade + 1].flatMap((exponent) => series.map((figure) => Number(`${figure}e${exponent}`)))
}
