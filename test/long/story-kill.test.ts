/**
 * The story of a repair while the machine dies again and again (R04, R23, R38, R42): at most steps the workplace is killed somewhere between the request and its answer, or just after; the phone
 * sends the same request again, as phones do. In the end everything has happened, and each thing once. SEED=new makes other choices.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placeNamed } from '../../local/seed/city'
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { Order } from '../../cloudfunctions/domain/order'
import type { ActionAnswer, JobView, OrderView } from '../../typings/contract'
import { randomFrom, SEED } from '../support/random'
import type { Workplace } from '../support/workplace'
import { startWorkplace } from '../support/workplace'

const LIVES = 2
const LIN = 'oDemoLinXiaowen'
const ZHOU = 'oDemoZhouGuoping0317'
const DAY = 24 * HOUR
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

jest.setTimeout(400_000)

const chance = randomFrom(SEED)

/** A workplace that dies now and then, and whoever phones it goes on. */
class Mortal {
  deaths = 0
  private requests = 0

  private constructor(
    readonly dataDir: string,
    public workplace: Workplace,
  ) {}

  static async start(): Promise<Mortal> {
    const dataDir = mkdtempSync(join(tmpdir(), 'mortal-'))
    return new Mortal(dataDir, await begin(dataDir))
  }

  /** Does it until it is answered, dying at a moment of chance the first time; `act` must be harmless to do again. */
  async insist<Answer>(act: (workplace: Workplace) => Promise<Answer>): Promise<Answer> {
    const dies = chance(3) > 0
    for (let attempt = 0; ; attempt += 1) {
      if (attempt > 0 || !dies) return act(this.workplace)
      const answered = act(this.workplace).then(
        (answer) => ({ answer }),
        () => null,
      )
      await new Promise((resolve) => setTimeout(resolve, chance(40)))
      await this.workplace.kill()
      const before = await answered
      this.deaths += 1
      // At the same address: WeChat Pay was told where to notify us.
      this.workplace = await begin(this.dataDir, Number(new URL(this.workplace.url).port))
      // Answered before it died: what was acknowledged must stay, and is not asked for again.
      if (before) return before.answer
    }
  }

  async call<Data>(functionName: string, action: string, input: unknown, openid: string): Promise<Data> {
    const requestId = `killed-${++this.requests}-${SEED}-${action}`.slice(0, 60)
    const answer = await this.insist((workplace) => workplace.invoke<ActionAnswer<Data>>(functionName, { action, input, requestId }, openid))
    if (!answer.ok) throw new Error(`${action}: ${answer.error.code} ${answer.error.message}`)
    return answer.data
  }

  async upload(functionName: string, purpose: string, subject: string, openid: string): Promise<string> {
    const { grants } = await this.call<{ grants: { cloudPath: string }[] }>(functionName, 'grantUploads', { purpose, subject, files: [{ extension: 'png', bytes: PNG.length }] }, openid)
    return this.insist((workplace) => workplace.upload(grants[0]!.cloudPath, PNG, openid))
  }

  /** Moves the clock there; what is due is done, though it died in the middle. */
  async moveTo(ms: number): Promise<void> {
    await this.insist(async (workplace) => {
      // Moved already, and dead before the timer ran: it comes again, as it does every 20 s.
      if (Date.parse(await workplace.clock.now()) < ms) await workplace.clock.at(new Date(ms).toISOString())
      else await workplace.clock.advance(20 * SECOND)
    })
  }

  async now(): Promise<number> {
    return Date.parse(await this.workplace.clock.now())
  }
}

const begin = (dataDir: string, port = 0): Promise<Workplace> => startWorkplace({ dataDir, port, seed: 'demo', clock: 'frozen' })

