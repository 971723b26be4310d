import type { Draft } from '../draft'
import { afterNight, isNight } from '../shanghai'

/** R55: ordinary orders wait for the morning; emergencies run on. */
export const isHeldByNight = (draft: Draft): boolean => !draft.order.emergency && isNight(draft.now, draft.settings.night)

/** `now`, or when the night ends. */
export const outsideTheNight = (draft: Draft): Date => (isHeldByNight(draft) ? afterNight(draft.now, draft.settings.night) : draft.now)
