/** WeChat Pay's stand-in, walked through with the library that the product uses. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'
import { Merchant, refusal } from './merchant'

interface Heard {
  at: number
  genuine: boolean
  why?: string
  id?: string
  resource?: { out_trade_no: string; mchid: string; trade_state?: string; amount: { total: number }; refund_status?: string }
}

const MINUTE = 60_000
const PAY_ENVIRONMENT = Object.fromEntries(
  ['PUBLIC_KEY_ID', 'PUBLIC_KEY', 'APIV3_KEY'].map((name) => [`WECHATPAY_${name}`, `{{env.WECHATPAY_${name}}}`]),
)

let workplace: TestWorkplace
let merchant: Merchant
let count = 0
const newNo = (): string => `T${Date.now()}${String(++count).padStart(4, '0')}`

function heardAbout(outTradeNo: string): Heard[] {
  const file = join(workplace.scratch, 'notifications')
  if (!existsSync(file)) return []
  const all = readFileSync(file, 'utf8').trim().split('\n')
  return all.map((line) => JSON.parse(line) as Heard).filter((one) => !one.genuine || one.resource?.out_trade_no === outTradeNo)
}
/** What was heard since, forged ones included (they name no trade). */
function listener(outTradeNo: string): () => Heard[] {
  const before = heardAbout(outTradeNo).length
  return () => heardAbout(outTradeNo).slice(before)
}

beforeAll(async () => {
  workplace = await startTestWorkplace({ payment: { http: '/payment', closed: true, envVariables: PAY_ENVIRONMENT } })
  merchant = new Merchant(workplace)
})
afterAll(() => workplace.stop())

test('R23 prepay → paySign → pay → one genuine notification → query', async () => {
  const no = newNo()
  const heard = listener(no)
  const { data } = await merchant.prepay(no, { attach: 'stage-1' })
  expect(data).toEqual({ prepay_id: expect.stringMatching(/^wx[\da-f]{34}$/) as string })
  await expect(merchant.query(no)).resolves.toMatchObject({ status: 200, data: { trade_state: 'NOTPAY', amount: { total: 31_400 } } })
  await expect(workplace.post('/__pay/verify', merchant.sign(data.prepay_id), 'oPayer')).resolves.toEqual({
    outTradeNo: no,
    description: '水龙头更换',
    total: 31_400,
  })
  await expect(workplace.pay(no, { result: 'SUCCESS', notify: 'once' })).resolves.toEqual({ state: 'SUCCESS' })
  const paid = (await merchant.query(no)).data
  expect(paid).toMatchObject({
    out_trade_no: no,
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    attach: 'stage-1',
    payer: { openid: 'oPayer' },
    amount: { total: 31_400, payer_total: 31_400, currency: 'CNY', payer_currency: 'CNY' },
    transaction_id: expect.stringMatching(/^4200\d{24}$/) as string,
    success_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/) as string,
  })
  expect(heard()).toEqual([{ at: expect.any(Number) as number, genuine: true, id: expect.any(String) as string, resource: paid }])
  await expect(merchant.queryById(String(paid.transaction_id))).resolves.toMatchObject({ data: paid })
})