async function liveThrough(city: Mortal): Promise<string> {
  // Nine in the morning of the next day: what follows fits into it.
  const nine = (Math.floor((await city.now()) / DAY) + 1) * DAY + HOUR
  await city.moveTo(nine)
  const lin = <Data = OrderView>(action: string, input: object): Promise<Data> => city.call<Data>('homeowner', action, input, LIN)
  const zhou = <Data = JobView>(action: string, input: object): Promise<Data> => city.call<Data>('technician', action, input, ZHOU)
  const { longitude, latitude } = placeNamed('梧桐里')
  const { orderId } = await lin<{ orderId: string }>('fileRepair', {
    category: 'plumbing', items: [{ code: 'tap-replace', quantity: 1 }], problem: '水龙头漏水', contact: { name: '林晓雯', honorific: '女士', phone: '13800006621' },
    place: { address: '梧桐里 6 幢', room: '1102', district: '江湾区', longitude, latitude }, wanted: { from: new Date(nine + 4 * HOUR).toISOString(), to: new Date(nine + 6 * HOUR).toISOString() },
  })
  const of = { orderId }
  await zhou('claimOffer', of)
  await visit(city, of, { lin, zhou }, { longitude, latitude }, 1)
  await zhou('signCard', { ...of, signature: await city.upload('technician', 'signature', orderId, ZHOU) })
  await lin('signWarrantyCard', { ...of, signature: await city.upload('homeowner', 'signature', orderId, LIN) })
  await leave(of, zhou, 1)
  await lin('rateVisit', { ...of, visitNo: 1, stars: 4, tags: [], comment: '' })
  await city.moveTo((await city.now()) + 2 * HOUR + SECOND)
  await lin('answerFollowUp', { ...of, visitNo: 1, satisfied: false, answers: { holds: false }, conductProper: true, stars: 4, comment: '', choice: 'same' })
  await zhou('claimOffer', of)
  await visit(city, of, { lin, zhou }, { longitude, latitude }, 2)
  await leave(of, zhou, 2)
  return orderId
}

type Says = <Data = never>(action: string, input: object) => Promise<Data>

async function visit(city: Mortal, of: { orderId: string }, { lin, zhou }: { lin: Says; zhou: Says }, position: object, visitNo: number): Promise<void> {
  await zhou('dial', of)
  const at = (await city.now()) + 3 * HOUR
  await zhou('recordCall', { ...of, outcome: 'agreed', at: new Date(at).toISOString() })
  if (visitNo === 1) {
    await lin('confirmQuote', { ...of, quoteVersion: 1 })
    const { outTradeNo } = await lin<{ outTradeNo: string }>('startPayment', { ...of, stageId: 'S1' })
    await city.insist((workplace) => workplace.pay(outTradeNo, { result: 'SUCCESS', notify: 'once' }))
    await lin('checkPayment', { ...of, outTradeNo })
  }
  const doSteps = async (...phases: string[]): Promise<void> => {
    const { steps } = await zhou<JobView>('getJob', of)
    for (const step of steps.filter(({ phase, state }) => phases.includes(phase) && state !== 'done')) {
      if (step.minSeconds > 0) {
        await zhou('startStep', { ...of, visitNo, stepId: step.id })
        await city.moveTo((await city.now()) + step.minSeconds * SECOND)
      }
      const photos: string[] = []
      for (let count = 0; count < (step.photos?.min ?? 0); count += 1) photos.push(await city.upload('technician', 'step', of.orderId, ZHOU))
      await zhou('completeStep', { ...of, visitNo, stepId: step.id, ticks: step.ticks.map(({ id }) => id), photos, note: step.note?.required ? '拧到底还在滴' : '' })
    }
  }
  await doSteps('before_setting_out')
  await city.moveTo(at - 30 * MINUTE)
  await zhou('setOut', of)
  await city.moveTo(at - 11 * MINUTE)
  await zhou('arrive', { ...of, position })
  const { doorCode } = await lin<OrderView>('getOrder', of)
  await zhou('enterDoorCode', { ...of, code: doorCode })
  await doSteps('at_door', 'work')
  await zhou('reportCompletion', { ...of, visitNo, findings: '', advice: '' })
  await lin('acceptWork', { ...of, visitNo })
}

