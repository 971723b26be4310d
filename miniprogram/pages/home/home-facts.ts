import type { HomeView } from '../../../typings/contract'

const WHILE_DISPATCHING_MS = 5_000
const WHILE_OPEN_MS = 20_000

/** How often the front page looks again: often while technicians are being asked, now and then while anything is open, else not at all. */
export function homeEveryMs({ current }: Pick<HomeView, 'current'>): number | null {
  if (!current) return null
  return current.state.countdown ? WHILE_DISPATCHING_MS : WHILE_OPEN_MS
}
