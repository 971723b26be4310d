import { collection } from '../platform/db'
import { tellOf } from '../platform/outbox/todos'

/** To-dos that the robot did not take are posted again, all in one (R41). Gives how many there were. */
export const tellUntold = async (): Promise<number> => {
  const untold = await collection('todos').find({ told: false, state: 'open' }, { order: { at: 'asc' }, limit: 20 })
  await tellOf(untold)
  return untold.length
}
