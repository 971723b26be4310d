/** Payment and money back (R17a, R23), through the functions and WeChat Pay's stand-in with every way in which a notification can go wrong. */
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

const TOTAL = 31_400

/** Filed and confirmed, with the payment open. */
const payable = async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.confirm()
  const outTradeNo = await repair.startPayment()
  return { repair, orderId: repair.orderId, homeowner: repair.homeowner, outTradeNo, pay: (notify: Parameters<Repair['pay']>[0]) => product.workplace.pay(outTradeNo, { result: 'SUCCESS', notify }) }
}

const stage = async ({ repair }: { repair: Repair }) => (await repair.order()).stages[0]!
const paidLines = async ({ repair }: { repair: Repair }) => (await repair.told()).filter((kind) => kind === 'paid').length
const check = ({ homeowner, orderId, outTradeNo }: Awaited<ReturnType<typeof payable>>) => homeowner.do('checkPayment', { orderId, outTradeNo })

test('R17a, R23 paid by the exact amount once WeChat says so; the sheet shows our terms', async () => {
  const one = await payable()
  const { params } = await one.homeowner.do('startPayment', { orderId: one.orderId, stageId: 'S1' })
  expect(await product.workplace.post('/__pay/verify', params, one.homeowner.openid)).toMatchObject({ outTradeNo: one.outTradeNo, total: TOTAL, description: expect.stringContaining(one.repair.number) as unknown })
  expect(await check(one)).toEqual({ state: 'not_paid' })
  await one.pay('once')
  expect(await stage(one)).toMatchObject({ state: 'paid', payment: { outTradeNo: one.outTradeNo }, openAttempt: null })
  expect(await check(one)).toEqual({ state: 'paid' })
  expect(await one.homeowner.refused('startPayment', { orderId: one.orderId, stageId: 'S1' })).toMatchObject({ code: 'WRONG_STATE' })
  expect(await product.find('payments', { _id: one.outTradeNo })).toMatchObject([{ state: 'paid', booked: true, nextWorkAt: null, amountFen: TOTAL }])
})

test('R23 starting again takes the same attempt up; two at once open one', async () => {
  const repair = await Repair.file(product, { near: 0 })
  await repair.confirm()
  const { homeowner, orderId } = repair
  const both = await Promise.all([1, 2].map(() => homeowner.do('startPayment', { orderId, stageId: 'S1' })))
  expect(new Set(both.map(({ outTradeNo }) => outTradeNo)).size).toBe(1)
  const again = await homeowner.do('startPayment', { orderId, stageId: 'S1' })
  expect(again.outTradeNo).toBe(both[0]!.outTradeNo)
  expect((await stage({ repair })).attempts).toBe(1)
})

test('R23 a lost notification: checking after the sheet books it', async () => {
  const one = await payable()
  await one.pay('lost')
  expect((await stage(one)).state).toBe('due')
  expect(await check(one)).toEqual({ state: 'paid' })
  expect(await stage(one)).toMatchObject({ state: 'paid' })
})

test('R23 a lost notification and a phone that never asks: the clock asks WeChat and books it', async () => {
  const one = await payable()
  await one.pay('lost')
  await product.advance(59 * SECOND)
  expect((await stage(one)).state).toBe('due')
  await product.advance(SECOND)
  expect(await stage(one)).toMatchObject({ state: 'paid' })
  await product.advance(HOUR)
  expect(await paidLines(one)).toBe(1)
})

test.each(['twice', 'late', 'replayed'] as const)('R23 a notification that comes %s changes nothing more', async (how) => {
  const one = await payable()
  await one.pay(how)
  await product.advance(MINUTE)
  await product.advance(10 * MINUTE)
  await product.advance(MINUTE)
  expect(await stage(one)).toMatchObject({ state: 'paid' })
  expect(await paidLines(one)).toBe(1)
  expect((await one.homeowner.inbox()).filter((message) => message.text.startsWith('付款成功'))).toHaveLength(1)
})

