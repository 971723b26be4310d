import type { Settings } from '../domain/settings'
import { after, MINUTE } from '../domain/shanghai'
import { _, collection } from '../platform/db'
import { reckon, toTechnician } from '../platform/technician-document'
import type { Budget } from './budget'
import { eachOf } from './each-of'

const PAGE = 200
const AT_ONCE = 16
/** When one that could not be reckoned is tried again. */
const PAUSE_MS = 10 * MINUTE

/** Positions grow old and jobs begin and end: where a technician is reckoned to be is worked out anew (R05). Gives how many were. */
export const reckonTechnicians = async (settings: Settings, budget: Budget): Promise<number> => {
  let count = 0
  while (!budget.isSpent) {
    const now = new Date()
    const due = await collection('technicians').find({ reckonAt: _.lte(now) }, { order: { reckonAt: 'asc' }, limit: PAGE })
    await eachOf(due, AT_ONCE, async (document) => {
      // Whoever reported a position or took a job meanwhile has reckoned anew already.
      const unchanged = { _id: document._id, reckonAt: document.reckonAt }
      try {
        const { whereabouts, reckonAt } = reckon(toTechnician(document), now, settings)
        await collection('technicians').update(unchanged, { whereabouts: _.set(whereabouts), reckonAt: _.set(reckonAt) })
      } catch (error) {
        console.error(JSON.stringify({ sweep: 'technicians', id: document._id, error: String(error) }))
        // One that cannot be reckoned must not come up first again and again.
        await collection('technicians')
          .update(unchanged, { reckonAt: _.set(after(now, PAUSE_MS)) })
          .catch((fault: unknown) => console.error(JSON.stringify({ sweep: 'technicians', id: document._id, putOff: String(fault) })))
      }
    })
    count += due.length
    if (due.length < PAGE) break
  }
  return count
}
