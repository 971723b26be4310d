import type { Settings } from '../domain/settings'
import { _, collection } from '../platform/db'
import { reckon, toTechnician } from '../platform/technician-document'
import type { Budget } from './budget'
import { eachOf } from './each-of'

const PAGE = 200
const AT_ONCE = 16

/** Positions grow old and jobs begin and end: where a technician is reckoned to be is worked out anew (R05). Gives how many were. */
export const reckonTechnicians = async (settings: Settings, budget: Budget): Promise<number> => {
  let count = 0
  while (!budget.isSpent) {
    const now = new Date()
    const due = await collection('technicians').find({ reckonAt: _.lte(now) }, { order: { reckonAt: 'asc' }, limit: PAGE })
    await eachOf(due, AT_ONCE, async (document) => {
      const { whereabouts, reckonAt } = reckon(toTechnician(document), now, settings)
      // Whoever reported a position or took a job meanwhile has reckoned anew already.
      await collection('technicians')
        .update({ _id: document._id, reckonAt: document.reckonAt }, { whereabouts: _.set(whereabouts), reckonAt: _.set(reckonAt) })
        .catch((error: unknown) => console.error(JSON.stringify({ sweep: 'technicians', id: document._id, error: String(error) })))
    })
    count += due.length
    if (due.length < PAGE) break
  }
  return count
}