test.each([
  ['forged', []],
  ['wrong-amount', ['payment_mismatch']],
  ['wrong-merchant', ['payment_mismatch']],
] as const)('R23 a notification that is %s books nothing', async (how, todos) => {
  const one = await payable()
  await product.workplace.pay(one.outTradeNo, { result: 'CANCEL', notify: how })
  expect(await stage(one)).toMatchObject({ state: 'due', payment: null })
  expect(await product.todos(one.orderId)).toEqual(todos)
  expect(await check(one)).toEqual({ state: 'not_paid' })
  // The real payment still goes through.
  await one.pay('once')
  expect(await stage(one)).toMatchObject({ state: 'paid' })
})

test('R23 a wrong amount for something that was paid: the truth is asked for and booked, finance look at it', async () => {
  const one = await payable()
  await one.pay('wrong-amount')
  expect(await stage(one)).toMatchObject({ state: 'paid' })
  expect((await product.find('payments', { _id: one.outTradeNo }))[0]).toMatchObject({ amountFen: TOTAL, booked: true })
  expect(await product.todos(one.orderId)).toEqual(['payment_mismatch'])
})

test('R23 what is no notification is turned away', async () => {
  const post = (body: string, headers: Record<string, string> = {}) => fetch(`${product.workplace.url}/http/payment`, { method: 'POST', body, headers }).then((answer) => answer.status)
  expect(await post('{}')).toBe(400)
  expect(await post('not json', { 'wechatpay-timestamp': '1', 'wechatpay-nonce': 'n', 'wechatpay-serial': 's', 'wechatpay-signature': 'AAAA' })).toBe(401)
  expect((await fetch(`${product.workplace.url}/http/payment`)).status).toBe(400)
  expect(await product.workplace.invoke('payment', {})).toMatchObject({ statusCode: 403 })
})

test('R23 an attempt that expired unpaid is closed; the next one is another, and only one is open', async () => {
  const one = await payable()
  await product.advance(31 * MINUTE)
  expect(await product.find('payments', { _id: one.outTradeNo })).toMatchObject([{ state: 'closed', nextWorkAt: null }])
  expect((await stage(one)).openAttempt).toBeNull()
  const next = await one.repair.startPayment()
  expect(next).not.toBe(one.outTradeNo)
  await expect(one.pay('once')).rejects.toThrow(/ORDER_CLOSED/)
  await product.workplace.pay(next, { result: 'SUCCESS', notify: 'once' })
  expect(await stage(one)).toMatchObject({ state: 'paid', payment: { outTradeNo: next } })
})

test('R23 an expired attempt is replaced at once when the homeowner presses pay, though the timer slept', async () => {
  const one = await payable()
  await product.sleepTo(new Date((await product.now()).getTime() + 30 * MINUTE))
  const next = await one.repair.startPayment()
  expect(next).not.toBe(one.outTradeNo)
  expect((await stage(one)).openAttempt).toBe(next)
})

test('R23 an attempt that WeChat Pay knows with other terms is closed, and another one is paid', async () => {
  const one = await payable()
  await product.db.collection('payments').doc(one.outTradeNo).update({ description: '换了说法', prepayId: product.db.command.set(null) })
  const next = await one.repair.startPayment()
  expect(next).not.toBe(one.outTradeNo)
  await expect(one.pay('once')).rejects.toThrow(/ORDER_CLOSED/)
  await product.workplace.pay(next, { result: 'SUCCESS', notify: 'once' })
  expect(await stage(one)).toMatchObject({ state: 'paid', payment: { outTradeNo: next } })
  expect((await product.find('payments', { orderId: one.repair.orderId })).map((payment) => payment.state).sort()).toEqual(['closed', 'paid'])
})