async function leave(of: { orderId: string }, zhou: Says, visitNo: number): Promise<void> {
  await zhou('handOverParts', { ...of, visitNo, handedOver: true, note: '' })
  await zhou('checkOut', { ...of, visitNo, toolsCounted: true, nothingLeftBehind: true })
}

test(`R04 R23 R38 R42 ${LIVES} repairs lived through while the machine dies at most steps: all of it happened, each thing once (SEED=${SEED})`, async () => {
  for (let life = 0; life < LIVES; life += 1) {
    const city = await Mortal.start()
    const before = (await city.workplace.db<{ jobs: number }>('technicians', { _id: 't0317' }))[0]!.jobs
    const orderId = await liveThrough(city)
    // Leases of whoever died end; what they left is done.
    for (let count = 0; count < 3; count += 1) await city.workplace.clock.advance(25 * SECOND)
    const { workplace } = city
    const orders = await workplace.db<Order>('orders')
    expect(orders.map(({ _id, status, outbox }) => [_id, status, outbox])).toEqual([[orderId, 'in_warranty', []]])
    const kinds = orders[0]!.timeline.map(({ kind, visitNo }) => `${visitNo}:${kind}`)
    const once = ['1:filed', '1:claimed', '1:dialled', '1:appointed', '1:quote_confirmed', '1:paid', '1:set_out', '1:arrived', '1:door_opened', '1:completed', '1:accepted', '1:card_signed_technician', '1:card_signed_homeowner', '1:parts_handed', '1:checked_out', '1:rated', '1:questionnaire_sent', '1:follow_up_answered', '2:return_opened', '2:claimed', '2:appointed', '2:completed', '2:accepted', '2:checked_out']
    for (const kind of once) expect([kind, kinds.filter((other) => other === kind).length]).toEqual([kind, 1])
    expect(kinds.filter((kind) => kind.endsWith(':step_done')).length).toBe(7 + 8)
    expect(await workplace.db('payments')).toMatchObject([{ state: 'paid', booked: true, amountFen: 22_800 }])
    expect(await workplace.db('refunds')).toEqual([])
    expect(((await workplace.get('/__payments')) as { trades: { trade_state: string }[] }).trades.map((trade) => trade.trade_state)).toEqual(['SUCCESS'])
    expect(await workplace.db('ratings', { _id: `${orderId}:1` })).toMatchObject([{ stars: 4 }])
    expect((await workplace.db<{ _id: string }>('customers')).map(({ _id }) => _id)).toEqual([orderId])
    const [zhou] = await workplace.db<{ jobs: number; claim: unknown; slots: { orderId: string; visitNo: number; heldUntil: unknown; finishedAt: unknown }[] }>('technicians', { _id: 't0317' })
    expect(zhou).toMatchObject({ jobs: before + 2, claim: null })
    expect(zhou!.slots.map(({ visitNo, heldUntil, finishedAt }) => [visitNo, heldUntil, finishedAt !== null]).sort()).toEqual([[1, null, true], [2, null, true]])
    const others = await workplace.db<{ slots: unknown[]; claim: unknown }>('technicians', { _id: { $ne: 't0317' } })
    expect(others.every(({ slots, claim }) => slots.length === 0 && claim === null)).toBe(true)
    const messages = await workplace.db<{ _id: string; openid: string; title: string }>('messages')
    expect(messages.filter(({ openid, title }) => openid === LIN && title === '保修卡').length).toBeGreaterThanOrEqual(1)
    expect(await workplace.db('todos', { state: 'open' })).toEqual([])
    expect(city.deaths).toBeGreaterThan(15)
    await workplace.kill()
    rmSync(city.dataDir, { recursive: true })
  }
})
