import { collection } from './db'
import { inOutboxLane } from './trips'

/** Who read whose name, address or phone (R39). One line for the same reader and thing in ten minutes. */

export interface Access {
  orderId: string
  reader: { role: 'technician' | 'staff'; id: string }
  what: 'person' | 'phone'
}

const WINDOW_MS = 10 * 60_000

/** What this instance has written already: a page that is drawn again and again costs one request. */
const written = new Set<string>()

/** Written before it is shown: what cannot be logged is not read. Counted apart from what the action itself costs. */
export const logAccess = async ({ orderId, reader, what }: Access): Promise<void> => {
  const at = new Date()
  const _id = `${orderId}:${what}:${reader.role}:${reader.id}:${Math.floor(at.getTime() / WINDOW_MS)}`
  if (written.has(_id)) return
  await inOutboxLane(() => collection('access_log').add({ _id, orderId, role: reader.role, readerId: reader.id, what, at }))
  if (written.size > 5_000) written.clear()
  written.add(_id)
}
