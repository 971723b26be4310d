import { createHash } from 'node:crypto'
import { decide } from '../../cloudfunctions/domain/decide'
import type { Decision } from '../../cloudfunctions/domain/decide'
import type { Filing, Knowledge, OrderEvent } from '../../cloudfunctions/domain/event'
import { durationOf } from '../../cloudfunctions/domain/eligibility'
import { fileOrder } from '../../cloudfunctions/domain/file-order'
import { personFrom } from '../../cloudfunctions/domain/handlers/dispatch'
import { doorCodePurpose } from '../../cloudfunctions/domain/handlers/visit'
import { fen } from '../../cloudfunctions/domain/money'
import type { Order, QuoteLine, Slot } from '../../cloudfunctions/domain/order'
import { visitOf } from '../../cloudfunctions/domain/order'
import type { Refusal } from '../../cloudfunctions/domain/refusal'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { standardOf } from '../../cloudfunctions/domain/standards'
import { BLANK_REGISTER } from '../../cloudfunctions/domain/technician'
import type { Technician } from '../../cloudfunctions/domain/technician'

/** Orders and technicians for tests of the rules: invented, in memory, with a clock that the test holds. */

export const O = { longitude: 120.2, latitude: 30.2 }
/** A place `km` north of O. */
export const north = (km: number) => ({ longitude: O.longitude, latitude: O.latitude + km / 111.194927 })
/** Monday 2026-11-23 09:00 in Shanghai. */
export const MONDAY_9 = new Date('2026-11-23T01:00:00Z')
export const at = (base: Date, clock: string): Date => {
  const [minutes = '0', seconds = '0'] = clock.split(':')
  return new Date(base.getTime() + Number(minutes) * MINUTE + Number(seconds) * 1000)
}
export const plus = (base: Date, ms: number): Date => new Date(base.getTime() + ms)