describe('wx.requestPayment', () => {
  const verify = (request: Record<string, string>, openid = 'oPayer'): Promise<unknown> => workplace.post('/__pay/verify', request, openid)

  test('a wrong signature, another payer, an unknown prepay_id are told in WeChat’s words', async () => {
    const { data } = await merchant.prepay(newNo())
    const good = merchant.sign(data.prepay_id)
    await expect(verify({ ...good, nonceStr: 'other' })).rejects.toMatchObject({
      status: 400,
      body: { error: '支付验证签名失败', code: 'SIGN_ERROR' },
    })
    await expect(verify({ ...good, signType: 'MD5' })).rejects.toMatchObject({ status: 400 })
    await expect(verify(good, 'oStranger')).rejects.toMatchObject({ status: 403, body: { code: 'PAYER_MISMATCH' } })
    await expect(verify(merchant.sign('wx0'))).rejects.toMatchObject({ body: { code: 'PREPAY_NOT_EXIST' } })
  })

  test('cancelling leaves the trade unpaid and sends nothing', async () => {
    const no = newNo()
    const heard = listener(no)
    await merchant.prepay(no)
    await expect(workplace.pay(no, { result: 'CANCEL' })).resolves.toEqual({ state: 'NOTPAY' })
    expect((await merchant.query(no)).data.trade_state).toBe('NOTPAY')
    expect(heard()).toEqual([])
  })

  test('R23 a trade is charged once: paying again changes nothing', async () => {
    const no = newNo()
    const { data } = await merchant.prepay(no)
    await workplace.pay(no, { result: 'SUCCESS' })
    const first = (await merchant.query(no)).data
    await expect(workplace.pay(no, { result: 'SUCCESS', notify: 'lost' })).resolves.toEqual({ state: 'SUCCESS' })
    expect((await merchant.query(no)).data).toEqual(first)
    await expect(verify(merchant.sign(data.prepay_id))).rejects.toMatchObject({ status: 409, body: { code: 'ORDERPAID' } })
  })

  test('nobody can pay what is unknown or closed', async () => {
    await expect(workplace.pay('NO-SUCH-TRADE', { result: 'SUCCESS' })).rejects.toMatchObject({ status: 404 })
    const no = newNo()
    await merchant.prepay(no)
    await merchant.close(no)
    await expect(workplace.pay(no, { result: 'SUCCESS' })).rejects.toMatchObject({ status: 409, body: { code: 'ORDER_CLOSED' } })
  })

  test.each([{}, { result: 'MAYBE' }, { result: 'SUCCESS', notify: 'never' }])('%j is no way to pay', async (act) => {
    await expect(workplace.post('/__pay/T00000001', act)).rejects.toMatchObject({ status: 400 })
  })
})

describe('R23 notifications', () => {
  const paid = async (notify: Parameters<TestWorkplace['pay']>[1]['notify'], result: 'SUCCESS' | 'CANCEL' = 'SUCCESS') => {
    const no = newNo()
    await merchant.prepay(no)
    const heard = listener(no)
    const { state } = await workplace.pay(no, { result, notify })
    return { no, heard, state }
  }

  test('twice: the same notification comes two times, each genuine', async () => {
    const { heard, state } = await paid('twice')
    expect(state).toBe('SUCCESS')
    const [first, second] = heard()
    expect(heard()).toHaveLength(2)
    expect(second).toMatchObject({ genuine: true, id: first!.id, resource: first!.resource })
  })

  test('lost: none comes, but a query tells', async () => {
    const { no, heard } = await paid('lost')
    expect(heard()).toEqual([])
    expect((await merchant.query(no)).data.trade_state).toBe('SUCCESS')
  })

  test('late: it comes when the clock has moved ten minutes, no sooner', async () => {
    const { heard } = await paid('late')
    await workplace.clock.advance(10 * MINUTE - 5000)
    expect(heard()).toEqual([])
    await workplace.clock.advance(5000)
    expect(heard()).toMatchObject([{ genuine: true }])
  })

  test('forged: encrypted well, signed by nobody; with CANCEL the trade stays unpaid', async () => {
    const cancelled = await paid('forged', 'CANCEL')
    expect(cancelled.state).toBe('NOTPAY')
    expect(cancelled.heard()).toEqual([expect.objectContaining({ genuine: false, why: 'signature' })])
    const one = await paid('forged')
    expect(one.state).toBe('SUCCESS')
    expect(one.heard()).toMatchObject([{ genuine: false, why: 'signature' }])
  })

  test.each([
    ['wrong-amount', { amount: { total: 1 } }],
    ['wrong-merchant', { mchid: '1900009999' }],
  ] as const)('%s: genuine, with another content than the trade', async (notify, difference) => {
    const { no, heard } = await paid(notify)
    expect(heard()).toMatchObject([{ genuine: true, resource: difference }])
    expect((await merchant.query(no)).data).toMatchObject({ trade_state: 'SUCCESS', amount: { total: 31_400 } })
  })

  test('replayed: the same bytes come again ten minutes later, and are stale', async () => {
    const { heard } = await paid('replayed')
    expect(heard()).toMatchObject([{ genuine: true }])
    await workplace.clock.advance(10 * MINUTE)
    expect(heard()).toMatchObject([{ genuine: true }, { genuine: false, why: 'stale' }])
  })
})

