import type { CallReason } from '../../../typings/contract'
import type { Draft } from '../draft'
import { morningText, spanText } from '../shanghai'
import { outsideTheNight } from './night'

/** Who claims or is assigned knows that a call follows, and so does who waits for the right number; parts and money come when they come (R10, R13, R45). */
export const hasFiveMinutes = (why: CallReason): boolean => why !== 'parts' && why !== 'paid'

/** 5 分钟内, or by night 明早 7:00 起: when the call is to come, once its clock runs. */
export const callWhen = (draft: Draft): string => {
  const since = draft.visit.call?.since ?? draft.now
  return since > draft.now ? `${morningText(since, draft.now)} 起` : `${spanText(draft.settings.call.breachMinutes)}内`
}

/** From now the technician has five minutes to phone, and fifteen to an outcome (R10); at night from the morning on (R55). */
export const startCallClock = (draft: Draft, why: CallReason): void => {
  const since = outsideTheNight(draft)
  draft.visit.call = { why, since, dials: [], outcome: null, outcomeAt: null, unanswered: 0, tryOpensAt: null, retryAt: null }
  draft.stopClock('no_answer')
  draft.startClock('call', since)
  if (!hasFiveMinutes(why)) draft.forget(['call.reminder', 'call.breach'])
}