test('R23 two attempts for one stage, both paid: the first counts, the second goes back by itself, staff and homeowner are told', async () => {
  const one = await payable()
  // The first is paid while its notification is lost and the phone is away; it is taken for expired only if nobody had paid it.
  await one.pay('lost')
  await product.sleepTo(new Date((await product.now()).getTime() + 40 * MINUTE))
  expect(await one.homeowner.refused('startPayment', { orderId: one.orderId, stageId: 'S1' })).toMatchObject({ code: 'WRONG_STATE' })
  await product.sweep()
  expect(await stage(one)).toMatchObject({ state: 'paid', payment: { outTradeNo: one.outTradeNo } })

  const twice = await payable()
  const other = `${twice.outTradeNo.slice(0, -1)}9`
  const document = (await product.find('payments', { _id: twice.outTradeNo }))[0]!
  await product.put('payments', { ...document, _id: other })
  // Another attempt that our own closing missed, entered with WeChat and paid.
  await enterTrade(other, twice.homeowner.openid, twice.orderId)
  await twice.pay('once')
  await product.workplace.pay(other, { result: 'SUCCESS', notify: 'once' })
  expect(await stage(twice)).toMatchObject({ state: 'paid', payment: { outTradeNo: twice.outTradeNo } })
  expect(await product.todos(twice.orderId)).toEqual(['surplus_payment'])
  expect((await twice.homeowner.inbox()).map((message) => message.text)).toContainEqual(expect.stringContaining('多付的一笔'))
  await product.advance(MINUTE)
  await product.advance(2 * MINUTE)
  expect(await product.find('refunds', { outTradeNo: other })).toMatchObject([{ state: 'succeeded', amountFen: TOTAL, booked: true }])
  expect((await twice.repair.told()).filter((kind) => kind === 'refunded')).toHaveLength(1)
  expect(await stage(twice)).toMatchObject({ state: 'paid', refundedFen: 0 })
})

