/** Repeats a run: the same choices on every machine. */
export const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

/** mulberry32: small, and the same for a seed on every machine. Gives whole numbers from 0 up to, not including, `below`. */
export const randomFrom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export type Random = ReturnType<typeof randomFrom>