describe('prepay', () => {
  test('the same number with the same terms gives another prepay_id; other terms are refused', async () => {
    const no = newNo()
    const first = await merchant.prepay(no)
    const second = await merchant.prepay(no)
    expect(second.data.prepay_id).not.toBe(first.data.prepay_id)
    await expect(merchant.prepay(no, { amount: { total: 1, currency: 'CNY' } })).rejects.toEqual(refusal(403, 'OUT_TRADE_NO_USED'))
    await expect(merchant.native(no)).rejects.toEqual(refusal(403, 'OUT_TRADE_NO_USED'))
  })

  test.each([
    ['out_trade_no', { out_trade_no: 'x' }],
    ['amount.total', { amount: { total: 0 } }],
    ['amount.total', { amount: { total: 1.5 } }],
    ['description', { description: '' }],
    ['description', { description: '字'.repeat(128) }],
    ['payer.openid', { payer: undefined }],
    ['notify_url', { notify_url: 'http://127.0.0.1/x?token=1' }],
    ['time_expire', { time_expire: 'soon' }],
  ])('a bad %s is named (%j)', async (field, change) => {
    const failure = merchant.prepay(newNo(), change)
    await expect(failure).rejects.toEqual(refusal(400, 'PARAM_ERROR'))
    await expect(failure).rejects.toMatchObject({ response: { data: { message: expect.stringContaining(field) as string } } })
  })

  test('another appid or merchant is refused', async () => {
    await expect(merchant.prepay(newNo(), { appid: 'wxother' })).rejects.toEqual(refusal(400, 'APPID_MCHID_NOT_MATCH'))
    await expect(merchant.prepay(newNo(), { mchid: '1' })).rejects.toEqual(refusal(400, 'MCH_NOT_EXISTS'))
  })

  test('R51 Native gives a code to scan; whoever scans is the payer', async () => {
    const no = newNo()
    await expect(merchant.native(no)).resolves.toMatchObject({
      data: { code_url: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl\?pr=/) as string },
    })
    await workplace.pay(no, { result: 'SUCCESS', openid: 'oScanner' })
    expect((await merchant.query(no)).data).toMatchObject({ trade_type: 'NATIVE', payer: { openid: 'oScanner' } })
  })

  test('after time_expire nobody can pay', async () => {
    const no = newNo()
    const now = Date.parse(await workplace.clock.now())
    const terms = { time_expire: new Date(now + 2 * MINUTE).toISOString() }
    await merchant.prepay(no, terms)
    await workplace.clock.advance(MINUTE)
    await merchant.prepay(no, terms)
    await workplace.clock.advance(MINUTE)
    await expect(workplace.pay(no, { result: 'SUCCESS' })).rejects.toMatchObject({ status: 409, body: { code: 'ORDER_EXPIRED' } })
    await expect(merchant.prepay(no, terms)).rejects.toEqual(refusal(400, 'INVALID_REQUEST'))
  })

  test('time_expire is set once: it cannot be moved, and leaves at least a minute', async () => {
    const no = newNo()
    const past = { time_expire: '2020-01-01T00:00:00+08:00' }
    await merchant.prepay(no, past)
    await merchant.prepay(no, past)
    const later = { time_expire: new Date(Date.parse(await workplace.clock.now()) + 10 * MINUTE).toISOString() }
    await expect(merchant.prepay(no, later)).rejects.toEqual(refusal(403, 'OUT_TRADE_NO_USED'))
    await expect(merchant.prepay(no)).rejects.toEqual(refusal(403, 'OUT_TRADE_NO_USED'))
    await expect(workplace.pay(no, { result: 'SUCCESS' })).resolves.toMatchObject({ state: 'SUCCESS' })
  })
})

