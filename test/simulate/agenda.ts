/** What people are about to do, and how it is done in steps of the clock with the same outcome on every run. */

/**
 * Within a step, first all that changes an order or somebody's day, then what looks for technicians, then what does both, one after the other: so nothing that is done side by
 * side depends on what else is.
 */
export type Turn = 'people' | 'search' | 'alone'

export interface Act {
  /** When they would do it, ms; it is done at the next step of the clock. */
  at: number
  /** One of a kind at its moment: who and what. */
  name: string
  turn: Turn
  /** Whom and what it touches: acts that share one are done one after the other. */
  keys: readonly string[]
  run: () => Promise<void>
}

/** ms of a step of the clock. */
export const STEP = 10_000
/** How many are under way at the same time. */
const AT_ONCE = 12

export class Agenda {
  private readonly steps = new Map<number, Act[]>()

  add(act: Act, now: number): void {
    const moment = Math.max(Math.ceil(act.at / STEP) * STEP, now + STEP)
    const acts = this.steps.get(moment)
    if (acts) acts.push(act)
    else this.steps.set(moment, [act])
  }

  /** What is to be done at that step; it is done once. */
  take(moment: number): Act[] {
    const acts = this.steps.get(moment) ?? []
    this.steps.delete(moment)
    return acts
  }
}

const inOrder = (a: Act, b: Act): number => a.at - b.at || (a.name < b.name ? -1 : 1)

/** @param afterSearch called whenever offers may have gone out */
export async function perform(acts: readonly Act[], afterSearch: () => Promise<void>): Promise<void> {
  const sorted = [...acts].sort(inOrder)
  const of = (turn: Turn): Act[] => sorted.filter((act) => act.turn === turn)
  await sideBySide(of('people'))
  const searching = of('search')
  if (searching.length > 0) {
    await sideBySide(searching)
    await afterSearch()
  }
  for (const act of of('alone')) {
    await act.run()
    await afterSearch()
  }
}

async function sideBySide(acts: readonly Act[]): Promise<void> {
  const last = new Map<string, Promise<void>>()
  const room = new Room(AT_ONCE)
  const all = acts.map((act) => {
    const before = act.keys.flatMap((key) => last.get(key) ?? [])
    const done = Promise.all(before).then(() => room.with(act.run))
    for (const key of act.keys) last.set(key, done)
    return done
  })
  await Promise.all(all)
}

class Room {
  private readonly waiting: (() => void)[] = []

  constructor(private left: number) {}

  async with(work: () => Promise<void>): Promise<void> {
    if (this.left > 0) this.left -= 1
    else await new Promise<void>((enter) => this.waiting.push(enter))
    try {
      await work()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.left += 1
    }
  }
}
