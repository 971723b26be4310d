/**
 * Everything that is left to chance, drawn from the seed and from what it is about, never from how many were drawn before: the same person decides the same in the same matter,
 * whatever else happened meanwhile and however fast the machine is.
 */
type Word = string | number

/** FNV-1a, then mixed so that words that differ little give numbers that differ much. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}

export class Chance {
  constructor(readonly seed: number) {}

  /** 0–1. */
  of(...about: Word[]): number {
    return hash(`${this.seed}|${about.join('|')}`) / 4_294_967_296
  }

  /** True in such a share of all cases. */
  is(share: number, ...about: Word[]): boolean {
    return this.of(...about) < share
  }

  between(low: number, high: number, ...about: Word[]): number {
    return low + (high - low) * this.of(...about)
  }

  normal(mean: number, deviation: number, ...about: Word[]): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.of(...about, 'radius')))
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.of(...about, 'angle'))
  }

  /** Around a median, with a long tail to the right; `spread` is the deviation of the logarithm. */
  aboutMedian(median: number, spread: number, ...about: Word[]): number {
    return median * Math.exp(this.normal(0, spread, ...about))
  }

  /** One of these, each as often as its weight says. */
  pick<Value>(choices: readonly (readonly [weight: number, value: Value])[], ...about: Word[]): Value {
    const total = choices.reduce((sum, [weight]) => sum + weight, 0)
    let left = this.of(...about) * total
    for (const [weight, value] of choices) {
      left -= weight
      if (left < 0) return value
    }
    const last = choices.at(-1)
    if (!last) throw new Error(`nothing to pick from: ${about.join(' ')}`)
    return last[1]
  }
}
