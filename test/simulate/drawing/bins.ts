/** Values counted into columns of equal width, each with its upper end (exactly five minutes is not later than five); what lies beyond either end is counted in the last column there. */
export interface Bins {
  from: number
  width: number
  counts: number[]
}

export function binned(values: readonly number[], from: number, to: number, width: number): Bins {
  const counts = Array.from({ length: Math.round((to - from) / width) }, () => 0)
  for (const value of values) {
    const index = Math.max(0, Math.min(counts.length - 1, Math.ceil((value - from) / width) - 1))
    counts[index] = (counts[index] ?? 0) + 1
  }
  return { from, width, counts }
}

/** The smallest of 1, 2, 5, 10, 20 … that gives at most so many steps. */
export function stepFor(most: number, steps: number): number {
  for (let power = 1; ; power *= 10) for (const factor of [1, 2, 5]) if (most / (factor * power) <= steps) return factor * power
}
