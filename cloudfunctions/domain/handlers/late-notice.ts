import type { Draft } from '../draft'
import type { Visit } from '../order'
import type { Settings } from '../settings'
import { after, MINUTE } from '../shanghai'

/** Until when somebody who will not be there at the agreed time says so in time (R12). */

export const isInTime = (draft: Draft, from: Date): boolean => draft.now <= noticeLimit(draft.settings, draft.visit, from)

/** The technician says at this moment that they will not be there at `from`: too late for it goes on record (R12). Whether they say so in time. */
export const noteLateNotice = (draft: Draft, from: Date): boolean => {
  const inTime = isInTime(draft, from)
  // Who has not come by T has that on record already.
  if (!inTime && draft.now <= from) draft.violation('late_notice', 'R12', String(from.getTime()))
  return inTime
}

/**
 * Until when a delay is told in time: an hour before T. With a time that was agreed later than that, until T−10; agreed later still, until T (R12).
 */
export const noticeLimit = ({ arrival }: Settings, { agreedAt }: Visit, at: Date): Date =>
  [arrival.noticeMinutes, arrival.earlyMinutes].map((minutes) => after(at, -minutes * MINUTE)).find((limit) => !agreedAt || limit > agreedAt) ?? at
