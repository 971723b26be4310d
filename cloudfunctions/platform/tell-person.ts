import { deliver } from './outbox/messages'
import type { Outcomes } from './outbox/job'
import { readSettings } from './settings'
import { inOutboxLane } from './trips'

export interface Notice {
  /** Deterministic: told again, it goes out once. */
  id: string
  to: { role: 'homeowner' | 'technician'; openid: string }
  subject: string
  what: string
  page: string
  /** Who it is, for staff. */
  whom: string
  /** Staff phone when it is not read: nobody else knows of it. */
  mustReach: boolean
}

/** Tells somebody of something that is about no order: their application, a certificate (R41, R52). In the inbox always, by WeChat when they allowed it. @throws when the inbox could not be written. */
export const tellPerson = ({ id, to, subject, what, page, whom, mustReach }: Notice): Promise<void> =>
  inOutboxLane(async () => {
    const settings = await readSettings()
    const outcomes: Outcomes = new Map()
    // The id begins with the order's, which is none.
    const message = { id: `:${id}`, to, template: 'register' as const, blanks: { subject, what, page }, at: new Date(), orderId: '', orderNumber: '', visitNo: 0, emergency: false, mustReach, whom }
    await deliver([message], settings, outcomes)
    const outcome = outcomes.get(message.id)
    if (outcome instanceof Error) throw outcome
  })
