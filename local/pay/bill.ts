/** The daily bill: CSV with every value after a backquote, then a line of totals, as the real one. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import * as z from 'zod'
import type { Ledger, Refund, Trade } from './ledger'
import { PayRefusal } from './refusal'

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000
/** The bill of a day is ready at nine the next morning, China time. */
const READY_MS = 9 * 3_600_000
const FEE_RATE = 0.006

const query = z.object({
  bill_date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  bill_type: z.enum(['ALL', 'SUCCESS', 'REFUND']).default('ALL'),
  tar_type: z.literal('GZIP').optional(),
})

type BillType = z.infer<typeof query>['bill_type']
type Row = Record<string, string>

const COMMON = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '特约商户号',
  '设备号',
  '微信订单号',
  '商户订单号',
  '用户标识',
  '交易类型',
  '交易状态',
  '付款银行',
  '货币种类',
  '应结订单金额',
  '代金券金额',
]
const REFUNDED = ['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态']
const END = ['商品名称', '商户数据包', '手续费', '费率', '订单金额', '申请退款金额', '费率备注']
const COLUMNS: Record<BillType, string[]> = {
  ALL: [...COMMON, ...REFUNDED, ...END],
  SUCCESS: [...COMMON, ...END.filter((name) => name !== '申请退款金额')],
  REFUND: [...COMMON, '退款申请时间', '退款成功时间', ...REFUNDED, ...END],
}
const TOTALS = ['总交易单数', '应结订单总金额', '退款总金额', '充值券退款总金额', '手续费总金额', '订单总金额', '申请退款总金额']

export class Bill {
  private readonly files = new Map<string, Buffer>()

  constructor(
    private readonly ledger: Ledger,
    private readonly base: string,
    private readonly now: () => number,
  ) {}

  /** GET /v3/bill/tradebill. Throws PayRefusal: too early, too long ago, or nothing happened that day. */
  request(parameters: URLSearchParams): { hash_type: 'SHA1'; hash_value: string; download_url: string } {
    const parsed = query.safeParse(Object.fromEntries(parameters))
    if (!parsed.success) throw new PayRefusal(400, 'PARAM_ERROR', `参数错误：${parsed.error.issues[0]?.path.join('.') ?? ''}`)
    const { bill_date, bill_type, tar_type } = parsed.data
    const day = Date.parse(`${bill_date}T00:00:00+08:00`)
    if (Number.isNaN(day)) throw new PayRefusal(400, 'PARAM_ERROR', '参数错误：bill_date')
    if (day + DAY_MS > this.now()) throw new PayRefusal(400, 'INVALID_REQUEST', '账单日期不能是今天或以后')
    if (day + DAY_MS + READY_MS > this.now()) throw new PayRefusal(400, 'STATEMENT_CREATING', '账单生成中，请在次日 9 点以后再取')
    if (day < this.now() - 93 * DAY_MS) throw new PayRefusal(400, 'INVALID_REQUEST', '只能取三个月以内的账单')
    const csv = this.write(day, bill_type)
    if (csv === undefined) throw new PayRefusal(400, 'NO_STATEMENT_EXIST', '账单文件不存在：这一天没有交易')
    const file = tar_type === 'GZIP' ? gzipSync(csv) : Buffer.from(csv)
    const token = createHash('sha256').update(file).digest('hex')
    this.files.set(token, file)
    return {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(csv).digest('hex'),
      download_url: `${this.base}/v3/billdownload/file?token=${token}`,
    }
  }

  download(token: string | null): Buffer {
    const file = this.files.get(token ?? '')
    if (!file) throw new PayRefusal(404, 'RESOURCE_NOT_EXISTS', '账单文件不存在或下载地址已失效')
    return file
  }

