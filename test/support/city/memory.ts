/** A city of the product's rules alone: `decide` on orders in memory, their outboxes worked off into the technicians' days at once. No functions, no database, no waiting. */
import { decide } from '../../../cloudfunctions/domain/decide'
import type { Decision } from '../../../cloudfunctions/domain/decide'
import { eligibility, fittingSlot, needOf, slotAt, unqualified } from '../../../cloudfunctions/domain/eligibility'
import type { OrderEvent } from '../../../cloudfunctions/domain/event'
import { fileOrder } from '../../../cloudfunctions/domain/file-order'
import { personFrom } from '../../../cloudfunctions/domain/handlers/dispatch'
import { visitOf } from '../../../cloudfunctions/domain/order'
import type { Actor, Offer, Order, OutboxEntry, Slot } from '../../../cloudfunctions/domain/order'
import { Refusal } from '../../../cloudfunctions/domain/refusal'
import { defaultSettings } from '../../../cloudfunctions/domain/settings'
import { MINUTE } from '../../../cloudfunctions/domain/shanghai'
import { pendingClaim } from '../../../cloudfunctions/domain/technician'
import type { Technician } from '../../../cloudfunctions/domain/technician'
import { helperSlot } from '../../../cloudfunctions/platform/add-helper'
import { leaveRefusal } from '../../../cloudfunctions/domain/working-hours'
import type { DecidedBy } from '../../../cloudfunctions/domain/working-hours'
import { codeFor, filing, plus } from '../life'
import type { City, Seen } from './city'
import { technicianFrom } from './register'
import { seenOf, setOutWith } from './seen'
import type { Raised } from './seen'
import type { Request, Spot, Worker } from './rules'

const SETTINGS = defaultSettings()
const STAFF: Actor = { role: 'staff', id: 'lu-min', name: '陆敏' }

export class MemoryCity implements City {
  private now: Date
  private readonly orders = new Map<string, Order>()
  private readonly technicians = new Map<string, Technician>()
  private readonly raised: Raised[] = []
  private readonly openTodos = new Set<string>()

  constructor(workers: readonly Worker[], now: number) {
    this.now = new Date(now)
    for (const worker of workers) this.technicians.set(worker.id, technicianFrom(worker))
  }

  moveTo(now: number): Promise<void> {
    this.now = new Date(now)
    return Promise.resolve()
  }

  sweep(): Promise<void> {
    const due = [...this.orders.values()].filter(({ nextWorkAt }) => nextWorkAt && nextWorkAt <= this.now)
    // All are decided by the technicians as they were, as a page of the sweep is.
    const decided = due.map((order) => this.decide(order, { type: 'tick' }))
    for (const { order } of decided) this.write(order)
    return Promise.resolve()
  }

  file({ id, spot, trade, needsPaper, lasts, from, to, account, emergency }: Request): Promise<void> {
    const base = filing()
    const order = fileOrder(
      {
        ...base, _id: id, number: id, homeownerId: account, category: { code: trade, name: trade, icon: '', certificate: needsPaper }, emergency, quote: null, wanted: { from: new Date(from), to: new Date(to) },
        items: [{ code: 'x', name: '修', unit: '次', quantity: 1, pricing: 'on_site', minutes: lasts / MINUTE }], customer: { ...base.customer, _id: id, ...spot },
      },
      this.now,
      { settings: SETTINGS, codeFor, technicians: [...this.technicians.values()] },
    )
    this.write(order)
    return Promise.resolve()
  }

  claim(by: string, id: string): Promise<string> {
    const [order, who] = [this.order(id), this.technician(by)]
    const offer = offersNow(order).find(({ technicianId }) => technicianId === by)
    if (!offer) return Promise.resolve('NOT_FOUND')
    if (visitOf(order).technicianId === by) return Promise.resolve('OK')
    if (who.suspended) return Promise.resolve('SUSPENDED')
    const isAlone = offersNow(order).some((each) => each.technicianId === by && each.state === 'open' && each.alone)
    return this.book(order, (slot) => ({ type: 'claim', technician: personFrom(who), slot }), () => {
      if (!who.onDuty && !isAlone) return 'OFF_DUTY'
      if (unqualified(who, needOf(order, SETTINGS), this.now)) return 'FORBIDDEN'
      const pending = pendingClaim(who, this.now)
      if (pending && pending.orderId !== id) return 'BUSY'
      const fit = fittingSlot(who, needOf(order, SETTINGS), this.now, SETTINGS, isAlone ? 'self' : 'offer')
      return fit.fits ? fit.slot : 'BUSY'
    })
  }

