import type { Settings } from '../domain/settings'
import { isStaffed } from '../domain/shanghai'
import { collection } from '../platform/db'
import { tellOf } from '../platform/outbox/todos'

/** To-dos that the robot did not take, or that waited for staffed hours, are posted, all in one (R41, R55). Gives how many there were. */
export const tellUntold = async ({ staffedHours }: Settings): Promise<number> => {
  const hours = isStaffed(new Date(), staffedHours)
  const untold = await collection('todos').find({ told: false, state: 'open', ...(hours ? {} : { urgent: true }) }, { order: { at: 'asc' }, limit: 20 })
  await tellOf(untold)
  return untold.length
}
