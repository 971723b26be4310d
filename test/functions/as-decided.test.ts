/** What is read back is what was decided (design: one guarded write): random lives of orders, each step written as the platform writes it and read back through the real SDK. */
import * as fc from 'fast-check'
import type { collection as collectionOf, replaceFields as replaceFieldsOf } from '../../cloudfunctions/platform/db'
import { decide } from '../../cloudfunctions/domain/decide'
import type { OrderEvent } from '../../cloudfunctions/domain/event'
import type { Order } from '../../cloudfunctions/domain/order'
import { visitOf } from '../../cloudfunctions/domain/order'
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { knowledge, Life, O, plus } from '../support/life'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
withProduct()
let platform: { collection: typeof collectionOf; replaceFields: typeof replaceFieldsOf }
beforeAll(async () => {
  // Loaded with the workplace's variables, as a function instance is.
  platform = await import('../../cloudfunctions/platform/db')
})

/** What may be tried at any moment; the rules refuse what does not fit. */
const eventOf = (life: Life, pick: number): OrderEvent => {
  const visit = visitOf(life.order)
  const technicianId = visit.technicianId ?? life.order.offeredTo[0] ?? 't1'
  const by = { role: 'homeowner' as const, id: life.order.homeownerId }
  const at = plus(life.now, 3 * HOUR)
  const step = ['kit', 'door', 'protect', 'repair', 'test', 'explain', 'clean'].find((id) => !visit.steps.some((record) => record.id === id && record.doneAt)) ?? 'kit'
  const ticks: Record<string, string[]> = { kit: ['badge', 'brochure', 'shoe_covers', 'sheets', 'cloth', 'materials'], door: ['badge_shown', 'shoe_covers_on'], protect: ['valuables', 'consent_to_move', 'covered', 'mat'], explain: ['shown', 'care'], clean: ['wiped', 'put_back', 'rubbish'] }
  const photos = ['protect', 'repair', 'test', 'clean'].includes(step) ? [`${step}-${life.order.version}`] : []
  const stage = life.order.stages.at(-1)
  const events: OrderEvent[] = [
    { type: 'tick' },
    { type: 'see_offer', technicianId },
    { type: 'claim', technician: life.person(technicianId), slot: life.slot(at) },
    { type: 'decline', technicianId, reason: '😡"太远"\n<b>' },
    { type: 'dial', technicianId },
    { type: 'record_call', technicianId, outcome: 'agreed', appointmentAt: at, slot: life.slot(at), corrections: {} },
    { type: 'record_call', technicianId, outcome: 'no_answer', appointmentAt: null, slot: null, corrections: {} },
    { type: 'confirm_quote', version: 1 },
    { type: 'open_payment', stageId: 'S1' },
    stage?.openAttempt ? { type: 'payment_received', outTradeNo: stage.openAttempt, stageId: stage.id, amountFen: stage.amountFen, transactionId: 'tx', paidAt: life.now } : { type: 'tick' },
    { type: 'set_out', technicianId },
    { type: 'arrive', technicianId, place: O, reason: '' },
    { type: 'enter_door_code', technicianId, code: life.doorCode },
    { type: 'enter_door_code', technicianId, code: 'none' },
    { type: 'start_step', technicianId, visitNo: visit.no, stepId: 'test' },
    { type: 'complete_step', technicianId, visitNo: visit.no, stepId: step, ticks: ticks[step] ?? [], photos, note: '' },
    { type: 'complete_step', technicianId, visitNo: visit.no, stepId: step, ticks: ticks[step] ?? [], photos, note: '' },
    { type: 'report_completion', technicianId, visitNo: visit.no, findings: '', advice: '换' },
    { type: 'accept', visitNo: visit.no, by, note: '' },
    { type: 'report_missing', visitNo: visit.no, missing: ['还差'] },
    { type: 'sign_card', by: { role: 'technician', id: technicianId, name: '周' }, file: 's1', maskedName: '' },
    { type: 'sign_card', by, file: 's2', maskedName: '林**' },
    { type: 'hand_over_parts', technicianId, visitNo: visit.no, handedOver: true, note: '' },
    { type: 'check_out', technicianId, visitNo: visit.no, toolsCounted: true, nothingLeftBehind: true },
    { type: 'rate', visitNo: 1, stars: 2, tags: ['准时'], comment: '' },
    { type: 'give_back', technicianId, reason: '来不了' },
    { type: 'cancel', settledFen: 0, reason: '不修了', by },
  ]
  return events[pick % events.length]!
}