  assign(to: string, id: string): Promise<string> {
    const [order, who] = [this.order(id), this.technician(to)]
    if (visitOf(order).technicianId === to) return Promise.resolve('OK')
    return this.book(order, (slot) => ({ type: 'assign', technician: personFrom(who), slot, distanceMetres: 0, reason: '就近', by: STAFF }), () => {
      const verdict = eligibility(who, needOf(order, SETTINGS), this.now, SETTINGS, 'hand')
      return verdict.eligible ? verdict.slot : ({ suspended: 'SUSPENDED', time: 'BUSY', call: 'BUSY', person: 'INVALID_INPUT' } as const)[verdict.cause]
    })
  }

  agree(by: string, id: string, at: number): Promise<string> {
    if (visitOf(this.order(id)).technicianId !== by) return Promise.resolve('NOT_FOUND')
    return this.setTime(id, at, 'self', (slot) => ({ type: 'record_call', technicianId: by, outcome: 'agreed', appointmentAt: new Date(at), slot, corrections: {} }))
  }

  tellDelay(by: string, id: string, at: number): Promise<string> {
    if (visitOf(this.order(id)).technicianId !== by) return Promise.resolve('NOT_FOUND')
    return this.setTime(id, at, 'self', (slot) => ({ type: 'tell_delay', at: new Date(at), slot, reason: '堵车', by: this.actor(by) }))
  }

  tellOurDelay = (id: string, at: number): Promise<string> => this.setTime(id, at, 'hand', (slot) => ({ type: 'tell_delay', at: new Date(at), slot, reason: '人手不够', by: STAFF }))
  moveByHomeowner = (id: string, at: number): Promise<string> => this.setTime(id, at, 'offer', (slot) => ({ type: 'move_appointment', at: new Date(at), slot, reason: '', by: this.homeowner(id) }))
  moveByStaff = (id: string, at: number): Promise<string> => this.setTime(id, at, 'hand', (slot) => ({ type: 'move_appointment', at: new Date(at), slot, reason: '业主来电', by: STAFF }))
  agreeDelay = (id: string, at: number): Promise<string> => this.apply(id, { type: 'agree_delay', at: new Date(at), by: this.homeowner(id) })
  askAnother = (id: string, from: number, to: number): Promise<string> => this.apply(id, { type: 'ask_another', wanted: { from: new Date(from), to: new Date(to) }, reason: '等不了', by: this.homeowner(id) })
  widen = (id: string, radiusFactor: number): Promise<string> => this.apply(id, { type: 'widen_search', radiusFactor, reason: '没人接', by: STAFF })
  doorCall = (by: string, id: string, answered: boolean): Promise<string> => this.apply(id, { type: 'record_door_call', technicianId: by, answered })
  sayAtHome = (id: string): Promise<string> => this.apply(id, { type: 'say_at_home', by: this.homeowner(id) })
  leaveNote = (by: string, id: string): Promise<string> => this.apply(id, { type: 'leave_note', technicianId: by })
  rebook = (id: string, from: number, to: number, same: boolean): Promise<string> => this.apply(id, { type: 'rebook', wanted: { from: new Date(from), to: new Date(to) }, same, by: this.homeowner(id) })
  partsCame = (id: string): Promise<string> => this.apply(id, { type: 'parts_arrived', by: STAFF })

  /** Whoever helps need not have the trade or be near (R47). */
  addHelper(id: string, who: string): Promise<string> {
    const [order, technician] = [this.order(id), this.technician(who)]
    return this.book(order, (slot) => ({ type: 'add_helper', technician: personFrom(technician), slot, by: STAFF }), () => {
      const slot = helperSlot(order, technician, STAFF, this.now, SETTINGS)
      return slot instanceof Refusal ? slot.code : slot
    })
  }

  removeHelper = (id: string, who: string): Promise<string> => this.apply(id, { type: 'remove_helper', helperId: who, reason: '够了', by: STAFF })

  leaveCrew(by: string, id: string): Promise<string> {
    const { technicianId, helpers } = visitOf(this.order(id))
    if (technicianId === by) return Promise.resolve('WRONG_STATE')
    return helpers.includes(by) ? this.apply(id, { type: 'remove_helper', helperId: by, reason: '病了', by: this.actor(by) }) : Promise.resolve('NOT_FOUND')
  }

