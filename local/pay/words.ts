import type { Trade } from './ledger'

/** `trade_state_desc`. */
export const STATE_WORDS: Record<Trade['trade_state'], string> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  CLOSED: '订单已关闭',
  REFUND: '订单发生过退款，退款详情请查询退款单',
}

/** RFC 3339 with the offset of China, as WeChat Pay writes times. */
export function chinaTime(ms: number): string {
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}