test('closing: 204, then neither payable nor usable; a paid one cannot be closed', async () => {
  const no = newNo()
  await merchant.prepay(no)
  await expect(merchant.close(no)).resolves.toMatchObject({ status: 204 })
  expect((await merchant.query(no)).data.trade_state).toBe('CLOSED')
  await expect(merchant.close(no)).rejects.toEqual(refusal(400, 'ORDER_CLOSED'))
  await expect(merchant.prepay(no)).rejects.toEqual(refusal(400, 'ORDER_CLOSED'))
  const paid = newNo()
  await merchant.prepay(paid)
  await workplace.pay(paid, { result: 'SUCCESS' })
  await expect(merchant.close(paid)).rejects.toEqual(refusal(400, 'ORDERPAID'))
  await expect(merchant.prepay(paid)).rejects.toEqual(refusal(400, 'ORDERPAID'))
  await expect(merchant.query('NO-SUCH-TRADE')).rejects.toEqual(refusal(404, 'ORDER_NOT_EXIST'))
  await expect(merchant.close('NO-SUCH-TRADE')).rejects.toEqual(refusal(404, 'ORDER_NOT_EXIST'))
})

describe('R23 refunds', () => {
  const paidNo = async (): Promise<string> => {
    const no = newNo()
    await merchant.prepay(no)
    await workplace.pay(no, { result: 'SUCCESS', notify: 'lost' })
    return no
  }

  test('PROCESSING first, SUCCESS when its time has come, told to its notify_url', async () => {
    const no = await paidNo()
    const heard = listener(no)
    const refundNo = `R${no}`
    const asked = await merchant.refund(no, refundNo, 31_400, { notify_url: `${workplace.url}/http/payment/refund` })
    expect(asked.data).toMatchObject({ status: 'PROCESSING', out_refund_no: refundNo, amount: { refund: 31_400, total: 31_400 } })
    expect((await merchant.query(no)).data.trade_state).toBe('REFUND')
    await workplace.clock.advance(MINUTE)
    await expect(merchant.queryRefund(refundNo)).resolves.toMatchObject({
      data: { status: 'SUCCESS', success_time: expect.any(String) as string },
    })
    expect(heard()).toMatchObject([{ genuine: true, resource: { out_refund_no: refundNo, refund_status: 'SUCCESS' } }])
  })

  test('several parts, never above what was paid', async () => {
    const no = await paidNo()
    await merchant.refund(no, `A${no}`, 10_000)
    await merchant.refund(no, `B${no}`, 21_000)
    await expect(merchant.refund(no, `C${no}`, 401)).rejects.toEqual(refusal(400, 'INVALID_REQUEST'))
    await expect(merchant.refund(no, `C${no}`, 400)).resolves.toMatchObject({ status: 200 })
    await expect(merchant.refund(no, `D${no}`, 1)).rejects.toEqual(refusal(400, 'INVALID_REQUEST'))
  })

  test('the same number again is the same refund; with another amount it is refused', async () => {
    const no = await paidNo()
    const first = await merchant.refund(no, `R${no}`, 100)
    const second = await merchant.refund(no, `R${no}`, 100)
    expect(second.data.refund_id).toBe(first.data.refund_id)
    await expect(merchant.refund(no, `R${no}`, 200)).rejects.toEqual(refusal(400, 'INVALID_REQUEST'))
  })

  test('not of an unpaid or unknown trade, not with another total', async () => {
    const unpaid = newNo()
    await merchant.prepay(unpaid)
    await expect(merchant.refund(unpaid, `R${unpaid}`, 1)).rejects.toEqual(refusal(400, 'INVALID_REQUEST'))
    await expect(merchant.refund('NO-SUCH-TRADE', 'R1', 1)).rejects.toEqual(refusal(404, 'RESOURCE_NOT_EXISTS'))
    const no = await paidNo()
    await expect(merchant.refund(no, `R${no}`, 1, { amount: { refund: 1, total: 5, currency: 'CNY' } })).rejects.toEqual(
      refusal(400, 'INVALID_REQUEST'),
    )
    await expect(merchant.queryRefund('none')).rejects.toEqual(refusal(404, 'RESOURCE_NOT_EXISTS'))
  })
})
