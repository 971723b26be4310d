/** The same choices on every machine and in every run, so that a red run means that the code changed; SEED=number makes others, SEED=new some that were never made. */
export const SEED = process.env.SEED === 'new' ? Date.now() % 1_000_000 : Number(process.env.SEED ?? 42)

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