/** Enters a trade at the gateway past our own function, signed as ours are. */
const enterTrade = async (outTradeNo: string, openid: string, attach: string): Promise<void> => {
  const gateway = await import('../../cloudfunctions/platform/payments/gateway')
  const { readFileSync } = await import('node:fs')
  const secrets = JSON.parse(readFileSync(`${product.workplace.dataDir}/secrets.json`, 'utf8')) as { merchant: { privateKey: string }; merchantSerial: string; platform: { publicKey: string }; platformKeyId: string }
  Object.assign(process.env, {
    WECHATPAY_MCHID: '1900000001', WECHATPAY_APPID: 'wx0000000000000001', WECHATPAY_SERIAL: secrets.merchantSerial, WECHATPAY_PRIVATE_KEY: secrets.merchant.privateKey,
    WECHATPAY_PUBLIC_KEY_ID: secrets.platformKeyId, WECHATPAY_PUBLIC_KEY: secrets.platform.publicKey, WECHATPAY_BASE_URL: `${product.workplace.url}/`, WECHATPAY_NOTIFY_URL: `${product.workplace.url}/http/payment`,
  })
  const ahead = (await product.now()).getTime() - Date.now()
  jest.useFakeTimers({ now: Date.now() + ahead, doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance', 'hrtime'] })
  try {
    const answer = await gateway.enterPrepay({ outTradeNo, description: '第二笔', amountFen: TOTAL, openid, attach, expiresAt: new Date(Date.now() + HOUR) })
    expect(answer).toMatchObject({ kind: 'ok' })
  } finally {
    jest.useRealTimers()
  }
}

test('R23 cancelled before setting out: nothing settled, all of it back, once; shown before it is confirmed', async () => {
  const one = await payable()
  await one.pay('once')
  const preview = await one.homeowner.do('previewCancel', { orderId: one.orderId })
  expect(preview).toMatchObject({ settledFen: 0, refundedFen: TOTAL, paidFen: TOTAL, sentence: '现在取消不收费，¥314.00 原路退回' })
  expect(preview.lines.map(({ labourSettledFen, materialSettledFen }) => labourSettledFen + materialSettledFen)).toEqual([0, 0])
  expect((await one.repair.order()).status).toBe('dispatching')
  await one.homeowner.do('cancelOrder', { orderId: one.orderId, reason: '自己修好了' }, 'cancel-000001')
  await one.homeowner.do('cancelOrder', { orderId: one.orderId, reason: '自己修好了' }, 'cancel-000001')
  expect(await stage(one)).toMatchObject({ state: 'refunding' })
  await product.advance(MINUTE)
  await product.advance(2 * MINUTE)
  expect(await stage(one)).toMatchObject({ state: 'refunded', refundedFen: TOTAL })
  const { refunds } = (await product.workplace.get('/__payments')) as { refunds: { out_trade_no: string; refund: number }[] }
  expect(refunds.filter((refund) => refund.out_trade_no === one.outTradeNo)).toMatchObject([{ refund: TOTAL }])
  expect(await one.homeowner.do('getOrder', { orderId: one.orderId })).toMatchObject({ status: 'cancelled', stages: [{ state: 'refunded', refundedFen: TOTAL }] })
})

test.each([1, 2, 3, 4, 5, 6])('R23 paid at the moment of cancelling (%i): cancelled, all money back, one refund', async () => {
  const one = await payable()
  await Promise.all([one.homeowner.call('cancelOrder', { orderId: one.orderId, reason: '不修了' }), one.pay('once').catch(() => null)])
  for (let n = 0; n < 4; n += 1) await product.advance(2 * MINUTE)
  const order = await one.repair.order()
  expect(order.status).toBe('cancelled')
  const { trades, refunds } = (await product.workplace.get('/__payments')) as { trades: { out_trade_no: string; paidAt?: number }[]; refunds: { out_trade_no: string; refund: number }[] }
  const paid = trades.some((trade) => trade.out_trade_no === one.outTradeNo && trade.paidAt !== undefined)
  expect(refunds.filter((refund) => refund.out_trade_no === one.outTradeNo).map((refund) => refund.refund)).toEqual(paid ? [TOTAL] : [])
  expect(order.stages[0]?.state).toBe(paid ? 'refunded' : 'void')
  expect(order.outbox).toEqual([])
})

test('R23 cancelling closes the open attempt: nobody can pay it any more', async () => {
  const one = await payable()
  await one.homeowner.do('cancelOrder', { orderId: one.orderId, reason: '不修了' })
  await product.advance(20 * SECOND)
  await expect(one.pay('once')).rejects.toThrow(/ORDER_CLOSED/)
  expect(await product.find('payments', { _id: one.outTradeNo })).toMatchObject([{ state: 'closed', nextWorkAt: null }])
})

test.each(['unavailable', 'busy', 'forged-answer'] as const)('R23 a gateway that is %s: nothing is charged, the sentence says so, and the next press goes through', async (fault) => {
  const repair = await Repair.file(product, { near: 0 })
  await repair.confirm()
  await product.workplace.post('/__pay-faults', { fault, times: 1 })
  expect(await repair.homeowner.refused('startPayment', { orderId: repair.orderId, stageId: 'S1' })).toMatchObject({ code: 'PAYMENT_UNAVAILABLE', message: expect.stringContaining('没有扣款') as unknown })
  const outTradeNo = await repair.startPayment()
  await product.workplace.pay(outTradeNo, { result: 'SUCCESS' })
  expect(await stage({ repair })).toMatchObject({ state: 'paid', attempts: 1 })
})

test('R23 an answer lost on the way to us: the same attempt is taken up', async () => {
  const repair = await Repair.file(product, { near: 0 })
  await repair.confirm()
  await product.workplace.post('/__pay-faults', { fault: 'lost-answer', times: 1 })
  await repair.homeowner.refused('startPayment', { orderId: repair.orderId, stageId: 'S1' })
  await product.workplace.pay(await repair.startPayment(), { result: 'SUCCESS' })
  expect(await stage({ repair })).toMatchObject({ state: 'paid', attempts: 1 })
})

test('R23 a refund that WeChat does not take at once is tried until it is done', async () => {
  const one = await payable()
  await one.pay('once')
  await product.workplace.post('/__pay-faults', { fault: 'unavailable', times: 2 })
  await one.homeowner.do('cancelOrder', { orderId: one.orderId, reason: '不修了' })
  for (let n = 0; n < 6; n += 1) await product.advance(2 * MINUTE)
  expect(await stage(one)).toMatchObject({ state: 'refunded' })
})