  waitForParts(by: string, id: string, expectedAt: number): Promise<string> {
    if (visitOf(this.order(id)).technicianId !== by) return Promise.resolve('NOT_FOUND')
    return this.apply(id, { type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: new Date(expectedAt), by: this.actor(by) })
  }

  decline(by: string, id: string): Promise<string> {
    if (!offersNow(this.order(id)).some((offer) => offer.technicianId === by)) return Promise.resolve('NOT_FOUND')
    return this.apply(id, { type: 'decline', technicianId: by, reason: '太远' })
  }

  giveBack = (by: string, id: string): Promise<string> => this.apply(id, { type: 'give_back', technicianId: by, reason: '车坏了' })
  cancel = (id: string): Promise<string> => this.apply(id, { type: 'cancel', reason: '不修了', by: this.homeowner(id) })
  dial = (by: string, id: string): Promise<string> => this.apply(id, { type: 'dial', technicianId: by })
  noAnswer = (by: string, id: string): Promise<string> => this.apply(id, { type: 'record_call', technicianId: by, outcome: 'no_answer', appointmentAt: null, slot: null, corrections: {} })

  wrongNumber = (by: string, id: string): Promise<string> => this.apply(id, { type: 'record_call', technicianId: by, outcome: 'wrong_number', appointmentAt: null, slot: null, corrections: {} })
  correctNumber = (id: string): Promise<string> => this.apply(id, { type: 'correct_contact', by: STAFF, corrections: { name: null, honorific: null, phone: '13800006622', onSite: null, room: null } })

  arrive = (by: string, id: string): Promise<string> => this.apply(id, { type: 'arrive', technicianId: by, place: this.order(id).place, reason: '' })

  async setOut(by: string, id: string): Promise<string> {
    for (const event of setOutWith(this.order(id), by)) {
      const code = await this.apply(id, event)
      if (code !== 'OK') return code
    }
    return 'OK'
  }

  goOnDuty(who: string, at: Spot): Promise<string> {
    const { suspended, onDuty } = this.technician(who)
    if (suspended) return Promise.resolve('SUSPENDED')
    return this.change(who, { onDuty: true, position: at, positionAt: this.now, ...(onDuty ? {} : { dutySince: this.now, freeSince: null }) })
  }

  goOffDuty = (who: string): Promise<string> => this.change(who, { onDuty: false, dutySince: null, position: null, positionAt: null })
  report = (who: string, at: Spot): Promise<string> => (this.technician(who).onDuty ? this.change(who, { position: at, positionAt: this.now }) : Promise.resolve('OFF_DUTY'))

  async suspend(who: string, suspended: boolean): Promise<string> {
    await this.change(who, { suspended })
    const { openid } = this.technician(who)
    for (const order of suspended ? [...this.orders.values()].filter(({ offeredTo }) => offeredTo.includes(who)) : []) await this.apply(order._id, { type: 'heed_register', personId: who, openid, suspended, by: STAFF })
    return 'OK'
  }

  takeLeave(who: string, from: number, to: number): Promise<string> {
    const leave = { id: String(from), from: new Date(from), to: new Date(to), reason: '家里有事' }
    const refusal = leaveRefusal(this.technician(who), leave, this.now)
    return refusal ? Promise.resolve(refusal.code) : this.change(who, { leave: [...this.technician(who).leave, leave] })
  }

  cancelLeave(who: string, from: number): Promise<string> {
    const leave = this.technician(who).leave
    if (leave.some((each) => each.id === String(from) && each.to <= this.now)) return Promise.resolve('WRONG_STATE')
    return this.change(who, { leave: leave.filter((each) => each.id !== String(from)) })
  }

  look(): Promise<Seen> {
    return Promise.resolve(seenOf([...this.orders.values()], [...this.technicians.values()], this.raised, this.now))
  }

  private order(id: string): Order {
    return this.orders.get(id)!
  }

  private technician(id: string): Technician {
    return this.technicians.get(id)!
  }

  private actor(id: string): Actor {
    return { role: 'technician', id, name: id }
  }

  private homeowner(id: string): Actor {
    return { role: 'homeowner', id: this.order(id).homeownerId }
  }

