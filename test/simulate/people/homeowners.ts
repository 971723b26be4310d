/** What homeowners do: file, pay, change their mind, answer. */
import type { Filing } from '../city/filings'
import { HABITS } from '../habits'
import { orderKey, type Repair, type Town } from '../town'

export function planFiling(town: Town, repair: Repair): void {
  town.plan(repair.filing.at, `file ${repair.filing.no}`, [orderKey(repair)], () => file(town, repair), 'search')
}

async function file(town: Town, repair: Repair): Promise<void> {
  const { filing } = repair
  const answer = await town.line.call('homeowner', filing.openid, 'fileRepair', asFiledNow(filing, town.now))
  if (!answer.ok) throw new Error(`order ${filing.no} was not taken: ${answer.error.message}`)
  town.filed(repair, answer.data.orderId, answer.data.number)
  if (!town.chance.is(HABITS.plan.cancelsBeforeClaim, 'order', filing.no, 'thinks better of it')) return
  town.plan(town.in(town.chance.between(40, 900, 'order', filing.no, 'thinks')), `cancel unclaimed ${filing.no}`, [orderKey(repair)], async () => {
    if (repair.stage === 'looking') await cancel(town, repair, '自己修好了')
  })
}

/** "As soon as can be" counts from the tap. */
const asFiledNow = ({ input, at }: Filing, now: number): Filing['input'] =>
  Date.parse(input.wanted.from) > at ? input : { ...input, wanted: { from: new Date(now).toISOString(), to: input.wanted.to } }

/** Called off, wherever it stands before the work (R23). */
export async function cancel(town: Town, repair: Repair, reason: string): Promise<void> {
  const answer = await town.line.call('homeowner', repair.filing.openid, 'cancelOrder', { orderId: repair.orderId, reason })
  if (answer.ok) town.over(repair)
}

/** A time is agreed: some pay at once, some later, some never; a few call it off before anybody sets out. */
export function afterAgreement(town: Town, repair: Repair, at: number): void {
  const { chance } = town
  const about = ['order', repair.filing.no, repair.hold] as const
  if (repair.filing.pricedAtOnce && repair.visitNo === 1 && repair.paidAt === null) {
    const pays = repair.filing.toTheEnd ? !chance.is(HABITS.plan.neverPays, ...about, 'never pays') : chance.is(HABITS.filing.paysAhead, ...about, 'pays ahead')
    if (pays) town.planJob(repair, town.in(chance.between(30, repair.filing.toTheEnd ? 400 : 900, ...about, 'pays')), 'pay', () => pay(town, repair))
  }
  if (chance.is(HABITS.plan.homeownerCancels, ...about, 'calls off')) {
    const moment = town.now + (Math.min(at, town.endsAt) - town.now) * chance.between(0.05, 0.7, ...about, 'when')
    town.planJob(repair, moment, 'call off', async () => {
      if (repair.stage === 'agreed') await cancel(town, repair, '临时有事，不修了')
    })
  }
}

/** Confirms the price and pays it (R17a, R19). */
export async function pay(town: Town, repair: Repair): Promise<void> {
  const { line } = town
  const { orderId, filing } = repair
  const confirmed = await line.call('homeowner', filing.openid, 'confirmQuote', { orderId, quoteVersion: 1 })
  if (!confirmed.ok) return
  const stage = confirmed.data.stages.find(({ state }) => state === 'due')
  if (!stage) return
  const started = await line.call('homeowner', filing.openid, 'startPayment', { orderId, stageId: stage.id })
  if (!started.ok) return
  await line.pay(started.data.outTradeNo)
  repair.paidAt = town.now
  if (repair.arrival) repair.arrival.paidAt = town.now
}

/** R15 books again in one tap, for tomorrow; most do, some days later. */
export function planRebooking(town: Town, repair: Repair): void {
  const { chance } = town
  const about = ['order', repair.filing.no, repair.visitNo] as const
  if (!chance.is(HABITS.afterwards.rebooks, ...about, 'rebooks')) return
  town.plan(town.in(chance.between(600, 7_200, ...about, 'when')), `rebook ${repair.filing.no}`, [orderKey(repair)], async () => {
    const seen = await town.line.call('homeowner', repair.filing.openid, 'getOrder', { orderId: repair.orderId })
    const [first] = seen.ok ? (seen.data.rebook?.options.slice(-1) ?? []) : []
    if (!first) return
    const answer = await town.line.call('homeowner', repair.filing.openid, 'rebook', { orderId: repair.orderId, wanted: { from: first.from, to: first.to }, same: true })
    if (!answer.ok) return
    repair.wanted = { from: Date.parse(first.from), to: Date.parse(first.to) }
    town.searchAgain(repair)
  }, 'alone')
}

/** R32 the questionnaire, two hours after completion; who is not satisfied gets somebody again, free (R33). */
export function planAnswer(town: Town, repair: Repair): void {
  const { chance } = town
  const about = ['order', repair.filing.no, repair.visitNo] as const
  if (!chance.is(HABITS.afterwards.answersQuestions, ...about, 'answers')) return
  const visitNo = repair.visitNo
  town.plan(town.in(7_200 + chance.between(60, 5_400, ...about, 'when')), `answer ${repair.filing.no}`, [orderKey(repair)], async () => {
    const satisfied = !chance.is(HABITS.afterwards.notSatisfied, ...about, 'not satisfied')
    const answer = await town.line.call('homeowner', repair.filing.openid, 'answerFollowUp', {
      orderId: repair.orderId, visitNo, satisfied, answers: { holds: satisfied, clean: true, overcharged: false }, conductProper: true, stars: satisfied ? 5 : 2, comment: '',
      ...(satisfied ? {} : { choice: chance.is(0.5, ...about, 'same') ? ('same' as const) : ('another' as const) }),
    })
    if (answer.ok && !satisfied) town.searchAgain(repair)
  }, 'alone')
}
