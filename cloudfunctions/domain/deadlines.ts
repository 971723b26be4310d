/**
 * Every deadline of an order, in one table.
 *
 * - `verdict` holds from its due time: whoever next touches the order decides it first, dated at its own time (R42).
 * - `step` takes effect when it is carried out, at most one a pass, and what follows counts from then.
 * - `reminder` is sent by the timer, and dropped when it is more than 60 s late.
 *
 * "In time" includes the due moment itself: a verdict falls when its time has passed.
 */
export interface DeadlineRule {
  nature: 'verdict' | 'step' | 'reminder'
  rule: string
  /** What starts it, when it is due and what happens then: for `docs/` and for staff. */
  starts: string
  due: string
  then: string
}

export const DEADLINES = {
  'dispatch.next_wave': { nature: 'step', rule: 'R07', starts: '派出一轮', due: '一轮时间到，或两位都不接', then: '请下两位；没有人可请时交给调度' },
  'call.reminder': { nature: 'reminder', rule: 'R10', starts: '接单', due: '4 分钟', then: '提醒师傅打电话' },
  'call.breach': { nature: 'verdict', rule: 'R10', starts: '接单', due: '5 分钟没拨出', then: '记违规，告诉调度' },
  'call.take_back': { nature: 'verdict', rule: 'R10', starts: '接单', due: '15 分钟没有结果', then: '收回，重新派单' },
  'call.retry': { nature: 'reminder', rule: 'R10', starts: '没人接', due: '第一次之后 10、30 分钟', then: '提醒师傅再打' },
  'call.retry_missed': { nature: 'verdict', rule: 'R10', starts: '没人接', due: '该再打之后 5 分钟还没打', then: '交给调度' },
  'appointment.day_before': { nature: 'reminder', rule: 'R11', starts: '约好时间', due: '前一天 20:00', then: '提醒业主' },
  'appointment.soon': { nature: 'reminder', rule: 'R11', starts: '约好时间', due: '前 2 小时', then: '提醒业主' },
  'payment.reminder': { nature: 'reminder', rule: 'R13', starts: '约好时间，出发前的钱没付', due: '前 24 小时、前 3 小时', then: '提醒业主付款' },
  'payment.overdue': { nature: 'verdict', rule: 'R13', starts: '师傅的钟停住', due: '原来约的时间', then: '客服问业主还修不修' },
  'arrival.check': { nature: 'verdict', rule: 'R13', starts: '约好时间', due: '前 90 分钟', then: '该付没付：师傅的钟停住' },
  'arrival.reminder': { nature: 'reminder', rule: 'R13', starts: '约好时间', due: '前 90 分钟', then: '提醒师傅' },
  'arrival.alert': { nature: 'verdict', rule: 'R13', starts: '约好时间', due: '前 10 分钟没签到', then: '告诉调度' },
  'arrival.breach': { nature: 'verdict', rule: 'R13', starts: '约好时间', due: '到点没签到', then: '记违规' },
  'quote.reminder': { nature: 'reminder', rule: 'R22', starts: '报价发出', due: '24 小时没答复', then: '提醒业主' },
  'quote.expiry': { nature: 'verdict', rule: 'R22', starts: '报价发出', due: '72 小时没答复', then: '报价过期' },
  'acceptance.reminder': { nature: 'reminder', rule: 'R30', starts: '报完工', due: '24 小时没验收', then: '提醒业主' },
  'acceptance.staff': { nature: 'verdict', rule: 'R30', starts: '报完工', due: '72 小时没验收', then: '客服打电话问' },
  'follow_up.questionnaire': { nature: 'step', rule: 'R32', starts: '完工', due: '2 小时', then: '发问卷' },
  'follow_up.call_task': { nature: 'verdict', rule: 'R32', starts: '完工', due: '20 小时没答（剩下的上班时间不到 2 小时就提前到前一晚）', then: '客服打电话' },
  'follow_up.breach': { nature: 'verdict', rule: 'R32', starts: '完工', due: '24 小时没问到', then: '告诉经理' },
  'return.choice': { nature: 'verdict', rule: 'R33', starts: '不满意', due: '2 小时没选', then: '客服打电话' },
  'warranty.end': { nature: 'step', rule: 'R34', starts: '验收', due: '最长的一项保修到期', then: '收进档案' },
} as const satisfies Record<string, DeadlineRule>

export type DeadlineId = keyof typeof DEADLINES

/** A reminder later than this helps nobody. */
export const REMINDER_GRACE_MS = 60_000
