/** A city that lives through the built functions, the real SDKs and the database of a local workplace. */
import type { Order } from '../../../cloudfunctions/domain/order'
import type { ActionAnswer } from '../../../typings/contract'
import { demandAgreement } from '../agreement'
import { HomeownerPhone } from '../product'
import type { Product, TechnicianPhone } from '../product'
import { Repair } from '../repair'
import type { City, Seen } from './city'
import { TRADES } from './plan'
import { technicianFrom } from './register'
import type { Request, Spot, Worker } from './rules'
import { seenOf } from './seen'
import type { Raised } from './seen'

const iso = (ms: number): string => new Date(ms).toISOString()
const codeOf = (answer: ActionAnswer<unknown>): string => (answer.ok ? 'OK' : answer.error.code)

export class RealCity implements City {
  private readonly repairs = new Map<string, Repair>()

  private constructor(
    private readonly product: Product,
    private readonly technicians: ReadonlyMap<string, TechnicianPhone>,
  ) {}

  static async begin(product: Product, workers: readonly Worker[]): Promise<RealCity> {
    const phones = await Promise.all(workers.map((worker) => product.technician(worker.base, { ...technicianFrom(worker), staffNumber: numberOf(worker.id) })))
    return new RealCity(product, new Map(phones.map((phone) => [phone.id, phone])))
  }

  /** Whatever is stored anywhere agrees, once nothing is under way. */
  async demandAgreement(): Promise<void> {
    await this.sweep()
    await demandAgreement(this.product, [...this.repairs.values()])
  }

  /** Makes room for the next town in the same place. */
  async end(): Promise<void> {
    const remove = (collection: string, id: string) => this.product.db.collection(collection).doc(id).remove()
    await Promise.all([...[...this.repairs.values()].map(({ orderId }) => remove('orders', orderId)), ...[...this.technicians.keys()].map((id) => remove('technicians', id))])
  }

  moveTo = (now: number): Promise<void> => this.product.sleepTo(new Date(now))

  async sweep(): Promise<void> {
    await this.product.sweep()
  }

  async file({ id, spot, trade, isPriced, from, to, account, emergency }: Request): Promise<void> {
    const homeowner = new HomeownerPhone(this.product, account, spot)
    const { item } = TRADES.find((known) => known.trade === trade && known.isPriced === isPriced)!
    const filed = await homeowner.file({ category: trade, items: [{ code: item, quantity: 1 }], wanted: { from: new Date(from).toISOString(), to: new Date(to).toISOString() }, emergency })
    this.repairs.set(id, Repair.of(this.product, homeowner, [...this.technicians.values()], filed))
  }

