import type { CallReason, Figures, JobView } from '../../../typings/contract'
import { formatClock, formatCount, formatSpan } from '../../lib/time'

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

/** Why they phone, in the words of the page's head. */
const WHY: Record<CallReason, string> = {
  claimed: '抢到了',
  assigned: '调度派给您',
  corrected: '号码改好了',
  parts: '配件到了',
  paid: '业主付款了',
}

/**
 * `now` in ms; `canRecord`: the server takes an outcome now, so the number was dialled. The deadlines are the server's; this only says
 * which of them is next.
 */
export function callClock(call: NonNullable<JobView['call']>, canRecord: boolean, now: number, { callTries }: Pick<Figures, 'callTries'>): CallClock {
  const claimedAt = Date.parse(call.claimedAt)
  const takenBackAt = call.takenBackAt === null ? null : Date.parse(call.takenBackAt)

  if (call.outcome === 'wrong_number') return still('客服在核对号码', '核对好再打')
  if (call.outcome === 'no_answer') return still(`${formatCount(callTries)}次没人接`, '调度来联系业主')
  if (call.outcome === 'agreed') return canRecord ? still('业主还没付款，可以打电话另约', '约好了就选时间') : still('电话打好了', '')
  if (call.retryAt && !canRecord) return retryClock(call.dialledAt ? Date.parse(call.dialledAt) : claimedAt, Date.parse(call.retryAt), call.retryUntil, now)
  if (call.dialledAt) {
    const sentence = `${formatClock(call.dialledAt)} 拨出去了。打完选一个结果`
    if (takenBackAt === null || now >= takenBackAt) return still(sentence, '')
    return { startsAt: call.attempts > 1 ? Date.parse(call.dialledAt) : claimedAt, endsAt: takenBackAt, sentence, until: `${formatClock(takenBackAt)} 前`, note: '没有结果就转给别人', urgent: false }
  }
  const ends = (endsAt: number) => ({ startsAt: claimedAt, endsAt, until: `${formatClock(endsAt)} 前` })
  if (takenBackAt === null || now >= takenBackAt) return still('过了时间，这单可能转给别人了', '往下拉，刷新看看', true)
  if (call.dueAt === null) return { ...ends(takenBackAt), sentence: `${WHY[call.why]}，请打给业主约时间`, note: '没有结果就转给别人', urgent: false }
  const dueAt = Date.parse(call.dueAt)
  const minutes = formatSpan((dueAt - claimedAt) / 60_000)
  return now < dueAt
    ? { ...ends(dueAt), sentence: `${WHY[call.why]}。请在 ${minutes}内打给业主`, note: '拨出就算数', urgent: false }
    : { ...ends(takenBackAt), sentence: `过了 ${minutes}，请马上打`, note: '再不打就转给别人', urgent: true }
}

/** Before the next try, in its five minutes, and when these have passed. */
function retryClock(from: number, retryAt: number, retryUntil: string | null, now: number): CallClock {
  const until = retryUntil === null ? 0 : Date.parse(retryUntil)
  if (now >= retryAt && now >= until) return still('该再打了，请马上打', '过了时间，已告诉调度', true)
  if (now >= retryAt) return { startsAt: retryAt, endsAt: until, sentence: '到点了，请再打一次', until: `${formatClock(until)} 前`, note: '拨出就算数', urgent: false }
  return {
    startsAt: from,
    endsAt: retryAt,
    sentence: '没人接。到点再打一次',
    until: `${formatClock(retryAt)} 再打`,
    note: '这会儿可以接别的单',
    urgent: false,
  }
}

function still(sentence: string, note: string, urgent = false): CallClock {
  return { startsAt: null, endsAt: null, sentence, until: '', note, urgent }
}
