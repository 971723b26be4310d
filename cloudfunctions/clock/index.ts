import * as z from 'zod'
import { refuse } from '../domain/refusal'
import { isInside, readCaller } from '../platform/caller'
import { describe, logged, unknownAction } from '../platform/serve'
import { sweep } from './sweep'

/**
 * The timer, every 20 s (R42): carries out what is due. It may run late, twice at once or be killed half-way: every write is conditional and every entry can be done
 * again. Serves the timer and the console; a client or HTTP is refused.
 */
export const main = (event: unknown) => {
  const caller = readCaller()
  return logged('clock', async () => {
    if (!isInside(caller)) return { action: '-', outcome: refuse('FORBIDDEN', '时钟只由系统自己开') }
    // The timer's own event has no action.
    const action = typeof event === 'object' && event !== null && 'action' in event ? event.action : 'sweep'
    if (typeof action !== 'string') return { action: '-', outcome: refuse('BAD_REQUEST', 'action 要写成文字，例如 { "action": "help" }', { action: 'action 要写成文字' }) }
    if (action === 'help') return { action: 'help', outcome: { data: describe(TABLE) } }
    if (action !== 'sweep') return { action: '-', outcome: unknownAction(action, Object.keys(TABLE)) }
    return { action: 'sweep', outcome: { data: await sweep() } }
  })
}

/** What `help` tells. */
const TABLE = { sweep: { summary: '把到点的事办掉；定时器每 20 秒开一次，也可以手动开', schema: z.strictObject({}), example: {} } }
