import { refuse } from '../domain/refusal'
import { isInside, readCaller } from '../platform/caller'
import { logged } from '../platform/serve'
import { sweep } from './sweep'

/**
 * The timer, every 20 s (R42): carries out what is due. It may run late, twice at once or be killed half-way: every write is conditional and every entry can be done
 * again. Serves the timer and the console; a client or HTTP is refused.
 */
export const main = (_event: unknown) => {
  const caller = readCaller()
  return logged('clock', async () => (isInside(caller) ? { action: 'sweep', outcome: { data: await sweep() } } : { action: '-', outcome: refuse('FORBIDDEN', '时钟只由系统自己开') }))
}