  private write(day: number, type: BillType): string | undefined {
    const within = (at: number | undefined): boolean => at !== undefined && at >= day && at < day + DAY_MS
    const paid = type === 'REFUND' ? [] : this.ledger.trades.values().filter((trade) => within(trade.paidAt))
    const refunds = type === 'SUCCESS' ? [] : this.ledger.refunds.values().filter((refund) => within(refund.createdAt))
    const rows = [
      ...paid.map((trade) => ({ at: trade.paidAt ?? 0, row: tradeRow(trade) })),
      ...refunds.flatMap((refund) => {
        const trade = this.ledger.trades.get(refund.out_trade_no)
        return trade ? [{ at: refund.createdAt, row: refundRow(refund, trade) }] : []
      }),
    ].sort((a, b) => a.at - b.at)
    if (rows.length === 0) return undefined
    const columns = COLUMNS[type]
    const lines = rows.map(({ row }) => columns.map((name) => `\`${row[name] ?? ''}`).join(','))
    const sum = (list: number[]): number => list.reduce((total, one) => total + one, 0)
    const settled = sum(paid.map((trade) => trade.total))
    const refunded = sum(refunds.map((refund) => refund.refund))
    // Each line's fee is rounded: the total is the sum of the lines.
    const fees = sum([...paid.map((trade) => feeFen(trade.total)), ...refunds.map((refund) => feeFen(-refund.refund))])
    const totals = [String(rows.length), yuan(settled), yuan(refunded), '0.00', fee(fees), yuan(settled), yuan(refunded)]
    return `\ufeff${[columns.join(','), ...lines, TOTALS.join(','), totals.map((one) => `\`${one}`).join(',')].join('\r\n')}\r\n`
  }
}

function baseRow(trade: Trade): Row {
  return {
    公众账号ID: trade.appid,
    商户号: trade.mchid,
    特约商户号: '0',
    微信订单号: trade.transaction_id ?? '',
    商户订单号: trade.out_trade_no,
    用户标识: trade.openid ?? '',
    交易类型: trade.trade_type,
    付款银行: 'OTHERS',
    货币种类: 'CNY',
    代金券金额: '0.00',
    充值券退款金额: '0.00',
    // A comma would end the column: the real bill has none in names either.
    商品名称: trade.description.replaceAll(',', '，'),
    商户数据包: (trade.attach ?? '').replaceAll(',', '，'),
    费率: '0.60%',
  }
}

function tradeRow(trade: Trade): Row {
  return {
    ...baseRow(trade),
    交易时间: localTime(trade.paidAt ?? 0),
    交易状态: 'SUCCESS',
    应结订单金额: yuan(trade.total),
    微信退款单号: '0',
    商户退款单号: '0',
    退款金额: '0.00',
    手续费: fee(feeFen(trade.total)),
    订单金额: yuan(trade.total),
    申请退款金额: '0.00',
  }
}

function refundRow(refund: Refund, trade: Trade): Row {
  return {
    ...baseRow(trade),
    交易时间: localTime(refund.createdAt),
    交易状态: 'REFUND',
    应结订单金额: '0.00',
    退款申请时间: localTime(refund.createdAt),
    退款成功时间: refund.settledAt === undefined ? '' : localTime(refund.settledAt),
    微信退款单号: refund.refund_id,
    商户退款单号: refund.out_refund_no,
    退款金额: yuan(refund.refund),
    退款类型: 'ORIGINAL',
    退款状态: refund.status,
    手续费: fee(feeFen(-refund.refund)),
    订单金额: '0.00',
    申请退款金额: yuan(refund.refund),
  }
}

function yuan(fen: number): string {
  return `${fen < 0 ? '-' : ''}${Math.trunc(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
}

/** What WeChat Pay keeps of an amount, or gives back of a refund, in whole fen. */
function feeFen(fen: number): number {
  return Math.sign(fen) * Math.round(Math.abs(fen) * FEE_RATE)
}

function fee(fen: number): string {
  return (fen / 100).toFixed(5)
}

function localTime(ms: number): string {
  return new Date(ms + CHINA_MS).toISOString().slice(0, 19).replace('T', ' ')
}
