/** A city of the product's rules alone: `decide` on orders in memory, their outboxes worked off into the technicians' days at once. No functions, no database, no waiting. */
import { eligibility, fittingSlot, needOf, slotAt, unqualified } from '../../../cloudfunctions/domain/eligibility'
import { fileOrder } from '../../../cloudfunctions/domain/file-order'
import { personFrom } from '../../../cloudfunctions/domain/handlers/dispatch'
import { visitOf, worksOn } from '../../../cloudfunctions/domain/order'
import type { Actor, Offer, Order } from '../../../cloudfunctions/domain/order'
import { pendingClaim } from '../../../cloudfunctions/domain/technician'
import { leaveRefusal } from '../../../cloudfunctions/domain/working-hours'
import { codeFor, filing } from '../life'
import type { City } from './city'
import { MINUTE } from './hours'
import { MemoryStore, SETTINGS } from './memory-store'
import { setOutWith } from './seen'
import type { Request, Spot } from './rules'

const STAFF: Actor = { role: 'staff', id: 'lu-min', name: '陆敏' }

export class MemoryCity extends MemoryStore implements City {
  file({ id, spot, trade, needsPaper, isPriced, lasts, from, to, account, emergency }: Request): Promise<void> {
    const base = filing()
    const order = fileOrder(
      {
        ...base, _id: id, number: id, homeownerId: account, category: { code: trade, name: trade, icon: '', certificate: needsPaper }, emergency, quote: isPriced ? base.quote : null, wanted: { from: new Date(from), to: new Date(to) },
        items: [{ code: 'x', name: '修', unit: '次', quantity: 1, pricing: isPriced ? 'instant' : 'on_site', minutes: lasts / MINUTE }], customer: { ...base.customer, _id: id, ...spot },
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
    if (!worksOn(visitOf(this.order(id)), by)) return Promise.resolve('NOT_FOUND')
    return this.setTime(id, at, 'self', (slot, helpersOut) => ({ type: 'record_call', technicianId: by, outcome: 'agreed', appointmentAt: new Date(at), slot, helpersOut, corrections: {} }))
  }

  tellDelay(by: string, id: string, at: number): Promise<string> {
    const notTheirs = this.notTheirs(by, id)
    if (notTheirs) return Promise.resolve(notTheirs)
    return this.setTime(id, at, 'self', (slot, helpersOut) => ({ type: 'tell_delay', at: new Date(at), slot, helpersOut, reason: '堵车', by: this.actor(by) }))
  }

  tellOurDelay = (id: string, at: number): Promise<string> => this.setTime(id, at, 'hand', (slot, helpersOut) => ({ type: 'tell_delay', at: new Date(at), slot, helpersOut, reason: '人手不够', by: STAFF }))
  moveByHomeowner = (id: string, at: number): Promise<string> => this.setTime(id, at, 'offer', (slot, helpersOut) => ({ type: 'move_appointment', at: new Date(at), slot, helpersOut, reason: '', by: this.homeowner(id) }))
  moveByStaff = (id: string, at: number): Promise<string> => this.setTime(id, at, 'hand', (slot, helpersOut) => ({ type: 'move_appointment', at: new Date(at), slot, helpersOut, reason: '业主来电', by: STAFF }))
  agreeDelay = (id: string, at: number): Promise<string> => this.apply(id, { type: 'agree_delay', at: new Date(at), by: this.homeowner(id) })
  askAnother = (id: string, from: number, to: number): Promise<string> => this.apply(id, { type: 'ask_another', wanted: { from: new Date(from), to: new Date(to) }, reason: '等不了', by: this.homeowner(id) })
  widen = (id: string, radiusFactor: number): Promise<string> => this.apply(id, { type: 'widen_search', radiusFactor, reason: '没人接', by: STAFF })
  doorCall = (by: string, id: string, answered: boolean): Promise<string> => this.apply(id, { type: 'record_door_call', technicianId: by, answered })
  sayAtHome = (id: string): Promise<string> => this.apply(id, { type: 'say_at_home', by: this.homeowner(id) })
  leaveNote = (by: string, id: string): Promise<string> => this.apply(id, { type: 'leave_note', technicianId: by })
  rebook = (id: string, from: number, to: number, same: boolean): Promise<string> => this.apply(id, { type: 'rebook', wanted: { from: new Date(from), to: new Date(to) }, same, by: this.homeowner(id) })
  partsCame = (id: string): Promise<string> => this.apply(id, { type: 'parts_arrived', by: STAFF })

  waitForParts(by: string, id: string, expectedAt: number): Promise<string> {
    const notTheirs = this.notTheirs(by, id)
    if (notTheirs) return Promise.resolve(notTheirs)
    return this.apply(id, { type: 'wait_for_parts', parts: [{ name: '阀芯', quantity: 1 }], reason: '阀芯没货', expectedAt: new Date(expectedAt), by: this.actor(by) })
  }

  decline(by: string, id: string): Promise<string> {
    if (!offersNow(this.order(id)).some((offer) => offer.technicianId === by)) return Promise.resolve('NOT_FOUND')
    return this.apply(id, { type: 'decline', technicianId: by, reason: '太远' })
  }

  giveBack = (by: string, id: string): Promise<string> => this.apply(id, { type: 'give_back', technicianId: by, reason: '车坏了' })
  cancel = (id: string): Promise<string> => this.apply(id, { type: 'cancel', settledFen: 0, reason: '不修了', by: this.homeowner(id) })
  dial = (by: string, id: string): Promise<string> => this.apply(id, { type: 'dial', technicianId: by })
  noAnswer = (by: string, id: string): Promise<string> => this.apply(id, { type: 'record_call', technicianId: by, outcome: 'no_answer', appointmentAt: null, slot: null, corrections: {} })

  wrongNumber = (by: string, id: string): Promise<string> => this.apply(id, { type: 'record_call', technicianId: by, outcome: 'wrong_number', appointmentAt: null, slot: null, corrections: {} })
  correctNumber = (id: string): Promise<string> => this.apply(id, { type: 'correct_contact', by: STAFF, corrections: { name: null, honorific: null, phone: '13800006622', onSite: null, room: null } })

  addHelper(by: string | null, to: string, id: string): Promise<string> {
    const [order, who, notTheirs] = [this.order(id), this.technician(to), by === null ? null : this.notTheirs(by, id)]
    if (notTheirs) return Promise.resolve(notTheirs)
    if (visitOf(order).helpers.includes(to)) return Promise.resolve('OK')
    return this.book(order, (slot) => ({ type: 'add_helper', technician: personFrom(who), slot, by: by === null ? STAFF : this.actor(by) }), () => {
      if (who.suspended) return 'SUSPENDED'
      if (who.openid === order.homeownerId) return 'INVALID_INPUT'
      const fit = slotAt(who, needOf(order, SETTINGS), visitOf(order).appointmentAt ?? this.now, this.now, SETTINGS, 'hand')
      return fit.fits ? fit.slot : 'BUSY'
    })
  }

  removeHelper(by: string | null, whom: string, id: string): Promise<string> {
    const notTheirs = by === null ? (visitOf(this.order(id)).helpers.includes(whom) ? null : 'NOT_FOUND') : this.notTheirs(by, id)
    return notTheirs ? Promise.resolve(notTheirs) : this.apply(id, { type: 'remove_helper', helperId: whom, reason: '一个人就够了', by: by === null ? STAFF : this.actor(by) })
  }

  leaveCrew(who: string, id: string): Promise<string> {
    const visit = visitOf(this.order(id))
    if (visit.technicianId === who) return Promise.resolve('WRONG_STATE')
    return worksOn(visit, who) ? this.apply(id, { type: 'remove_helper', helperId: who, reason: '那天请了假', by: this.actor(who) }) : Promise.resolve('NOT_FOUND')
  }

  sendQuote = (by: string, id: string): Promise<string> => this.apply(id, { type: 'send_quote', technicianId: by, ...filing().quote!, note: '' })
  confirmQuote = (id: string): Promise<string> => this.apply(id, { type: 'confirm_quote', version: newestQuote(this.order(id)) })
  declineQuote = (id: string): Promise<string> => this.apply(id, { type: 'decline_quote', version: newestQuote(this.order(id)), reason: '比价目贵' })

  async pay(id: string): Promise<string> {
    const code = await this.apply(id, { type: 'open_payment', stageId: 'S1' })
    const stage = this.order(id).stages[0]
    if (code !== 'OK' || !stage?.openAttempt) return code
    return this.apply(id, { type: 'payment_received', outTradeNo: stage.openAttempt, stageId: 'S1', amountFen: stage.amountFen, transactionId: 'tx', paidAt: this.now })
  }

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

  private actor(id: string): Actor {
    return { role: 'technician', id, name: id }
  }

  private homeowner(id: string): Actor {
    return { role: 'homeowner', id: this.order(id).homeownerId }
  }

  /** What the functions answer before they decide anything. */
  private notTheirs(by: string, id: string): 'FORBIDDEN' | 'NOT_FOUND' | null {
    const visit = visitOf(this.order(id))
    if (visit.technicianId === by) return null
    return worksOn(visit, by) ? 'FORBIDDEN' : 'NOT_FOUND'
  }
}

/** What was offered of the present visit. */
const offersNow = (order: Order): Offer[] => order.offers.filter(({ visitNo }) => visitNo === visitOf(order).no)

const newestQuote = ({ quotes }: Order): number => quotes.length || 1
