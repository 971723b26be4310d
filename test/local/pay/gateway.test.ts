/** What guards the gateway, how it misbehaves on demand, its bill, and what it remembers. */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'
import { Merchant, refusal } from './merchant'

const DAY = 86_400_000
const PAY_ENVIRONMENT = Object.fromEntries(
  ['PUBLIC_KEY_ID', 'PUBLIC_KEY', 'APIV3_KEY'].map((name) => [`WECHATPAY_${name}`, `{{env.WECHATPAY_${name}}}`]),
)
let workplace: TestWorkplace
let merchant: Merchant
const fault = (kind: string): Promise<unknown> => workplace.post('/__pay-faults', { fault: kind })
const heard = (outTradeNo: string): number => {
  const file = join(workplace.scratch, 'notifications')
  return existsSync(file) ? readFileSync(file, 'utf8').split(outTradeNo).length - 1 : 0
}

beforeAll(async () => {
  workplace = await startTestWorkplace({ payment: { http: '/payment', envVariables: PAY_ENVIRONMENT } })
  merchant = new Merchant(workplace)
})
afterAll(() => workplace.stop())

test('requests that are not the merchant’s are refused: other key, other merchant, other serial, none, altered', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  const strangers = [{ privateKey: privateKey.toString('base64') }, { mchid: '1900009999' }, { serial: 'OTHER' }]
  for (const change of strangers) await expect(new Merchant(workplace, change).query('T1')).rejects.toEqual(refusal(401, 'SIGN_ERROR'))
  const unsigned = await fetch(`${workplace.url}/v3/pay/transactions/out-trade-no/T1?mchid=1900000001`)
  expect(unsigned.status).toBe(401)
  expect(unsigned.headers.get('wechatpay-signature')).toBeTruthy()
})

test('a request whose time is more than five minutes off is refused', async () => {
  const real = Date.now()
  const now = jest.spyOn(Date, 'now').mockImplementation(() => real - 302_000)
  try {
    await expect(merchant.query('T1')).rejects.toEqual(refusal(401, 'SIGN_ERROR'))
  } finally {
    now.mockRestore()
  }
})

test('callers live by the moved clock (functions) or by this machine’s (programs outside): both are believed and answered in kind', async () => {
  const moved = Date.parse(await workplace.clock.advance(40 * DAY))
  await expect(merchant.prepay('T-OUTSIDE-1')).resolves.toMatchObject({ status: 200 })
  const now = jest.spyOn(Date, 'now').mockImplementation(() => moved)
  try {
    await expect(merchant.prepay('T-INSIDE-1')).resolves.toMatchObject({ status: 200 })
  } finally {
    now.mockRestore()
  }
})

test('R23 a forged answer makes the library throw; the next one is believed', async () => {
  await merchant.prepay('T-FORGED-1')
  await fault('forged-answer')
  await expect(merchant.query('T-FORGED-1')).rejects.toMatchObject({ code: 'EV3_RES_HEADER_SIGNATURE_DIGEST' })
  await expect(merchant.query('T-FORGED-1')).resolves.toMatchObject({ data: { trade_state: 'NOTPAY' } })
})

test('unavailable and busy carry nothing out; a lost answer was carried out', async () => {
  await fault('unavailable')
  await expect(merchant.prepay('T-FAULT-1')).rejects.toEqual(refusal(500, 'SYSTEM_ERROR'))
  await fault('busy')
  await expect(merchant.prepay('T-FAULT-1')).rejects.toEqual(refusal(429, 'FREQUENCY_LIMITED'))
  await expect(merchant.query('T-FAULT-1')).rejects.toEqual(refusal(404, 'ORDER_NOT_EXIST'))
  await fault('lost-answer')
  await expect(merchant.prepay('T-FAULT-2')).rejects.toMatchObject({ code: 'ECONNRESET' })
  await expect(merchant.query('T-FAULT-2')).resolves.toMatchObject({ data: { trade_state: 'NOTPAY' } })
})

test('R23 a notification that is not accepted comes again after 15 s, 15 s, 30 s, 3 min …', async () => {
  const refuseAll = join(workplace.scratch, 'refuse-all')
  writeFileSync(refuseAll, '')
  await merchant.prepay('T-RETRY-1')
  await workplace.pay('T-RETRY-1', { result: 'SUCCESS' })
  const counts = [heard('T-RETRY-1')]
  for (const seconds of [14, 1, 15, 29, 1, 180]) {
    await workplace.clock.advance(seconds * 1000)
    counts.push(heard('T-RETRY-1'))
  }
  expect(counts).toEqual([1, 1, 2, 3, 3, 4, 5])
  rmSync(refuseAll)
  await workplace.clock.advance(DAY)
  await workplace.clock.advance(DAY)
  expect(heard('T-RETRY-1')).toBe(6)
})