  /** A visit is to be at that time, if the day of whoever has it allows. */
  private setTime(id: string, at: number, by: DecidedBy, event: (slot: Slot) => Extract<OrderEvent, { helpersOut?: readonly string[] }>): Promise<string> {
    const order = this.order(id)
    const holder = visitOf(order).technicianId
    if (!holder) return Promise.resolve('WRONG_STATE')
    const hasRoom = (who: string): boolean => slotAt(this.technician(who), needOf(order, SETTINGS), new Date(at), this.now, SETTINGS, 'hand').fits
    const helpersOut = visitOf(order).helpers.filter((who) => !hasRoom(who))
    return this.book(order, (slot) => ({ ...event(slot), helpersOut }), () => {
      const fit = slotAt(this.technician(holder), needOf(order, SETTINGS), new Date(at), this.now, SETTINGS, by)
      return fit.fits ? fit.slot : 'BUSY'
    })
  }

  private change(who: string, change: Partial<Technician>): Promise<string> {
    this.technicians.set(who, { ...this.technician(who), ...change })
    return Promise.resolve('OK')
  }

  private decide(order: Order, event: OrderEvent): Exclude<Decision, { kind: 'needs_technicians' }> {
    const knowledge = { settings: SETTINGS, codeFor }
    const first = decide(order, event, this.now, knowledge)
    if (first.kind !== 'needs_technicians') return first
    const second = decide(order, event, this.now, { ...knowledge, technicians: [...this.technicians.values()] })
    if (second.kind === 'needs_technicians') throw new Error('asked twice for technicians')
    return second
  }

  private apply(id: string, event: OrderEvent): Promise<string> {
    // A stranger's act is not even decided (R40).
    if ('technicianId' in event && event.type !== 'decline' && visitOf(this.order(id)).technicianId !== event.technicianId) return Promise.resolve('NOT_FOUND')
    const { order, refusal } = this.decide(this.order(id), event)
    this.write(order)
    return Promise.resolve(refusal?.code ?? 'OK')
  }

  /** What the order would refuse anyway comes before what the technician's day says, and then nothing is written. */
  private book(order: Order, event: (slot: Slot) => OrderEvent, judge: () => Slot | string): Promise<string> {
    const slot = judge()
    const nowhere: Slot = { orderId: order._id, visitNo: visitOf(order).no, from: visitOf(order).appointmentAt ?? this.now, to: this.now, place: order.place }
    const { refusal } = this.decide(order, event(typeof slot === 'string' ? nowhere : slot))
    if (refusal instanceof Refusal) return Promise.resolve(refusal.code)
    return typeof slot === 'string' ? Promise.resolve(slot) : this.apply(order._id, event(slot))
  }

  private write(order: Order): void {
    this.orders.set(order._id, { ...order, outbox: [] })
    for (const entry of order.outbox) this.carryOut(order, entry)
  }

  private carryOut(order: Order, entry: OutboxEntry): void {
    // One that is open stays as it is.
    if (entry.kind === 'todo' && !this.openTodos.has(entry.todo.id)) this.raised.push({ orderId: order._id, what: 'todo', kind: entry.todo.kind, at: entry.todo.at })
    if (entry.kind === 'todo') this.openTodos.add(entry.todo.id)
    if (entry.kind === 'close_todo') this.openTodos.delete(entry.todoId)
    if (entry.kind === 'violation') this.raised.push({ orderId: order._id, what: 'violation', kind: `${entry.violation.kind} ${entry.violation.technicianId}`, at: entry.violation.at })
    if (entry.kind !== 'confirm_hold' && entry.kind !== 'free_technician') return
    const who = this.technician(entry.technicianId)
    const others = who.slots.filter((slot) => slot.orderId !== order._id)
    const claim = who.claim?.orderId === order._id ? null : who.claim
    if (entry.kind === 'free_technician') void this.change(who._id, { slots: entry.awaitsCallOnly ? who.slots : others, claim })
    else void this.change(who._id, { slots: [...others, { ...entry.slot, heldUntil: null }], claim: entry.awaitsCall ? { orderId: order._id, visitNo: entry.slot.visitNo, until: plus(visitOf(order).call!.since, (SETTINGS.call.takeBackMinutes + 5) * MINUTE) } : claim })
  }
}

/** What was offered of the present visit. */
const offersNow = (order: Order): Offer[] => order.offers.filter(({ visitNo }) => visitNo === visitOf(order).no)
