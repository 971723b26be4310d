/** Staff: they look at their to-dos every few minutes, phone, and assign by hand when nobody claims (R07, R10, R13). */
import { metresBetween } from '../../../cloudfunctions/domain/geography'
import { isStaffed, SECOND } from '../../../cloudfunctions/domain/shanghai'
import { HABITS } from '../habits'
import { type Repair, type Town, type Worker } from '../town'
import { phone, startCall } from './calls'
import { thinkOf } from './visits'

const DISPATCHER = 'lu-min'
const SERVICE = 'tian-rui'

interface TodoLine {
  id: string
  kind: string
  orderNumber: string
  title: string
  at: string
}

export class Office {
  private readonly handled = new Set<string>()

  constructor(private readonly town: Town) {}

  planDay(): void {
    const { town } = this
    const staffed = isStaffed(new Date(town.now), town.settings.staffedHours)
    const every = staffed ? HABITS.staff.looksEvery : HABITS.staff.looksAtNightEvery
    town.plan(town.in(every), 'office', [], () => this.look(staffed).then(() => this.planDay()), 'alone')
  }

  /** At night one dispatcher is there, for what cannot wait. */
  private async look(staffed: boolean): Promise<void> {
    await this.workOff(DISPATCHER, 'dispatcher')
    if (staffed) await this.workOff(SERVICE, 'customer_service')
  }

  private async workOff(operator: string, role: string): Promise<void> {
    const answer = await this.town.line.staff<{ todos: TodoLine[] }>(operator, 'listTodos', { role })
    if (!answer.ok) throw new Error(`the to-dos were not shown: ${answer.error.message}`)
    for (const todo of answer.data.todos) {
      // What comes up while they look is for the next time.
      if (this.handled.has(todo.id) || Date.parse(todo.at) >= this.town.now) continue
      this.handled.add(todo.id)
      const repair = this.town.repairOf(todo.orderNumber)
      if (repair) await this.handle(todo, repair, operator)
    }
  }

  private async handle(todo: TodoLine, repair: Repair, operator: string): Promise<void> {
    switch (todo.kind) {
      case 'nobody_claims':
        return this.findSomebody(repair)
      case 'late_call':
        return this.wake(repair)
      case 'no_answer':
      case 'wrong_number':
        return this.reachHomeowner(todo, repair)
      case 'not_arrived':
        return this.send(repair)
      case 'delay_unanswered':
        return void (await this.do(SERVICE, 'agreeDelayFor', { order: repair.number, at: new Date(repair.appointmentAt ?? this.town.now).toISOString() }))
      case 'unpaid':
        return this.callOff(repair, '业主一直没付款，说先不修了')
      // These close by themselves when what they wait for happens.
      case 'taken_back':
      case 'late_arrival':
        return
      default:
        return void (await this.do(operator, 'closeTodo', { todo: todo.id, note: '看过了，电话里说清楚了' }))
    }
  }

  private do(operator: string, action: string, input: unknown) {
    return this.town.line.staff(operator, action, input)
  }

  /** The nearest who can, whether or not they were asked; then farther away; then the homeowner is told that it will not be today. */
  private async findSomebody(repair: Repair): Promise<void> {
    const { town } = this
    repair.staffTries += 1
    for (const worker of this.nearest(repair)) {
      const answer = await this.do(DISPATCHER, 'assignOrder', { order: repair.number, staffNumber: worker.staffNumber, reason: '三轮没人接，离得近' })
      if (!answer.ok) continue
      town.taken(repair, worker, 'staff')
      startCall(town, repair)
      return
    }
    if (repair.staffTries > 1) return this.callOff(repair, '附近没有师傅能来，业主同意取消')
    const answer = await this.do(DISPATCHER, 'widenSearch', { order: repair.number, radiusFactor: 2, reason: '附近没有师傅' })
    if (answer.ok) town.searchAgain(repair)
    await town.lookForOffers()
  }

  private nearest(repair: Repair): Worker[] {
    const { place, category } = repair.filing.input
    return this.town.workers
      .filter((worker) => worker.onDuty && worker.skills.includes(category))
      .map((worker) => ({ worker, metres: metresBetween(worker.place, place) }))
      .sort((a, b) => a.metres - b.metres || a.worker.no - b.worker.no)
      .slice(0, HABITS.staff.assignsAtMost)
      .map(({ worker }) => worker)
  }

  /** Somebody forgot to phone: staff phone them, and most pick up. */
  private async wake(repair: Repair): Promise<void> {
    const { town } = this
    const about = ['wake', repair.filing.no, repair.hold] as const
    if (repair.stage !== 'claimed' || repair.call?.dialledAt || !town.chance.is(HABITS.call.reachedByStaff, ...about)) return
    town.planJob(repair, town.in(town.chance.between(30, 120, ...about, 'when')), 'phone after staff', async (worker) => {
      if (!repair.call?.dialledAt) await phone(town, repair, worker, 1)
    })
  }

  /** Staff find the homeowner another way, or learn that nothing is wanted any more. */
  private async reachHomeowner(todo: TodoLine, repair: Repair): Promise<void> {
    const { town } = this
    const about = ['reach', repair.filing.no, repair.hold, todo.id] as const
    const { holder } = repair
    if (repair.stage !== 'claimed' || !holder) return
    // A retry that was forgotten is made now.
    if (todo.title.includes('没有打')) return town.planJob(repair, town.in(60), 'phone again', (worker) => phone(town, repair, worker, 3))
    if (!town.chance.is(HABITS.staff.homeownerReached, ...about)) return this.callOff(repair, '业主联系不上，物业说搬走了')
    const answer = await this.do(SERVICE, 'correctContact', { order: repair.number, phone: `139${String(repair.filing.no).padStart(8, '0')}` })
    if (!answer.ok) return
    town.mustPhone(repair, holder)
    startCall(town, repair)
  }

  /** Not there at the agreed time: whoever forgot sets out now. */
  private async send(repair: Repair): Promise<void> {
    const { town } = this
    if (repair.stage === 'agreed') thinkOf(town, repair, town.now + 60 * SECOND)
  }

  private async callOff(repair: Repair, reason: string): Promise<void> {
    const answer = await this.do(SERVICE, 'cancelOrder', { order: repair.number, reason })
    if (answer.ok) this.town.over(repair)
  }
}

