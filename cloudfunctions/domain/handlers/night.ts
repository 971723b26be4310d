import { SYSTEM } from '../draft'
import type { Draft } from '../draft'
import { after, afterNight, HOUR, isNight, morningText } from '../shanghai'

/** R55: ordinary orders wait for the morning; emergencies run on. */
const isHeldByNight = (draft: Draft): boolean => !draft.order.emergency && isNight(draft.now, draft.settings.night)

/** `now`, or when the night ends. */
export const outsideTheNight = (draft: Draft): Date => (isHeldByNight(draft) ? afterNight(draft.now, draft.settings.night) : draft.now)

/** Longer than any night. */
const NIGHT_MS = 16 * HOUR

/** Nobody is asked any more and the next can be: at once, or when the night is over, and then the homeowner is told, once a night (R07, R55). */
export const nextWaveNow = (draft: Draft): void => {
  draft.deadline('dispatch.next_wave', draft.now)
  if (!isHeldByNight(draft) || draft.told('held_by_night', after(draft.now, -NIGHT_MS))) return
  const at = morningText(outsideTheNight(draft), draft.now)
  draft.tell('held_by_night', SYSTEM, { at })
  draft.messageHomeowner(`night:${draft.order.version + 1}`, 'order_closed', { what: `收到了，${at} 派师傅` })
}
