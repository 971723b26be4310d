import type { JobView } from '../../../typings/contract'
import { formatClock } from '../../lib/time'

/** What the head of the call page counts to (R10). */
export interface CallClock {
  /** ms since 1970; null when nothing runs any more. */
  startsAt: number | null
  endsAt: number | null
  sentence: string
  /** 13:09 前 */
  until: string
  /** 拨出就算数 */
  note: string
  urgent: boolean
}

/** `now` in ms. The deadlines are the server's; this only says which of them is next. */
export function callClock(call: NonNullable<JobView['call']>, now: number): CallClock {
  const claimedAt = Date.parse(call.claimedAt)
  const dueAt = Date.parse(call.dueAt)
  const takenBackAt = Date.parse(call.takenBackAt)
  const still = (sentence: string, note: string): CallClock => ({ startsAt: null, endsAt: null, sentence, until: '', note, urgent: false })

  if (call.retryAt) {
    const retryAt = Date.parse(call.retryAt)
    const from = call.dialledAt ? Date.parse(call.dialledAt) : claimedAt
    if (now < retryAt)
      return {
        startsAt: from,
        endsAt: retryAt,
        sentence: `没人接，第 ${call.attempts} 次。到点再打一次`,
        until: `${formatClock(retryAt)} 再打`,
        note: '这会儿可以去接别的单',
        urgent: false,
      }
    return { ...still('到点了，请再打一次', '打完选一个结果'), urgent: true }
  }
  if (call.outcome === 'agreed') return still('电话打好了', '')
  if (call.dialledAt) {
    if (now < takenBackAt)
      return {
        startsAt: claimedAt,
        endsAt: takenBackAt,
        sentence: `${formatClock(call.dialledAt)} 拨出去了。打完选一个结果`,
        until: `${formatClock(takenBackAt)} 前`,
        note: '没有结果就转给别人',
        urgent: false,
      }
    return { ...still('过了时间，这单可能转给别人了', '刷新看看'), urgent: true }
  }
  if (now < dueAt)
    return {
      startsAt: claimedAt,
      endsAt: dueAt,
      sentence: '抢到了。请在 5 分钟内打给业主',
      until: `${formatClock(dueAt)} 前`,
      note: '拨出就算数',
      urgent: false,
    }
  if (now < takenBackAt)
    return {
      startsAt: claimedAt,
      endsAt: takenBackAt,
      sentence: '过了 5 分钟，请马上打',
      until: `${formatClock(takenBackAt)} 前`,
      note: '再不打就转给别人',
      urgent: true,
    }
  return { ...still('过了时间，这单可能转给别人了', '刷新看看'), urgent: true }
}
