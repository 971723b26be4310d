import type { OrderView, StateView } from '../../../typings/contract'

/** What the quote page says at its top: about the quote, whatever else the order is at. */
export function quoteHead(order: OrderView, settling: boolean): StateView {
  const { quote, stages } = order
  const head = (turn: StateView['turn'], word: string, fact: string, sentence: string): StateView => ({
    turn,
    word,
    fact,
    sentence,
    joint: order.state.joint,
  })
  if (!quote) return head('ours', '报价', '报价还没出来', '出来了马上发给您，您看过再付')
  const due = stages.find(({ state }) => state === 'due')
  if (order.change?.state === 'sent') return head('yours', '待确认', '师傅发现新情况', '您点头了才加；不同意就照原来的做')
  if (order.change && !settling) return head('yours', '待付款', '加的项目还没付', '付好师傅接着做；改主意了跟师傅说一声，照原来的做')
  switch (quote.state) {
    case 'sent':
      return head('yours', '待确认', '请您看过再付', order.technician ? '付好款，师傅就出发' : '付好款，师傅接了单就能出发')
    case 'confirmed':
      if (settling) return head('ours', '付款中', '钱付出去了', '微信还在确认，一般几秒钟，您不用再付')
      if (due) return head('yours', '待付款', '就差付款了', order.technician ? '付好款，师傅就出发' : '付好款，师傅接了单就能出发')
      if (stages.some(({ state }) => state === 'refunding')) return head('ours', '退款中', '钱正在退给您', '原路退回，一般几分钟到账')
      if (stages.some(({ state }) => state === 'refunded')) return head('closed', '已退款', '钱退给您了', '原路退回，微信账单里能查到')
      return head('done', '已付款', '付好了', '付多少就是多少，师傅不收现金')
    case 'declined':
      return head('closed', '没有同意', '这张报价您没有同意', '没有收费')
    case 'expired':
      return head('closed', '已过期', '这张报价过期了', '还想修就再打个电话，给您重新报')
    case 'replaced':
      return head('closed', '已换新', '这张报价换过了', '请看新的一张')
  }
}
