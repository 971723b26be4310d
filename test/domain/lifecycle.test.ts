import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { heldFen } from '../../cloudfunctions/domain/handlers/refund'
import type { Order } from '../../cloudfunctions/domain/order'
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { tryable } from '../support/explore'
import { Life, plus } from '../support/life'
import { lifecycleDocument } from '../support/lifecycle-document'

test('docs/lifecycle.md is what the code does (npm run diagram)', () => {
  expect(readFileSync(path.resolve(__dirname, '../../docs/lifecycle.md'), 'utf8')).toBe(lifecycleDocument())
})

/** What is true of every order at every moment. */
const invariants = (before: Order, after: Order): void => {
  const claimed = after.offers.filter((offer) => offer.state === 'claimed')
  for (const visit of after.visits) expect(claimed.filter((offer) => offer.visitNo === visit.no).length).toBeLessThanOrEqual(1)
  const visit = after.visits.at(-1)!
  if (visit.technicianId) expect(after.offers.some((offer) => offer.technicianId === visit.technicianId && offer.state === 'claimed' && offer.visitNo === visit.no)).toBe(true)
  if (['claimed', 'scheduled', 'on_the_way', 'arrived', 'working'].includes(after.status)) expect(visit.technicianId).not.toBeNull()
  if (['cancelled', 'archived'].includes(after.status)) expect(after.deadlines).toEqual([])

  // R19: nobody sets out or works on what is not confirmed and paid.
  const owing = after.stages.some((stage) => stage.state === 'due')
  if (['on_the_way'].includes(after.status) && visit.kind === 'repair') expect(owing).toBe(false)

  // R23: integer fen, stages never above what was confirmed, refunds never above payments.
  const confirmed = after.quotes.find((quote) => quote.state === 'confirmed')
  const wanted = after.stages.filter((stage) => stage.state !== 'void')
  if (after.status !== 'cancelled' && confirmed) expect(wanted.reduce((sum, stage) => sum + (stage.payment ? heldFen(stage) : stage.amountFen), 0)).toBe(confirmed.totalFen)
  for (const stage of after.stages) {
    expect(Number.isInteger(stage.amountFen) && stage.refundedFen <= stage.amountFen).toBe(true)
    const refunds = after.outbox.filter((entry) => entry.kind === 'refund' && entry.outTradeNo === stage.payment?.outTradeNo)
    expect(refunds.reduce((sum, entry) => sum + (entry.kind === 'refund' ? entry.amountFen : 0), 0)).toBeLessThanOrEqual(stage.amountFen)
    expect(heldFen(stage)).toBeGreaterThanOrEqual(0)
  }
  expect(after.quotes.filter((quote) => quote.state === 'confirmed').length).toBeLessThanOrEqual(1)
  const open = after.quotes.filter((quote) => quote.state === 'sent' || quote.state === 'pending')
  expect(open.length).toBeLessThanOrEqual(1)
  // R22: beside what is confirmed only a change of it can be open.
  if (confirmed && open[0]) expect(open[0].change?.baseVersion).toBe(confirmed.version)

  // R38: nothing is lost or rewritten.
  const kept = after.timeline.slice(0, Math.max(0, after.timeline.length - (after.timeline.length - before.timeline.length)))
  if (after.timeline.length >= before.timeline.length && after.timeline.length < 120) expect(JSON.stringify(kept)).toBe(JSON.stringify(before.timeline))
  expect(after.version === before.version || after.version === before.version + 1).toBe(true)

  // Nothing that the SDK would drop.
  const holes = (value: unknown): boolean =>
    value === undefined || (typeof value === 'object' && value !== null && !(Object.prototype.toString.call(value) === '[object Date]') && Object.values(value).some(holes))
  expect(holes(after)).toBe(false)
  expect(after.nextWorkAt === null).toBe(after.deadlines.length === 0 && after.outbox.length === 0)
}

describe('R06 R19 R23 R38 R42 random lives keep the rules', () => {
  test('invariants hold after any sequence of events and pauses', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ pick: fc.nat(10_000), pause: fc.oneof(fc.constant(1000), fc.constant(121_000), fc.constant(6 * MINUTE), fc.constant(25 * HOUR)) }), { minLength: 20, maxLength: 90 }), (moves) => {
        const life = new Life()
        for (const { pick, pause } of moves) {
          const before = life.order
          const events = tryable(life)
          life.try(events[pick % events.length]!, plus(life.now, pause))
          invariants(before, life.order)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('R42 deciding is the same whether the timer looked all the time or once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 5, maxLength: 25 }), fc.integer({ min: 1, max: 30 }), (picks, hours) => {
        const life = new Life()
        for (const pick of picks) {
          const events = tryable(life)
          life.try(events[pick % events.length]!, plus(life.now, 1000))
        }
        const verdicts = (each: Life, before = Number.POSITIVE_INFINITY) => each.order.timeline.filter((entry) => entry.at.getTime() < before && ['call_late', 'arrival_late', 'quote_expired', 'follow_up_overdue', 'follow_up_task', 'taken_back'].includes(entry.kind)).map((entry) => `${entry.kind} ${entry.at.toISOString()}`)
        const asleep = Object.assign(Object.create(Life.prototype) as Life, life)
        const end = plus(life.now, hours * HOUR)
        asleep.tick(end)
        const awake = Object.assign(Object.create(Life.prototype) as Life, life)
        for (let when = plus(life.now, 5 * MINUTE); when < end; when = plus(when, 5 * MINUTE)) awake.tick(when)
        awake.tick(end)
        // A step that was carried out in time leads further; up to the first one, not a verdict may be missing or invented.
        const steps = awake.order.timeline.filter((entry) => entry.at > life.now && ['wave_sent', 'nobody_claims', 'questionnaire_sent', 'archived'].includes(entry.kind))
        const firstStep = Math.min(...steps.map((entry) => entry.at.getTime()))
        expect(verdicts(asleep, firstStep)).toEqual(verdicts(awake, firstStep))
        expect(new Set(verdicts(awake)).size).toBe(verdicts(awake).length)
        expect(new Set(verdicts(asleep)).size).toBe(verdicts(asleep).length)
      }),
      { numRuns: 40 },
    )
  })
})
