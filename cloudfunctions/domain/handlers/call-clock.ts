import type { Draft } from '../draft'
import { outsideTheNight } from './night'

/**
 * From now the technician has five minutes to phone, and fifteen to an outcome (R10); at night from the morning on (R55). Without `blame` the five minutes are no rule: they
 * did not ask for this call.
 */
export const startCallClock = (draft: Draft, { blame = true } = {}): void => {
  const since = outsideTheNight(draft)
  draft.visit.call = { since, dials: [], outcome: null, outcomeAt: null, unanswered: 0, tryOpensAt: null }
  draft.stopClock('no_answer')
  draft.startClock('call', since)
  if (!blame) draft.forget(['call.breach'])
}
