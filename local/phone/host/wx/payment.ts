/** wx.requestPayment: the parameters are checked by the workplace's gateway, then the payer decides on a sheet. */
import { element } from '../dom'
import { permitTapOnly } from '../gestures'
import type { Phone } from '../phone'
import { ApiFailure, api } from './api'

interface Payment {
  timeStamp: string
  nonceStr: string
  package: string
  signType?: string
  paySign: string
}

interface Verified {
  outTradeNo: string
  /** fen */
  total: number
  description: string
}

function readVerified(body: unknown): Verified | null {
  const answer = body as {
    outTradeNo?: string
    out_trade_no?: string
    total?: number
    amount?: number | { total?: number }
    description?: string
  } | null
  const outTradeNo = answer?.outTradeNo ?? answer?.out_trade_no
  const amount = answer?.amount
  const total = answer?.total ?? (typeof amount === 'number' ? amount : amount?.total)
  return outTradeNo === undefined || total === undefined ? null : { outTradeNo, total, description: answer?.description ?? '' }
}

const REQUIRED = ['timeStamp', 'nonceStr', 'package', 'paySign'] as const

export function paymentApis({ server, device, layers, record }: Phone): Record<string, unknown> {
  const askPayer = ({ total, description }: Verified): Promise<boolean> =>
    layers.sheet<boolean>({
      label: '微信支付',
      class: 'host-payment',
      content: (close) => [
        element('p', { text: description || '师服到' }),
        element('strong', { text: `¥${(total / 100).toFixed(2)}` }),
        element(
          'footer',
          {},
          element('button', { text: '取消', class: 'host-cancel', onClick: () => close(false) }),
          element('button', { text: '支付', class: 'host-pay', onClick: () => close(true) }),
        ),
      ],
    })
  return {
    requestPayment: api<Payment>('requestPayment', async (options) => {
      const missing = REQUIRED.find((name) => typeof options[name] !== 'string' || options[name] === '')
      if (missing) throw new Error(`parameter error: parameter.${missing} should be String instead of ${typeof options[missing]}`)
      if (device.networkType === 'none') throw new ApiFailure('system error: network', { errCode: -1 })
      const { timeStamp, nonceStr, package: prepay, signType = 'RSA', paySign } = options
      const { status, body } = await server.post('/__pay/verify', { timeStamp, nonceStr, package: prepay, signType, paySign })
      const verified = status === 200 ? readVerified(body) : null
      if (!verified)
        throw new ApiFailure((body as { message?: string; error?: string } | null)?.error ?? '支付验证签名失败', { errCode: -1 })
      const paid = await askPayer(verified)
      const result = await server.post(
        `/__pay/${encodeURIComponent(verified.outTradeNo)}`,
        paid ? { result: 'SUCCESS', notify: 'once' } : { result: 'CANCEL' },
      )
      record('payment', { outTradeNo: verified.outTradeNo, total: verified.total, paid })
      permitTapOnly()
      if (!paid) throw new Error('cancel')
      if (result.status !== 200) throw new ApiFailure((result.body as { error?: string } | null)?.error ?? 'system error', { errCode: -1 })
    }),
  }
}