/** A step of a life: what is tried, and how much time goes by before. Most lives walk on; some wander. */
const moves = fc.array(fc.record({ pick: fc.nat({ max: 26 }), minutes: fc.oneof(fc.constant(0), fc.constantFrom(1, 2, 3, 16, 130, 1500)) }), { minLength: 5, maxLength: 45 })

/** The walk of a repair that goes well, so that late states are reached too. */
const WALK = [2, 4, 5, 7, 8, 9, 15, 10, 11, 12, 15, 15, 15, 14, 15, 15, 15, 17, 18, 20, 21, 22, 23, 24, 2, 4, 5]

test('every order that was decided is read back as it was decided, dates as dates, empty lists and texts included', async () => {
  let written = 0
  const states = new Set<string>()
  const walk = async (id: string, picks: { pick: number; minutes: number }[]) => {
    const life = new Life(undefined, { _id: id, number: id })
    let before: Order = life.order
    const orders = platform.collection('orders')
    expect(await orders.add(before)).toBe(true)
    expect(await orders.get(id)).toEqual(before)
    for (const { pick, minutes } of picks) {
      life.now = plus(life.now, minutes * MINUTE)
      const event = eventOf(life, pick)
      let decision = decide(life.order, event, life.now, knowledge())
      if (decision.kind === 'needs_technicians') decision = decide(life.order, event, life.now, knowledge(life.technicians))
      if (decision.kind !== 'changed') continue
      const next = decision.order
      const kept = structuredClone(next)
      expect(await orders.update({ _id: id, version: before.version }, platform.replaceFields(before, next))).toBe(1)
      const read = await orders.get(id)
      expect(read).toEqual(kept)
      // Writing did not touch what was decided, and the same guarded write again finds nothing.
      expect(next).toEqual(kept)
      expect(await orders.update({ _id: id, version: before.version }, platform.replaceFields(before, next))).toBe(0)
      life.order = read as Order
      before = life.order
      states.add(life.order.status)
      written += 1
    }
  }
  await walk('walk-1', WALK.map((pick, index) => ({ pick, minutes: pick === 15 && index > 6 ? 3 : 0 })))
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: WALK.length }), moves, async (from, wander) => walk(`life-${++run}`, [...WALK.slice(0, from).map((pick) => ({ pick, minutes: pick === 15 ? 3 : 0 })), ...wander])),
    { numRuns: 10, endOnFailure: true },
  )
  expect(written).toBeGreaterThan(100)
  // Random lives reach most states; which ones is left to chance.
  expect(states.size).toBeGreaterThanOrEqual(7)
})

test('a field that vanished is removed, nested objects are replaced and not merged, undefined leaves nothing behind', async () => {
  const settings = platform.collection('settings')
  const before = { _id: 'as-decided', kept: { a: 1, b: { c: [1, { d: null }] } }, gone: 1, list: [{ x: 1 }] }
  await settings.add(before)
  const next = { _id: 'as-decided', kept: { b: { c: [] } }, list: [], empty: {}, moment: new Date('2026-11-23T01:00:00.123Z'), nothing: undefined }
  expect(await settings.update({ _id: before._id }, platform.replaceFields(before, next))).toBe(1)
  const { nothing: _gone, ...wanted } = next
  expect(await settings.get(before._id)).toEqual(wanted)
})