test('a merchant with the public key has no platform certificates; unknown addresses say so', async () => {
  await expect(merchant.get('v3/certificates')).rejects.toEqual(refusal(404, 'RESOURCE_NOT_EXISTS'))
  await expect(merchant.get('v3/pay/nothing')).rejects.toEqual(refusal(404, 'RESOURCE_NOT_EXISTS'))
  await expect(merchant.get('v3/refund/domestic/refunds')).rejects.toEqual(refusal(405, 'METHOD_NOT_ALLOWED'))
})

test('R23 the bill of a day lists what was paid and given back, adds up, and matches its hash', async () => {
  // A day of its own: what other tests paid is not on it.
  await workplace.clock.advance(DAY)
  await merchant.prepay('T-BILL-1', { description: '水龙头, 更换' })
  await workplace.pay('T-BILL-1', { result: 'SUCCESS', notify: 'lost' })
  await merchant.prepay('T-BILL-2')
  await workplace.pay('T-BILL-2', { result: 'SUCCESS', notify: 'lost' })
  await merchant.prepay('T-BILL-3')
  await merchant.refund('T-BILL-1', 'R-BILL-1', 1_450)
  const day = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)
  const today = day(Date.parse(await workplace.clock.now()))
  await expect(merchant.bill({ bill_date: today })).rejects.toEqual(refusal(400, 'INVALID_REQUEST'))
  const nextNoon = Date.parse(`${today}T12:00:00+08:00`) + DAY
  await workplace.clock.at(new Date(nextNoon).toISOString())
  await expect(merchant.bill({ bill_date: day(nextNoon - 5 * DAY) })).rejects.toEqual(refusal(400, 'NO_STATEMENT_EXIST'))
  await expect(merchant.bill({ bill_date: 'yesterday' })).rejects.toEqual(refusal(400, 'PARAM_ERROR'))
  const { data } = await merchant.bill({ bill_date: today, bill_type: 'ALL' })
  const token = new URL(String(data.download_url)).searchParams.get('token') ?? ''
  const csv = Buffer.from((await merchant.download({ token })).data as ArrayBuffer).toString()
  expect(createHash('sha1').update(csv).digest('hex')).toBe(data.hash_value)
  const lines = csv.replace('\ufeff', '').trim().split('\r\n')
  expect(lines).toHaveLength(1 + 3 + 2)
  expect(lines[0]!.split(',')).toHaveLength(27)
  for (const line of lines.slice(1, 4)) {
    expect(line.split(',')).toHaveLength(27)
    expect(line).toMatch(/^`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,`wx0000000000000001,`1900000001,/)
  }
  expect(lines[3]).toContain('`R-BILL-1,`14.50')
  expect(lines[5]).toBe('`3,`628.00,`14.50,`0.00,`3.67000,`628.00,`14.50')
  // 手续费 is rounded line by line; its total is what the lines add up to.
  const fees = lines.slice(1, 4).map((line) => Number(line.split(',')[22]!.slice(1)))
  expect(fees.reduce((total, one) => total + one, 0)).toBeCloseTo(3.67, 5)
  const zipped = await merchant.bill({ bill_date: today, bill_type: 'SUCCESS', tar_type: 'GZIP' })
  const zipToken = new URL(String(zipped.data.download_url)).searchParams.get('token') ?? ''
  // The same bill, asked for packed and plain, is two files.
  const packed = await merchant.bill({ bill_date: today, bill_type: 'ALL', tar_type: 'GZIP' })
  expect(packed.data.download_url).not.toBe(data.download_url)
  expect(Buffer.from((await merchant.download({ token })).data as ArrayBuffer).toString()).toBe(csv)
  expect(gunzipSync(Buffer.from((await merchant.download({ token: zipToken })).data as ArrayBuffer)).toString()).toContain('`T-BILL-2')
})

test('R23 trades, refunds and waiting notifications survive kill -9 and come to the address of the next start', async () => {
  await merchant.prepay('T-KILL-1')
  await workplace.pay('T-KILL-1', { result: 'SUCCESS', notify: 'late' })
  await merchant.refund('T-KILL-1', 'R-KILL-1', 100)
  await workplace.kill()
  const again = await workplace.again()
  await expect(merchant.query('T-KILL-1')).resolves.toMatchObject({ data: { trade_state: 'REFUND' } })
  expect(heard('T-KILL-1')).toBe(0)
  await again.clock.advance(600_000)
  expect(heard('T-KILL-1')).toBe(1)
  const list = (await again.get('/__payments')) as { refunds: { out_refund_no: string; status: string }[]; notifications: unknown[] }
  expect(list.refunds.find((one) => one.out_refund_no === 'R-KILL-1')).toMatchObject({ status: 'SUCCESS' })
  expect(list.notifications).toEqual([])
  await again.stop()
})
