/** Orders in memory that `decide` alone changes, their outboxes worked off into the technicians' days and the staff's list at once, as the platform works them off. */
import { decide } from '../../../cloudfunctions/domain/decide'
import type { Decision } from '../../../cloudfunctions/domain/decide'
import { needOf, slotAt } from '../../../cloudfunctions/domain/eligibility'
import type { OrderEvent } from '../../../cloudfunctions/domain/event'
import { visitOf, worksOn } from '../../../cloudfunctions/domain/order'
import type { Order, OutboxEntry, Slot } from '../../../cloudfunctions/domain/order'
import { Refusal } from '../../../cloudfunctions/domain/refusal'
import { defaultSettings } from '../../../cloudfunctions/domain/settings'
import type { Technician } from '../../../cloudfunctions/domain/technician'
import type { DecidedBy } from '../../../cloudfunctions/domain/working-hours'
import { codeFor, plus } from '../life'
import { technicianFrom } from './register'
import type { Worker } from './rules'
import { seenOf } from './seen'
import type { Raised } from './seen'
import type { Seen } from './city'
import { MINUTE } from './hours'

export const SETTINGS = defaultSettings()

export class MemoryStore {
  protected now: Date
  protected readonly orders = new Map<string, Order>()
  protected readonly technicians = new Map<string, Technician>()
  /** By the id of the record. */
  private readonly raised = new Map<string, Raised>()
  private readonly closed = new Set<string>()

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

  look(): Promise<Seen> {
    return Promise.resolve(seenOf([...this.orders.values()], [...this.technicians.values()], [...this.raised.values()], this.now))
  }

  protected order(id: string): Order {
    return this.orders.get(id)!
  }

  protected technician(id: string): Technician {
    return this.technicians.get(id)!
  }

  /** A visit is to be at that time, if the day of whoever has it allows; whoever helps and has no room then is named (R47). */
  protected setTime(id: string, at: number, by: DecidedBy, event: (slot: Slot, helpersOut: readonly string[]) => OrderEvent): Promise<string> {
    const order = this.order(id)
    const { technicianId, helpers } = visitOf(order)
    if (!technicianId) return Promise.resolve('WRONG_STATE')
    const fitAt = (who: string, whose: DecidedBy) => slotAt(this.technician(who), needOf(order, SETTINGS), new Date(at), this.now, SETTINGS, whose)
    const out = helpers.filter((helper) => !fitAt(helper, 'hand').fits)
    return this.book(order, (slot) => event(slot, out), () => {
      const fit = fitAt(technicianId, by)
      return fit.fits ? fit.slot : 'BUSY'
    })
  }

  protected change(who: string, change: Partial<Technician>): Promise<string> {
    this.technicians.set(who, { ...this.technician(who), ...change })
    return Promise.resolve('OK')
  }

  protected decide(order: Order, event: OrderEvent): Exclude<Decision, { kind: 'needs_technicians' }> {
    const knowledge = { settings: SETTINGS, codeFor }
    const first = decide(order, event, this.now, knowledge)
    if (first.kind !== 'needs_technicians') return first
    const second = decide(order, event, this.now, { ...knowledge, technicians: [...this.technicians.values()] })
    if (second.kind === 'needs_technicians') throw new Error('asked twice for technicians')
    return second
  }

  protected apply(id: string, event: OrderEvent): Promise<string> {
    // A stranger's act is not even decided (R40).
    if ('technicianId' in event && event.type !== 'decline' && !worksOn(visitOf(this.order(id)), event.technicianId)) return Promise.resolve('NOT_FOUND')
    const { order, refusal } = this.decide(this.order(id), event)
    this.write(order)
    return Promise.resolve(refusal?.code ?? 'OK')
  }

  /** What the order would refuse anyway comes before what the technician's day says, and then nothing is written. */
  protected book(order: Order, event: (slot: Slot) => OrderEvent, judge: () => Slot | string): Promise<string> {
    const slot = judge()
    const from = visitOf(order).appointmentAt ?? this.now
    const nowhere: Slot = { orderId: order._id, visitNo: visitOf(order).no, from, to: from, place: order.place }
    const { refusal } = this.decide(order, event(typeof slot === 'string' ? nowhere : slot))
    if (refusal instanceof Refusal) return Promise.resolve(refusal.code)
    return typeof slot === 'string' ? Promise.resolve(slot) : this.apply(order._id, event(slot))
  }

  protected write(order: Order): void {
    this.orders.set(order._id, { ...order, outbox: [] })
    for (const entry of order.outbox) this.carryOut(order, entry)
  }

  private carryOut(order: Order, entry: OutboxEntry): void {
    if (entry.kind === 'todo') this.leave({ orderId: order._id, what: 'todo', kind: entry.todo.kind, at: entry.todo.at }, entry.todo.id)
    if (entry.kind === 'close_todo') this.closed.add(entry.todoId)
    if (entry.kind === 'violation') this.leave({ orderId: order._id, what: 'violation', kind: `${entry.violation.kind} ${entry.violation.technicianId}`, at: entry.violation.at }, entry.violation.id)
    if (entry.kind !== 'confirm_hold' && entry.kind !== 'free_technician') return
    const who = this.technician(entry.technicianId)
    const others = who.slots.filter((slot) => slot.orderId !== order._id)
    const claim = who.claim?.orderId === order._id ? null : who.claim
    if (entry.kind === 'free_technician') void this.change(who._id, { slots: entry.awaitsCallOnly ? who.slots : others, claim })
    else void this.change(who._id, { slots: [...others, { ...entry.slot, heldUntil: null }], claim: entry.awaitsCall ? { orderId: order._id, visitNo: entry.slot.visitNo, until: plus(visitOf(order).call!.since, (SETTINGS.call.takeBackMinutes + 5) * MINUTE) } : claim })
  }

  /** What is there already stays as it was; a to-do that was closed meanwhile is opened anew. */
  private leave(raised: Raised, id: string): void {
    if (this.raised.has(id) && !this.closed.delete(id)) return
    this.raised.set(id, raised)
  }
}
