/** One repair walked through the functions as its people would, step by step, for tests that begin somewhere in the middle of its life. */
import type { JobView, OrderView } from '../../typings/contract'
import type { FileRepairInput } from '../../typings/contract'
import { visitOf } from '../../cloudfunctions/domain/order'
import type { Order } from '../../cloudfunctions/domain/order'
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import { north } from './product'
import type { HomeownerPhone, Product, TechnicianPhone } from './product'
import type { Notify } from './workplace'

export class Repair {
  private constructor(
    readonly product: Product,
    readonly homeowner: HomeownerPhone,
    /** Those who were near when it was filed, nearest first. */
    readonly technicians: readonly TechnicianPhone[],
    readonly orderId: string,
    readonly number: string,
  ) {}

  /** Files a repair with as many technicians near as are asked for: 1 km, 2 km, 3 km … away. */
  static async file(product: Product, { near = 2, homeowner = product.homeowner(), ...change }: Partial<FileRepairInput> & { near?: number; homeowner?: HomeownerPhone } = {}): Promise<Repair> {
    const technicians = await Promise.all(Array.from({ length: near }, (_, index) => product.technician(north(homeowner.home, index + 1))))
    const { orderId, number } = await homeowner.file(change)
    return new Repair(product, homeowner, technicians, orderId, number)
  }

  /** A repair that was filed already. */
  static of(product: Product, homeowner: HomeownerPhone, technicians: readonly TechnicianPhone[], filed: { orderId: string; number: string }): Repair {
    return new Repair(product, homeowner, technicians, filed.orderId, filed.number)
  }

  /** The technician who has it, or the nearest. */
  get technician(): TechnicianPhone {
    return this.technicians[0]!
  }

  order(): Promise<Order> {
    return this.product.order(this.orderId)
  }

  view(): Promise<OrderView> {
    return this.homeowner.do('getOrder', { orderId: this.orderId })
  }

  job(by = this.technician): Promise<JobView> {
    return by.do('getJob', { orderId: this.orderId })
  }

  claim(by = this.technician): Promise<JobView> {
    return by.do('claimOffer', { orderId: this.orderId })
  }

  /** Phones and agrees a time, three hours from now unless told. */
  async agree(at?: Date, by = this.technician): Promise<Date> {
    const when = at ?? new Date((await this.product.now()).getTime() + 3 * HOUR)
    await by.do('dial', { orderId: this.orderId })
    await by.do('recordCall', { orderId: this.orderId, outcome: 'agreed', at: when.toISOString() })
    return when
  }

  /** Confirms the newest quote. */
  async confirm(): Promise<OrderView> {
    const { quote } = await this.view()
    return this.homeowner.do('confirmQuote', { orderId: this.orderId, quoteVersion: quote?.version ?? 0 })
  }

  /** Confirms and pays; gives out_trade_no. */
  async pay(notify: Notify = 'once'): Promise<string> {
    await this.confirm()
    const outTradeNo = await this.startPayment()
    await this.product.workplace.pay(outTradeNo, { result: 'SUCCESS', notify })
    return outTradeNo
  }

  async startPayment(stageId = 'S1'): Promise<string> {
    return (await this.homeowner.do('startPayment', { orderId: this.orderId, stageId })).outTradeNo
  }

  /** Does the undone steps of these phases with the least evidence that passes; the timed one takes its time. */
  async steps(phases: readonly JobView['steps'][number]['phase'][], by = this.technician): Promise<void> {
    const { visitNo, steps } = await this.job(by)
    for (const step of steps.filter((each) => phases.includes(each.phase) && each.state !== 'done')) {
      if (step.minSeconds > 0) {
        await by.do('startStep', { orderId: this.orderId, visitNo, stepId: step.id })
        await this.product.advance(step.minSeconds * 1_000)
      }
      const photos = await Promise.all(Array.from({ length: step.photos?.min ?? 0 }, () => by.upload('step', this.orderId)))
      await by.do('completeStep', { orderId: this.orderId, visitNo, stepId: step.id, ticks: step.ticks.map((tick) => tick.id), photos, note: step.note?.required ? '阀芯磨坏了' : '' })
    }
  }

  async setOut(by = this.technician): Promise<void> {
    await this.steps(['before_setting_out'], by)
    await by.do('setOut', { orderId: this.orderId })
  }

  async arrive(by = this.technician): Promise<void> {
    await by.do('arrive', { orderId: this.orderId, position: this.homeowner.home })
  }

  /** The homeowner reads the code out, the technician enters it. */
  async openDoor(by = this.technician): Promise<void> {
    const { doorCode } = await this.view()
    await by.do('enterDoorCode', { orderId: this.orderId, code: doorCode ?? '' })
  }

  /** From an agreed and paid appointment to the completion report. */
  async work(by = this.technician): Promise<JobView> {
    await this.setOut(by)
    await this.arrive(by)
    await this.openDoor(by)
    await this.steps(['at_door', 'work'], by)
    const { visitNo } = await this.job(by)
    return by.do('reportCompletion', { orderId: this.orderId, visitNo, findings: '角阀也旧了', advice: '一年内换掉' })
  }

  /** From the completion report to the rest in warranty. */
  async close(by = this.technician): Promise<OrderView> {
    const { visitNo, card } = await by.do('getJob', { orderId: this.orderId })
    await this.homeowner.do('acceptWork', { orderId: this.orderId, visitNo })
    if (!card?.technician.signedAt) {
      await by.do('signCard', { orderId: this.orderId, signature: await by.upload('signature', this.orderId, 'png') })
      await this.homeowner.do('signWarrantyCard', { orderId: this.orderId, signature: await this.homeowner.upload('signature', this.orderId, 'png') })
    }
    await by.do('handOverParts', { orderId: this.orderId, visitNo, handedOver: true, note: '旧龙头一个' })
    await by.do('checkOut', { orderId: this.orderId, visitNo, toolsCounted: true, nothingLeftBehind: true })
    return this.view()
  }

  /** Claimed, agreed, paid, done and reported complete. */
  async complete(): Promise<this> {
    await this.claim()
    await this.agree()
    await this.pay()
    await this.work()
    return this
  }

  /** Whom the present wave asked, by id. */
  async offered(): Promise<string[]> {
    return [...(await this.order()).offeredTo].sort()
  }

  async visit() {
    return visitOf(await this.order())
  }

  /** Kinds of the timeline's entries, oldest first. */
  async told(): Promise<string[]> {
    return (await this.order()).timeline.map((entry) => entry.kind)
  }
}