export const codeFor: Knowledge['codeFor'] = (purpose, alphabet, length) =>
  [...createHash('sha256').update(purpose).digest().subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('')

export const knowledge = (technicians?: readonly Technician[]): Knowledge => ({ settings: defaultSettings(), codeFor, ...(technicians ? { technicians } : {}) })

export const technician = (id: string, change: Partial<Technician> = {}): Technician => ({
  _id: id, openid: `wx-${id}`, staffNumber: id, name: `${id}某`, ...BLANK_REGISTER, photo: '', skills: ['plumbing'], certificates: [], base: north(1), district: '江湾区', radiusMetres: 8_000, dailyCapacity: 8,
  suspended: false, suspendedReason: '', stars: null, jobs: 0, onDuty: true, dutySince: plus(MONDAY_9, -2 * HOUR), position: north(1), positionAt: plus(MONDAY_9, -MINUTE), freeSince: null, claim: null,
  slots: [], slotsVersion: 0, ...change,
})

const line = (id: string, amount: number): QuoteLine => ({
  id, itemCode: 'tap', name: '换水龙头', unit: '个', quantity: 1, material: '', brand: '', maker: '', grade: '', materialFen: fen(0), labourFen: fen(amount), labourSteps: 1, amountFen: fen(amount), warrantyMonths: 24,
})

export const filing = (change: Partial<Filing> = {}): Filing => ({
  _id: 'order-1', number: 'SF1123-0001', source: 'mini_program', homeownerId: 'wx-home', category: { code: 'plumbing', name: '水路', icon: 'tap', certificate: false },
  items: [{ code: 'tap', name: '换水龙头', unit: '个', quantity: 1, pricing: 'instant', minutes: 60 }], problem: '厨房龙头关不紧，一直滴水', requests: '', photos: [], video: null,
  wanted: { from: plus(MONDAY_9, 5 * HOUR), to: plus(MONDAY_9, 7 * HOUR) }, emergency: false,
  customer: { _id: 'order-1', name: '林晓', honorific: '女士', phone: '13800006621', onSite: null, address: '梧桐里6幢', room: '2单元1102', district: '江湾区', ...O },
  quote: { lines: [line('L1', 22_800), line('L2', 8_600)], priceBookVersion: 1 }, ...change,
})

/** Two near, two a little further: enough for two waves. */
export const fourTechnicians = (): Technician[] => [1, 1.5, 2, 2.5].map((km, index) => technician(`t${index + 1}`, { position: north(km), base: north(km) }))

/** An order that lives in memory, with the technicians who may be asked. */
export class Life {
  order: Order
  now: Date

  constructor(
    readonly technicians: readonly Technician[] = fourTechnicians(),
    change: Partial<Filing> = {},
    now = MONDAY_9,
  ) {
    this.now = now
    this.order = fileOrder(filing(change), now, knowledge(technicians))
  }

  /** Decides as the platform does: asked for technicians, it looks them up and decides again. */
  try(event: OrderEvent, when: Date = this.now): Refusal | null {
    this.now = when
    let decision: Decision = decide(this.order, event, when, knowledge())
    if (decision.kind === 'needs_technicians') decision = decide(this.order, event, when, knowledge(this.technicians))
    if (decision.kind === 'needs_technicians') throw new Error('asked twice for technicians')
    this.order = decision.order
    return decision.refusal
  }

  do(event: OrderEvent, when?: Date): this {
    const refusal = this.try(event, when)
    if (refusal) throw new Error(`${event.type}: ${refusal.code} ${refusal.message}`)
    return this
  }

  tick(when: Date): this {
    return this.do({ type: 'tick' }, when)
  }

  get visit() {
    return visitOf(this.order)
  }

  /** What a state is told with. */
  reading(now = this.now) {
    return { now, settings: defaultSettings() }
  }

  person(id: string) {
    const found = this.technicians.find((candidate) => candidate._id === id)
    if (!found) throw new Error(`no technician ${id}`)
    return personFrom(found)
  }

  slot(from: Date): Slot {
    return { orderId: this.order._id, visitNo: this.visit.no, from, to: plus(from, durationOf(this.order, defaultSettings())), place: O }
  }

  claim(id: string, when?: Date) {
    return this.try({ type: 'claim', technician: this.person(id), slot: this.slot(this.order.wanted.from) }, when)
  }

  record(outcome: 'agreed' | 'no_answer' | 'wrong_number', when?: Date, appointmentAt: Date | null = null) {
    return this.try({ type: 'record_call', technicianId: this.visit.technicianId ?? '', outcome, appointmentAt, slot: appointmentAt && this.slot(appointmentAt), corrections: {} }, when)
  }

  get doorCode() {
    return codeFor(doorCodePurpose(this.order._id, this.visit.no, this.visit.technicianId), '0123456789', 4)
  }

  /** Dialled and agreed with the technician who has the order. */
  agree(appointmentAt: Date): this {
    this.do({ type: 'dial', technicianId: this.visit.technicianId ?? '' })
    const refusal = this.record('agreed', undefined, appointmentAt)
    if (refusal) throw new Error(refusal.message)
    return this
  }

  pay(): this {
    const version = this.order.quotes.at(-1)?.version ?? 0
    this.do({ type: 'confirm_quote', version })
    const stage = this.order.stages.at(-1)
    if (!stage) throw new Error('no stage')
    this.do({ type: 'open_payment', stageId: stage.id })
    return this.do({ type: 'payment_received', outTradeNo: `${this.order.stages.at(-1)?.openAttempt}`, stageId: stage.id, amountFen: stage.amountFen, transactionId: 'tx-1', paidAt: this.now })
  }

  /** Does every undone step of these phases with the least evidence that passes. */
  steps(...phases: ('before_setting_out' | 'at_door' | 'work')[]): this {
    const technicianId = this.visit.technicianId ?? ''
    for (const step of standardOf(this.visit.standard).steps.filter((each) => phases.includes(each.phase as 'work'))) {
      if (this.visit.steps.some((record) => record.id === step.id && record.doneAt)) continue
      if (step.minSeconds > 0) {
        this.do({ type: 'start_step', technicianId, visitNo: this.visit.no, stepId: step.id })
        this.now = plus(this.now, step.minSeconds * 1000)
      }
      this.do({
        type: 'complete_step', technicianId, visitNo: this.visit.no, stepId: step.id, ticks: step.ticks.map((tick) => tick.id),
        photos: Array.from({ length: step.photos?.min ?? 0 }, (_, index) => `${step.id}-${this.order.version}-${index}`), note: step.note?.required ? '说明' : '',
      })
    }
    return this
  }

  /** From scheduled to the completion report. */
  visitDone(): this {
    const technicianId = this.visit.technicianId ?? ''
    this.steps('before_setting_out')
    this.do({ type: 'set_out', technicianId })
    this.do({ type: 'arrive', technicianId, place: O, reason: '' })
    this.do({ type: 'enter_door_code', technicianId, code: this.doorCode })
    this.steps('at_door', 'work')
    return this.do({ type: 'report_completion', technicianId, visitNo: this.visit.no, findings: '', advice: '' })
  }

  /** From awaiting acceptance to the rest in warranty. */
  close(): this {
    const technicianId = this.visit.technicianId ?? ''
    this.do({ type: 'accept', visitNo: this.visit.no, by: { role: 'homeowner', id: this.order.homeownerId }, note: '' })
    if (this.order.card && !this.order.card.technicianSigned) {
      this.do({ type: 'sign_card', by: { role: 'technician', id: technicianId, name: '' }, file: 'sign-1', maskedName: '' })
      this.do({ type: 'sign_card', by: { role: 'homeowner', id: this.order.homeownerId }, file: 'sign-2', maskedName: '林**' })
    }
    this.do({ type: 'hand_over_parts', technicianId, visitNo: this.visit.no, handedOver: true, note: '' })
    return this.do({ type: 'check_out', technicianId, visitNo: this.visit.no, toolsCounted: true, nothingLeftBehind: true })
  }

  /** What the outbox holds of a kind. */
  out<K extends Order['outbox'][number]['kind']>(kind: K) {
    return this.order.outbox.filter((entry): entry is Extract<Order['outbox'][number], { kind: K }> => entry.kind === kind)
  }

  todos() {
    return this.out('todo').map((entry) => entry.todo.kind)
  }

  told(kind: Order['timeline'][number]['kind']) {
    return this.order.timeline.filter((entry) => entry.kind === kind)
  }

  offered() {
    return [...this.order.offeredTo].sort()
  }
}
