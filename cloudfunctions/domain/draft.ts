import type { TemplateKey } from '../../typings/contract'
import { deadlinesFrom, dueOutsideNight, startedBy } from './deadlines'
import type { DeadlineId, Moment } from './deadlines'
import type { Knowledge } from './event'
import type { Actor, DeedKind, Order, OutboxWork, Person, Todo, TodoKind, Violation, Visit } from './order'
import { personOf, visitOf } from './order'
import { standardOf } from './standards'
import type { Standard } from './standards'
import { after, SECOND } from './shanghai'
import type { TimelineKind } from './timeline'

/** An outbox entry belongs to the function that wrote it for this long; then the clock takes it up. */
export const OUTBOX_LEASE_MS = 20 * SECOND

/** How many entries of the recent timeline an order holds; older ones roll into child documents. */
export const RECENT_TIMELINE = 120

/** Before the title of whatever is about an emergency. */
export const EMERGENCY_MARK = '【急修】'

interface TodoOptions {
  /** Red: staff must act now. */
  urgent?: boolean
  subject?: string
  /** What people wrote in their own words: for the list, never for the robot's group. */
  words?: string
  visit?: Visit
}

/** A working copy of an order with the verbs that handlers write with. `now` is the moment that is being decided, which for a late verdict lies in the past. */
export class Draft {
  readonly order: Order
  now: Date

  constructor(
    order: Order,
    readonly knowledge: Knowledge,
    now: Date,
  ) {
    this.order = order
    this.now = now
  }

  get settings() {
    return this.knowledge.settings
  }

  get visit(): Visit {
    return visitOf(this.order)
  }

  get standard(): Standard {
    return standardOf(this.visit.standard)
  }

  /** The technician of the current visit. */
  get technician(): Person | null {
    return personOf(this.order, this.visit.technicianId)
  }

  /** 周师傅 */
  get technicianName(): string {
    return shortName(this.technician)
  }

  /** Adds a line to the timeline. Its id is derived from its place, so that it stays the same when a lost race decides again. */
  tell(kind: TimelineKind, by: Actor, data: Record<string, string> = {}, internal = false): void {
    this.order.timeline.push({ id: `${this.order.version + 1}.${this.order.timeline.length}`, at: this.now, by, kind, data, visitNo: this.visit.no, internal })
  }

  /** Whether the timeline tells of that since a moment. */
  told(kind: TimelineKind, since: Date): boolean {
    return this.order.timeline.some((entry) => entry.kind === kind && entry.at >= since)
  }

  /** Puts work into the outbox. `id` makes doing it twice harmless; the same id is put in once. */
  put(id: string, work: OutboxWork): void {
    const full = `${this.order._id}:${id}`
    if (this.order.outbox.some((entry) => entry.id === full)) return
    this.order.outbox.push({ id: full, attempts: 0, nextAt: this.now, ...work })
  }

  messageHomeowner(id: string, template: TemplateKey, blanks: Record<string, string>, { mustReach = false } = {}): void {
    this.put(`message:${id}:homeowner`, { kind: 'message', to: { role: 'homeowner', openid: this.order.homeownerId }, template, blanks: this.blanks({ about: this.order.title, page: `homeowner/order/order?id=${this.order._id}`, ...blanks }), visitNo: this.visit.no, at: this.now, mustReach })
  }

  messageTechnician(id: string, person: Person | null, template: TemplateKey, blanks: Record<string, string>, { mustReach = false } = {}): void {
    if (!person?.openid) return
    this.put(`message:${id}:${person.id}`, { kind: 'message', to: { role: 'technician', openid: person.openid }, template, blanks: this.blanks({ about: `${this.order.maskedPlace || this.order.district} ${this.order.title}`, page: `technician/job/job?id=${this.order._id}`, ...blanks }), visitNo: this.visit.no, at: this.now, mustReach })
  }

  private blanks(own: Record<string, string>): Record<string, string> {
    const { order } = this
    return { orderId: order._id, number: order.number, visitNo: String(this.visit.no), problem: order.title, category: order.category.name, name: this.technicianName, staffNumber: this.technician?.staffNumber ?? '', ...own }
  }

  /**
   * Leaves something for staff, and tells them through the robot. `subject` tells one occasion from the next of the same kind; by default it is the present claim of the visit, or the present search.
   * One that is open stays as it is; one that was closed meanwhile, by hand too, is opened again: it has happened anew.
   */
  todo(kind: TodoKind, role: Todo['role'], title: string, detail: string, { urgent = true, subject = this.occasion, words = '', visit = this.visit }: TodoOptions = {}): void {
    const { order } = this
    const id = `${order._id}:${kind}:${visit.no}.${subject}`
    if (!order.todos.some((open) => open.id === id)) order.todos.push({ id, kind, visitNo: visit.no })
    const todo: Todo = {
      id, kind, orderId: order._id, orderNumber: order.number, visitNo: visit.no, urgent: urgent || order.emergency, title: order.emergency ? `${EMERGENCY_MARK}${title}` : title, detail, words, role, at: this.now,
    }
    this.put(`todo:${id}:${order.version + 1}`, { kind: 'todo', todo })
  }

