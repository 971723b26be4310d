/** The simulated town at its present moment: who is where, who has what, what is about to happen. People know what the product told them and no more. */
import { visitOf } from '../../cloudfunctions/domain/order'
import { metresBetween, type Place } from '../../cloudfunctions/domain/geography'
import { afterNight, isNight, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { Agenda, type Turn } from './agenda'
import type { Chance } from './chance'
import { OfferCheck } from './checks/offers'
import type { Filing } from './city/filings'
import type { CrewMember } from './city/technicians'
import { type ArrivalFact, type CallFact, Journal } from './journal'
import type { Line } from './line'

export interface Worker {
  no: number
  id: string
  openid: string
  staffNumber: string
  skills: readonly string[]
  onDuty: boolean
  place: Place
  /** On the way or at somebody's door. */
  busy: boolean
  /** Their own diary: what they agreed, soonest last written. */
  diary: { orderNo: number; from: number; to: number; place: Place }[]
}

export type Stage = 'unfiled' | 'looking' | 'claimed' | 'agreed' | 'on_the_way' | 'arrived' | 'rebooking' | 'over'

export interface Repair {
  filing: Filing
  orderId: string
  number: string
  stage: Stage
  visitNo: number
  holder: Worker | null
  /** Goes up whenever somebody else has it: what was planned for the one before is dropped. */
  hold: number
  searchedSince: number
  wanted: { from: number; to: number }
  appointmentAt: number | null
  call: CallFact | null
  arrival: ArrivalFact | null
  paidAt: number | null
  /** How often staff tried to find somebody. */
  staffTries: number
}

export class Town {
  readonly agenda = new Agenda()
  readonly journal = new Journal()
  readonly settings = defaultSettings()
  readonly repairs: Repair[]
  readonly workers: Worker[]
  readonly offers: OfferCheck
  private readonly byOrderId = new Map<string, Repair>()
  private readonly byNumber = new Map<string, Repair>()
  private readonly byWorkerId = new Map<string, Worker>()

  constructor(
    readonly line: Line,
    readonly chance: Chance,
    /** ms, of the workplace's clock. */
    public now: number,
    readonly endsAt: number,
    filings: readonly Filing[],
    crew: readonly CrewMember[],
    /** Somebody was offered an order. */
    private readonly heard: (town: Town, repair: Repair, worker: Worker, offer: { wave: number; metres: number }) => void,
  ) {
    this.repairs = filings.map(blank)
    this.workers = crew.map(({ document }, no) => ({
      no, id: document._id, openid: document.openid ?? '', staffNumber: document.staffNumber, skills: document.skills, onDuty: false, busy: false, diary: [],
      place: { longitude: document.base.coordinates[0], latitude: document.base.coordinates[1] },
    }))
    for (const worker of this.workers) this.byWorkerId.set(worker.id, worker)
    this.offers = new OfferCheck(line, this.settings)
  }

  plan(at: number, name: string, keys: readonly string[], run: () => Promise<void>, turn: Turn = 'people'): void {
    this.agenda.add({ at, name, turn, keys, run }, this.now)
  }

  /** For whoever has the job now; dropped when somebody else has it by then. */
  planJob(repair: Repair, at: number, kind: string, run: (worker: Worker) => Promise<void>, turn: Turn = 'people'): void {
    const { hold, holder } = repair
    if (!holder) return
    this.plan(at, `${kind} ${repair.filing.no} ${hold}`, [orderKey(repair), workerKey(holder)], async () => {
      if (repair.hold === hold && repair.stage !== 'over') await run(holder)
    }, turn)
  }

  in(seconds: number): number {
    return this.now + seconds * SECOND
  }

  filed(repair: Repair, orderId: string, number: string): void {
    Object.assign(repair, { orderId, number, stage: 'looking', searchedSince: this.outsideTheNight(repair) })
    this.byOrderId.set(orderId, repair)
    this.byNumber.set(number, repair)
  }

  repairOf(number: string): Repair | undefined {
    return this.byNumber.get(number)
  }

  /** R55: ordinary orders wait for the morning. */
  outsideTheNight(repair: Repair): number {
    const now = new Date(this.now)
    return repair.filing.input.emergency || !isNight(now, this.settings.night) ? this.now : afterNight(now, this.settings.night).getTime()
  }

  /** Somebody has the order now and is to phone. */
  taken(repair: Repair, worker: Worker, by: 'claim' | 'staff'): void {
    this.released(repair)
    Object.assign(repair, { holder: worker, stage: 'claimed' })
    this.journal.claims.push({ orderId: repair.orderId, visitNo: repair.visitNo, technicianId: worker.id, searchedSince: repair.searchedSince, at: this.now, by })
    this.mustPhone(repair, worker)
  }

  /** Five minutes to the call begin (R10). */
  mustPhone(repair: Repair, worker: Worker): void {
    repair.call = { orderId: repair.orderId, technicianId: worker.id, since: this.outsideTheNight(repair), dialledAt: null, endedAt: null }
    this.journal.calls.push(repair.call)
  }

  /** Nobody has it any more: given or taken back, cancelled, moved. */
  released(repair: Repair): void {
    if (repair.call && repair.call.endedAt === null) repair.call.endedAt = this.now
    this.forgetAppointment(repair)
    if (repair.holder && repair.stage !== 'claimed' && repair.stage !== 'agreed') repair.holder.busy = false
    Object.assign(repair, { holder: null, call: null, hold: repair.hold + 1 })
  }

  over(repair: Repair): void {
    this.released(repair)
    repair.stage = 'over'
  }

  searchAgain(repair: Repair): void {
    this.released(repair)
    Object.assign(repair, { stage: 'looking', searchedSince: this.outsideTheNight(repair) })
  }

  agreed(repair: Repair, worker: Worker, at: number, durationMs: number): void {
    this.forgetAppointment(repair)
    Object.assign(repair, { stage: 'agreed', appointmentAt: at })
    worker.diary = [...worker.diary.filter(({ to }) => to > this.now), { orderNo: repair.filing.no, from: at, to: at + durationMs, place: repair.filing.input.place }]
    const needsMoney = repair.filing.pricedAtOnce && repair.visitNo === 1
    repair.arrival = { orderId: repair.orderId, technicianId: worker.id, at, agreedAt: this.now, needsMoney, paidAt: repair.paidAt, arrivedAt: null, endedAt: null }
    this.journal.arrivals.push(repair.arrival)
  }

  private forgetAppointment(repair: Repair): void {
    if (repair.arrival && repair.arrival.endedAt === null && repair.arrival.arrivedAt === null) repair.arrival.endedAt = this.now
    if (repair.holder) repair.holder.diary = repair.holder.diary.filter(({ orderNo }) => orderNo !== repair.filing.no)
    Object.assign(repair, { arrival: null, appointmentAt: null })
  }

  /** Offers that went out at this moment: each is checked, and reaches the phone of whom it was made to. */
  async lookForOffers(): Promise<void> {
    const found = await this.line.look('orders', { status: 'dispatching', updatedAt: { $gte: new Date(this.now) } })
    for (const { order, offer } of await this.offers.sentAt(this.now, found)) {
      const [repair, worker] = [this.byOrderId.get(order._id), this.byWorkerId.get(offer.technicianId)]
      if (!repair || !worker) continue
      repair.visitNo = visitOf(order).no
      this.heard(this, repair, worker, { wave: offer.wave, metres: offer.distanceMetres })
    }
  }

  /** How long they reckon with, ms: as the product does. */
  rideMs(from: Place, to: Place): number {
    const { detourFactor, travelKmPerHour } = this.settings.dispatch
    return (metresBetween(from, to) * detourFactor * 60 * MINUTE) / (travelKmPerHour * 1_000)
  }
}

export const orderKey = (repair: Repair): string => `order ${repair.filing.no}`
export const workerKey = (worker: Worker): string => `technician ${worker.no}`

const blank = (filing: Filing): Repair => ({
  filing, orderId: '', number: '', stage: 'unfiled', visitNo: 1, holder: null, hold: 0, searchedSince: filing.at, appointmentAt: null, call: null, arrival: null, paidAt: null, staffTries: 0,
  wanted: { from: Date.parse(filing.input.wanted.from), to: Date.parse(filing.input.wanted.to) },
})
