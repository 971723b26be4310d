/** What people read in the pictures and tables of the day. */
import type { Report } from '../figures'

export const ALERT_WORDS: Record<string, string> = {
  nobody_claims: '没人接单', late_call: '5 分钟没拨电话', taken_back: '收回重派', no_answer: '电话没人接', wrong_number: '号码不对', late_arrival: '差 10 分钟没到', not_arrived: '到点没到',
  far_check_in: '签到地点不对', unpaid: '到点没付款', unreachable: '微信通知不到', delay_unanswered: '改时间没答复', rebook_call: '没再约', follow_up_call: '回访电话', follow_up_overdue: '回访超时', call_me: '要回电话',
  return_choice: '返工没选师傅', return_owner: '返工要专人跟', bad_answer: '回访有一项不好', conduct_report: '说师傅不当', door_locked: '口令锁住', quote_declined: '不同意报价', quote_expired: '报价过期',
  acceptance_call: '验收电话', surplus_payment: '多付款', refund_failed: '退款失败', parts_overdue: '配件没到', helper_out: '帮手来不了', outbox_stuck: '发件箱卡住', sweep_stuck: '定时器卡住',
}

export const OFFER_WORDS: Record<keyof Report['offers'] & string, string> = {
  sent: '发出', checked: '当场核对过', waves: '轮次', open: '还开着', claimed: '接了', declined: '不接', expired: '没理会', lost: '被别人接了', withdrawn: '收回（取消、退单、改派）',
}

export const END_WORDS: Record<keyof Report['ends'], string> = {
  served: '修好了', in_hand: '师傅手上（约在以后）', searching: '正在派单（夜里的等天亮）', with_staff: '等员工办', to_be_rebooked: '没人在家，等再约', cancelled: '取消（多数在门口决定不修）',
}

export const VIOLATION_WORDS: Record<string, string> = { late_call: '电话晚了', late_arrival: '上门晚了', late_notice: '说晚到说晚了' }

/** 1 分 05 秒 */
export const secondsText = (seconds: number): string => (seconds < 60 ? `${Math.round(seconds)} 秒` : `${Math.floor(seconds / 60)} 分 ${String(Math.round(seconds % 60)).padStart(2, '0')} 秒`)

/** What was left out, so that nobody takes the day for more than it is. */
export const HONESTLY = [
  '时钟一步 10 秒，定时器 20 秒一次；名册之外，每个人的动作都走真实的云函数；规则是不是守住，当场和过后都查数据库。',
  '今天上门的里，6% 先付款、修完全程；其余到门口看过决定不修（上门不收费），师傅接着去下一家。',
  '派单的提醒当作都看得到手机；业主八成在报修时允许了报价、付款、验收的微信消息，师傅九成二允许了“工单变动”的；没允许的，半小时没看就请员工打电话。',
] as const