  /** Tells this claim, or this search, from the next. */
  private get occasion(): string {
    return String((this.visit.claimedAt ?? this.order.dispatch.startedAt)?.getTime() ?? 0)
  }

  /** A broken rule on the record of the technician of the visit; `subject` tells one occasion from the next. Missed deadlines weigh no points (R36). */
  violation(kind: Violation['kind'], rule: string, subject: string): void {
    const { visit, technician, order } = this
    if (!technician) return
    const id = `${visit.no}:${kind}:${technician.id}:${subject}`
    this.put(`violation:${id}`, { kind: 'violation', violation: { id: `${order._id}:${id}`, technicianId: technician.id, orderId: order._id, orderNumber: order.number, visitNo: visit.no, kind, rule, at: this.now, points: 0 } })
  }

  /** Goes on a technician's record. `subject` tells one occasion from the next of the same visit. */
  deed(kind: DeedKind, technicianId: string | null, subject: Date | null = null, visit: Visit = this.visit): void {
    if (!technicianId) return
    const id = `${visit.no}:${kind}:${technicianId}:${subject?.getTime() ?? 0}`
    this.put(`deed:${id}`, { kind: 'deed', deed: { id: `${this.order._id}:${id}`, technicianId, orderId: this.order._id, visitNo: visit.no, kind, at: this.now } })
  }

  /** A technician's time is theirs again: the job is over (`finished`), no call of it keeps them from another (`awaitsCallOnly`), or they have it no more. */
  free(technicianId: string | null, { finished = false, awaitsCallOnly = false } = {}): void {
    if (!technicianId) return
    const { visit, order, now } = this
    const id = finished ? `finished:${visit.no}:${technicianId}` : `free:${visit.no}:${order.version + 1}:${technicianId}`
    this.put(id, { kind: 'free_technician', technicianId, visitNo: visit.no, at: now, finished, awaitsCallOnly })
  }

  /** What staff were asked to do has been done or is no longer needed; of one visit, or of all; the first `most` of them. */
  closeTodos(kinds: readonly TodoKind[], visit: Visit | null = null, most = Infinity): void {
    const done = this.order.todos.filter((todo) => kinds.includes(todo.kind) && (visit === null || todo.visitNo === visit.no)).slice(0, most)
    for (const { id, kind: todoKind } of done) this.put(`close:${id}`, { kind: 'close_todo', todoId: id, todoKind, at: this.now })
    this.order.todos = this.order.todos.filter((todo) => !done.includes(todo))
  }

  /** A deadline whose time is worked out here; ordinary ones that fall into the night wait as the table says (R55), but for those that would then come after `useless`, when nothing can be done about it any more. */
  deadline(id: DeadlineId, dueAt: Date, tag = '', useless: Date | null = null): void {
    this.forget([id], tag)
    const waited = dueOutsideNight(id, dueAt, this.settings, this.order.emergency)
    this.order.deadlines.push({ id, visitNo: this.visit.no, dueAt: useless && waited >= useless ? dueAt : waited, tag })
  }

  /** A moment has come: everything that counts from it stands, but for what is past already. */
  startClock(moment: Moment, at: Date = this.now): void {
    this.stopClock(moment)
    for (const due of deadlinesFrom(moment, at, this.settings, this.order.emergency)) if (due.at > this.now) this.deadline(due.id, due.at, due.tag)
  }

  /** The work is done, or its time has moved: whatever counts from these moments is forgotten. */
  stopClock(...moments: readonly Moment[]): void {
    this.forget(startedBy(...moments))
  }

  /** Single deadlines are forgotten. Without `tag`, all of that id are. */
  forget(ids: readonly DeadlineId[], tag?: string): void {
    this.order.deadlines = this.order.deadlines.filter((deadline) => !(ids.includes(deadline.id) && (tag === undefined || deadline.tag === tag)))
  }

  forgetAllBut(ids: readonly DeadlineId[]): void {
    this.order.deadlines = this.order.deadlines.filter((deadline) => ids.includes(deadline.id))
  }

  hasDeadline(id: DeadlineId): boolean {
    return this.order.deadlines.some((deadline) => deadline.id === id)
  }

  /** When a deadline that stands falls. @throws Error when there is none. */
  dueAt(id: DeadlineId): Date {
    const found = this.order.deadlines.find((deadline) => deadline.id === id)
    if (!found) throw new Error(`order ${this.order._id}: ${id} does not stand`)
    return found.dueAt
  }

  remember(person: Person): void {
    this.order.people = [...this.order.people.filter((known) => known.id !== person.id), person]
  }

  later(ms: number): Date {
    return after(this.now, ms)
  }
}

/** 周师傅: what is said of a technician in short. */
export const shortName = (person: { name: string } | null): string => (person ? `${person.name.slice(0, 1)}师傅` : '师傅')

export const SYSTEM: Actor = { role: 'system' }
export const homeowner = (order: Order): Actor => ({ role: 'homeowner', id: order.homeownerId })
export const technicianActor = (person: Person): Actor => ({ role: 'technician', id: person.id, name: shortName(person) })
/** The technician of the current visit. */
export const byTechnician = (draft: Draft): Actor => (draft.technician ? technicianActor(draft.technician) : SYSTEM)
