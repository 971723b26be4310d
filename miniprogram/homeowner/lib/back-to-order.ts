import type { Button } from '../../../typings/contract'

/** Where a page has nothing left to do, the way leads back. */
export const TO_ORDER: Button = { act: 'view_quote', label: '回到工单' }

/** Back to where one came from; opened from a message, there is nothing behind the page, so the order's own page takes its place. */
export function backToOrder(orderId: string): void {
  if (getCurrentPages().length > 1) void wx.navigateBack()
  else void wx.redirectTo({ url: `/homeowner/order/order?id=${orderId}` })
}
