/** The payer's side of WeChat Pay's stand-in: open trades can be paid, or not, with every way a notification can go wrong. */
import { element } from '../dom'
import type { Trade } from '../workplace'
import { listTrades, payTrade, WorkplaceError } from '../workplace'

const WAYS: readonly { notify: string; label: string }[] = [
  { notify: 'once', label: '通知一次' },
  { notify: 'twice', label: '通知两次' },
  { notify: 'lost', label: '通知丢了' },
  { notify: 'late', label: '通知晚 10 分钟' },
  { notify: 'replayed', label: '10 分钟后重放' },
  { notify: 'forged', label: '通知是伪造的' },
  { notify: 'wrong-amount', label: '金额不对' },
  { notify: 'wrong-merchant', label: '商户不对' },
]
const MOST = 6
const STATES: Record<string, string> = { NOTPAY: '没付', SUCCESS: '付了', CLOSED: '关了', REFUND: '退了' }
const yuanText = (fen: number) => `¥${(fen / 100).toFixed(2)}`

export class PayerTool {
  readonly view = element('section', { class: 'payer', label: '替付款人操作' })
  private readonly list = element('div')
  private readonly problem = element('p', { class: 'editor-hint', role: 'status' })
  private readonly way = element('select', { label: '付款后通知怎么走' })

  constructor() {
    this.way.append(...WAYS.map(({ notify, label }) => element('option', { text: label, attributes: { value: notify } })))
    this.view.append(element('header', {}, element('h3', { text: '替付款人操作' }), this.way), this.problem, this.list)
  }

  async refresh(): Promise<void> {
    const trades = await listTrades().catch(() => [])
    const newest = [...trades].sort((a, b) => b.createdAt - a.createdAt).slice(0, MOST)
    this.list.replaceChildren(
      ...(newest.length === 0
        ? [element('p', { class: 'card-note', text: '还没有人下单付款。业主点了“确认并付款”，单子就在这里，付款和通知都由您定。' })]
        : newest.map((trade) => this.row(trade))),
    )
  }

  private row({ out_trade_no, trade_state, description, total }: Trade): HTMLElement {
    const open = trade_state === 'NOTPAY'
    const act = (text: string, result: 'SUCCESS' | 'CANCEL') =>
      element('button', { text, attributes: { type: 'button' }, onClick: () => void this.act(out_trade_no, result) })
    return element(
      'div',
      { class: 'payer-row' },
      element('span', { class: 'payer-what' }, element('strong', { text: yuanText(total) }), ` ${description}`),
      element('code', { text: out_trade_no }),
      ...(open
        ? [act('付', 'SUCCESS'), act('不付', 'CANCEL')]
        : [element('span', { class: 'card-note', text: STATES[trade_state] ?? trade_state })]),
    )
  }

  private async act(outTradeNo: string, result: 'SUCCESS' | 'CANCEL'): Promise<void> {
    this.problem.textContent = ''
    try {
      await payTrade(outTradeNo, { result, notify: this.way.value })
    } catch (error) {
      if (!(error instanceof WorkplaceError)) throw error
      this.problem.textContent = error.message
    }
    await this.refresh()
  }
}