  claim = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('claimOffer', this.of(id)))
  decline = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('declineOffer', { ...this.of(id), reason: '太远' }))
  giveBack = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('giveBack', { ...this.of(id), reason: '车坏了' }))
  assign = async (to: string, id: string): Promise<string> => this.staff('assignOrder', id, { staffNumber: numberOf(to), reason: '就近' })
  cancel = async (id: string): Promise<string> => codeOf(await this.repair(id).homeowner.call('cancelOrder', { ...this.of(id), reason: '不修了' }))
  dial = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('dial', this.of(id)))
  agree = async (by: string, id: string, at: number): Promise<string> => codeOf(await this.technician(by).call('recordCall', { ...this.of(id), outcome: 'agreed', at: iso(at) }))
  noAnswer = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('recordCall', { ...this.of(id), outcome: 'no_answer' }))
  wrongNumber = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('recordCall', { ...this.of(id), outcome: 'wrong_number' }))
  correctNumber = async (id: string): Promise<string> => this.staff('correctContact', id, { phone: '13800006622' })

  addHelper = async (by: string | null, to: string, id: string): Promise<string> =>
    by === null ? this.staff('addHelper', id, { staffNumber: numberOf(to) }) : codeOf(await this.technician(by).call('addHelper', { ...this.of(id), staffNumber: numberOf(to) }))
  removeHelper = async (by: string | null, whom: string, id: string): Promise<string> =>
    by === null ? this.staff('removeHelper', id, { staffNumber: numberOf(whom), reason: '一个人就够了' }) : codeOf(await this.technician(by).call('removeHelper', { ...this.of(id), helperId: whom, reason: '一个人就够了' }))
  leaveCrew = async (who: string, id: string): Promise<string> => codeOf(await this.technician(who).call('leaveCrew', { ...this.of(id), reason: '那天请了假' }))

  sendQuote = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('sendQuote', { ...this.of(id), items: [{ code: 'tap-replace', quantity: 1 }] }))
  confirmQuote = async (id: string): Promise<string> => codeOf(await this.repair(id).homeowner.call('confirmQuote', { ...this.of(id), quoteVersion: await this.newestQuote(id) }))
  declineQuote = async (id: string): Promise<string> => codeOf(await this.repair(id).homeowner.call('declineQuote', { ...this.of(id), quoteVersion: await this.newestQuote(id), reason: '比价目贵' }))

  async pay(id: string): Promise<string> {
    const started = await this.repair(id).homeowner.call('startPayment', { ...this.of(id), stageId: 'S1' })
    if (started.ok) await this.product.workplace.pay(started.data.outTradeNo, { result: 'SUCCESS', notify: 'once' })
    return codeOf(started)
  }

  tellDelay = async (by: string, id: string, at: number): Promise<string> => codeOf(await this.technician(by).call('tellDelay', { ...this.of(id), at: iso(at), reason: '堵车' }))
  tellOurDelay = async (id: string, at: number): Promise<string> => this.staff('tellDelay', id, { at: iso(at), reason: '人手不够' })
  moveByHomeowner = async (id: string, at: number): Promise<string> => codeOf(await this.repair(id).homeowner.call('moveAppointment', { ...this.of(id), at: iso(at) }))
  moveByStaff = async (id: string, at: number): Promise<string> => this.staff('moveAppointment', id, { at: iso(at), reason: '业主来电' })
  agreeDelay = async (id: string, at: number): Promise<string> => codeOf(await this.repair(id).homeowner.call('agreeDelay', { ...this.of(id), at: iso(at) }))
  askAnother = async (id: string, from: number, to: number): Promise<string> => codeOf(await this.repair(id).homeowner.call('askAnother', { ...this.of(id), wanted: { from: iso(from), to: iso(to) }, reason: '等不了' }))
  widen = async (id: string, radiusFactor: number): Promise<string> => this.staff('widenSearch', id, { radiusFactor, reason: '没人接' })
  doorCall = async (by: string, id: string, answered: boolean): Promise<string> => codeOf(await this.technician(by).call('recordDoorCall', { ...this.of(id), answered }))
  sayAtHome = async (id: string): Promise<string> => codeOf(await this.repair(id).homeowner.call('sayAtHome', this.of(id)))
  leaveNote = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('leaveNote', this.of(id)))
  rebook = async (id: string, from: number, to: number, same: boolean): Promise<string> => codeOf(await this.repair(id).homeowner.call('rebook', { ...this.of(id), wanted: { from: iso(from), to: iso(to) }, same }))
  waitForParts = async (by: string, id: string, expectedAt: number): Promise<string> => codeOf(await this.technician(by).call('waitForParts', { ...this.of(id), parts: [{ name: '阀芯', quantity: 1 }], reason: '没货', expectedAt: iso(expectedAt) }))
  partsCame = async (id: string): Promise<string> => this.staff('partsArrived', id, {})

  arrive = async (by: string, id: string): Promise<string> => codeOf(await this.technician(by).call('arrive', { ...this.of(id), position: this.repair(id).homeowner.home }))

  async setOut(by: string, id: string): Promise<string> {
    const phone = this.technician(by)
    const job = await phone.call('getJob', this.of(id))
    if (!job.ok) return job.error.code
    const { visitNo, steps } = job.data
    for (const step of steps.filter(({ phase, state }) => phase === 'before_setting_out' && state !== 'done')) {
      const packed = await phone.call('completeStep', { ...this.of(id), visitNo, stepId: step.id, ticks: step.ticks.map((tick) => tick.id), photos: [], note: '' })
      if (!packed.ok) return packed.error.code
    }
    return codeOf(await phone.call('setOut', this.of(id)))
  }

  goOnDuty = async (who: string, at: Spot): Promise<string> => codeOf(await this.technician(who).call('goOnDuty', { position: at }))
  goOffDuty = async (who: string): Promise<string> => codeOf(await this.technician(who).call('goOffDuty', {}))
  report = async (who: string, at: Spot): Promise<string> => codeOf(await this.technician(who).call('reportPosition', { position: at }))
  suspend = async (who: string, suspended: boolean): Promise<string> => codeOf(await this.product.staff('suspendTechnician', { staffNumber: numberOf(who), suspended, reason: '证件待核' }))
  takeLeave = async (who: string, from: number, to: number): Promise<string> => codeOf(await this.technician(who).call('takeLeave', { from: iso(from), to: iso(to), reason: '家里有事' }))

  async cancelLeave(who: string, from: number): Promise<string> {
    const { leave } = await this.technician(who).document()
    return codeOf(await this.technician(who).call('cancelLeave', { leaveId: leave.find((each) => each.from.getTime() === from)?.id ?? 'none' }))
  }

  async look(): Promise<Seen> {
    const ids = [...this.repairs.values()].map(({ orderId }) => orderId)
    const of = { orderId: { $in: ids } }
    const [orders, technicians, todos, violations] = await Promise.all([
      this.product.find('orders', { _id: { $in: ids } }), this.product.find('technicians', { _id: { $in: [...this.technicians.keys()] } }), this.product.find('todos', of), this.product.find('violations', of),
    ])
    const raised: Raised[] = [
      // Whom WeChat could not reach is no affair of the order's.
      ...todos.filter(({ kind }) => kind !== 'unreachable').map(({ orderId, kind, at }): Raised => ({ orderId, what: 'todo', kind, at })),
      ...violations.map(({ orderId, kind, technicianId, at }): Raised => ({ orderId, what: 'violation', kind: `${kind} ${technicianId}`, at })),
    ]
    const inOrder = ids.map((id) => orders.find(({ _id }) => _id === id) as Order)
    const people = [...this.technicians.keys()].map((id) => technicians.find(({ _id }) => _id === id)!)
    return seenOf(inOrder, people, raised, await this.product.now(), (orderId) => [...this.repairs].find(([, repair]) => repair.orderId === orderId)?.[0] ?? orderId)
  }

  private technician(id: string): TechnicianPhone {
    return this.technicians.get(id)!
  }

  private async staff(action: string, id: string, input: Record<string, unknown>): Promise<string> {
    return codeOf(await this.product.staff(action, { order: this.repair(id).number, ...input }, { operator: 'lu-min' }))
  }

  private async newestQuote(id: string): Promise<number> {
    return (await this.repair(id).order()).quotes.length || 1
  }

  private repair(id: string): Repair {
    return this.repairs.get(id)!
  }

  private of(id: string): { orderId: string } {
    return { orderId: this.repair(id).orderId }
  }
}

const numberOf = (id: string): string => id.replace('t', '')
