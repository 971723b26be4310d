import { after, HOUR, SECOND } from '../domain/shanghai'
import { _, collection } from '../platform/db'
import { leaveTodo } from '../platform/outbox/todos'

const FIRST_PAUSE_MS = 20 * SECOND
const LONGEST_PAUSE_MS = HOUR
/** After so many failures staff are told; the document goes on being tried. */
const TELL_AFTER = 5

/** A document that cannot be worked on backs off, so that it never blocks the sweep; staff are told when that goes on. Never throws. */
export const putOff = async (name: 'orders' | 'payments' | 'refunds' | 'applications' | 'violations', document: { _id: string; sweepFailures?: number }, label: string, error: unknown): Promise<void> => {
  const failures = (document.sweepFailures ?? 0) + 1
  console.error(JSON.stringify({ sweep: name, id: document._id, failures, error: error instanceof Error ? { message: error.message, stack: error.stack } : String(error) }))
  try {
    const now = new Date()
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
    await collection(name).update({ _id: document._id }, { sweepFailures: _.set(failures), nextWorkAt: _.set(after(now, pause)) })
    if (failures !== TELL_AFTER) return
    await leaveTodo({
      _id: `sweep_stuck:${name}:${document._id}`, kind: 'sweep_stuck', orderId: name === 'orders' ? document._id : '', orderNumber: label, visitNo: 0, urgent: true, title: '系统处理不了一件到点的事',
      detail: `${label}，试了 ${TELL_AFTER} 次，请找技术`, role: 'manager', at: now,
    })
  } catch (fault) {
    console.error(JSON.stringify({ sweep: name, id: document._id, putOff: String(fault) }))
  }
}
