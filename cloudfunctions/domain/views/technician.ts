import type { Button, ButtonAct, JobCard, JobView, OfferView } from '../../../typings/contract'
import { fittingSlot, needOf, wantedText } from '../eligibility'
import { metresBetween, travelMs } from '../geography'
import type { Place } from '../geography'
import { doorCallWithoutOutcome, noteText } from '../handlers/absence'
import { noticeLimit } from '../handlers/late-notice'
import { confirmedQuote, dueFen, openChange, openQuote, owedFen, unpaidChange } from '../handlers/money-gate'
import { hasFiveMinutes } from '../handlers/call-clock'
import { cardWanted } from '../handlers/closing'
import { firstUndone } from '../handlers/visit'
import { Draft } from '../draft'
import { crewOf, endOf, personOf, visitOf } from '../order'
import type { Customer, Offer, Order } from '../order'
import { after, DAY, later, MINUTE, momentText, spokenMoment, spokenWindow } from '../shanghai'
import { standardOf } from '../standards'
import { pendingClaim } from '../technician'
import type { Technician } from '../technician'
import { settlementOf, stepsOf } from '../handlers/progress'
import { fillBlanks } from '../timeline'
import { withoutContact } from '../without-contact'
import { addressOf, changeView, fileViews, itemViews, maskPhone, partsView, presentQuote, quoteView, stepViews, timelineLines, videoView, warrantyCardView } from './parts'
import { figuresOf, iso, isoOrNull } from './reading'
import type { Reading } from './reading'
import { retryUntil, technicianState } from './state'
import type { StateReading } from './state'

const button = (act: ButtonAct, label: string): Button => ({ act, label })

/** What an offered technician may know before claiming: never name, phone, exact address or photos that show them (R05). */
export const offerView = (order: Order, offer: Offer, technician: Technician, reading: Reading): OfferView => {
  const need = needOf(order, reading.settings)
  const quote = presentQuote(order)
  const speed = reading.settings.dispatch
  return {
    orderId: order._id,
    offerId: offer.id,
    category: { code: order.category.code, name: order.category.name, icon: order.category.icon },
    district: order.maskedPlace || order.district,
    distanceMetres: offer.distanceMetres,
    rideMinutes: Math.max(1, Math.round(((offer.distanceMetres * speed.detourFactor) / (speed.travelKmPerHour * 1000)) * 60)),
    problem: withoutContact(order.problem),
    items: itemViews(order),
    wanted: {
      from: iso(order.wanted.from), to: iso(order.wanted.to), text: wantedText(order.wanted, reading.now), fits: fittingSlot(technician, need, reading.now, reading.settings).fits,
    },
    // A return is free: what the first visit cost says nothing of it (R33).
    labourFen: quote && visitOf(order).kind === 'repair' ? quote.lines.reduce((sum, line) => sum + line.labourFen, 0) : null,
    kind: visitOf(order).kind,
    emergency: order.emergency,
    sentAt: iso(offer.sentAt),
    endsAt: isoOrNull(offer.endsAt),
    others: order.offers.filter((other) => other.state === 'open' && other.id !== offer.id).length,
    callFirst: pendingClaim(technician, reading.now)?.orderId ?? null,
    figures: figuresOf(reading.settings),
  }
}

/** The open offer that an order makes to a technician, if any. */
export const openOfferTo = (order: Order, technicianId: string): Offer | null => order.offers.find((offer) => offer.technicianId === technicianId && offer.state === 'open') ?? null

export const technicianButtons = (order: Order, reader: string, reading: Reading): { main: Button | null; more: Button[] } => {
  const visit = visitOf(order)
  if (visit.technicianId !== reader) return helperButtons(order, reading)
  const draft = new Draft(order, { settings: reading.settings, codeFor: reading.codeFor }, reading.now)
  const back = button('give_back', '退单')
  const go = button('navigate', '导航')
  const dial = button('dial', '打电话')
  const late = button('tell_delay', '要晚到')
  const parts = button('wait_for_parts', '等配件')
  const helper = button('add_helper', '加帮手')
  const doorCall = doorCallWithoutOutcome(visit) ? [button('record_door_call', '记电话结果')] : []
  const { call } = visit
  const opens = call?.tryOpensAt ?? null
  const dialled = call?.dials.some((moment) => !opens || moment >= opens) ?? false
  switch (order.status) {
    case 'claimed': {
      if (call?.outcome === 'wrong_number') return { main: null, more: [dial, go, back] }
      return { main: dialled ? button('record_call', '记下结果') : dial, more: [...(dialled ? [dial] : []), go, ...(call && call.dials.length > 0 ? [parts] : []), back] }
    }
    case 'scheduled':
      if (visit.clockStoppedAt) return { main: dialled ? button('record_call', '再约时间') : dial, more: [...(dialled ? [dial] : []), parts, back] }
      if (firstUndone(draft, ['before_setting_out'])) return { main: button('next_step', '出门前点一遍'), more: [dial, late, helper, parts, back] }
      return { main: button('set_out', '出发'), more: [dial, go, late, helper, parts, back] }
    case 'waiting_parts':
      return { main: button('parts_arrived', '配件到了'), more: [dial, button('wait_for_parts', '改到货时间'), back] }
    case 'on_the_way':
      return { main: button('arrive', '到了，签到'), more: [go, dial, late, helper] }
    case 'arrived':
      if (visit.noShow && reading.now >= visit.noShow.noteFrom) return { main: button('leave_note', '留言离开'), more: [button('enter_code', '对口令'), dial, ...doorCall] }
      // Nobody opens: what helps now is the telephone (R15).
      if (visit.noShow) return { main: dial, more: [...doorCall, button('enter_code', '对口令')] }
      return { main: button('enter_code', '对口令'), more: [dial, ...doorCall] }
    case 'working': {
      const isFree = standardOf(visit.standard).scheme === 'free'
      const quoteMissing = !isFree && !confirmedQuote(order)
      if (quoteMissing && !openQuote(order)) return { main: button('send_quote', '现场报价'), more: [dial] }
      const undone = firstUndone(draft, ['at_door', 'work'])
      const change = openChange(order) || unpaidChange(order) ? [button('withdraw_change', '撤回加减项目')] : confirmedQuote(order) && dueFen(order) === 0 && !isFree ? [button('send_change', '加减项目')] : []
      const progress = isFree || quoteMissing ? [] : [button('record_progress', '记进度')]
      if (undone) return { main: button('next_step', '下一步'), more: [dial, ...change, ...progress] }
      return { main: openChange(order) ? null : button('report_completion', '报完工'), more: [dial, ...change] }
    }
    case 'closing':
      if (cardWanted(draft) && !order.card?.technicianSigned) return { main: button('sign_card_technician', '签保修卡'), more: [dial] }
      if (!visit.parts) return { main: button('hand_over_parts', '交旧件'), more: [dial] }
      return { main: visit.checkedOutAt ? null : button('check_out', '点清工具，离开'), more: [dial] }
    case 'awaiting_acceptance':
      return { main: null, more: [dial] }
    default:
      return { main: null, more: [] }
  }
}

/** Who helps takes part in the checklist; all else is the one in charge's (R47). */
const helperButtons = (order: Order, reading: Reading): { main: Button | null; more: Button[] } => {
  const draft = new Draft(order, { settings: reading.settings, codeFor: reading.codeFor }, reading.now)
  const before = ['scheduled', 'on_the_way'].includes(order.status)
  const busy = order.status === 'working' && firstUndone(draft, ['at_door', 'work'])
  return { main: busy ? button('next_step', '下一步') : null, more: [...(before ? [button('navigate', '导航'), button('leave_crew', '去不了')] : [])] }
}

/**
 * The job of the technician who has it. Name, phone, address and photos are shown from assignment until 7 days after completion (R39);
 * outside that window they are masked. The phone number itself is given by dialling.
 */
export const jobView = (order: Order, customer: Customer | null, { _id: reader, position: from }: Pick<Technician, '_id' | 'position'>, reading: Reading): JobView => {
  const { now, settings } = reading
  const visit = visitOf(order)
  const open = isOpenTo(order, reading)
  const person = personOf(order, visit.technicianId)
  const quote = presentQuote(order)
  const seen = open ? customer : null
  const blanks = wordBlanks(order, seen, reading)
  // Outside the window no photo of the home is shown.
  const steps = stepViews(visit, blanks, reading).map((step) => (open || !step.photos ? step : { ...step, photos: { ...step.photos, files: [] } }))
  const standard = standardOf(visit.standard)
  return {
    orderId: order._id,
    number: order.number,
    version: order.version,
    visitNo: visit.no,
    kind: visit.kind,
    state: technicianState(order, reading),
    title: order.title,
    category: { code: order.category.code, name: order.category.name, icon: order.category.icon },
    items: itemViews(order),
    problem: open ? order.problem : withoutContact(order.problem),
    requests: open ? order.requests : '',
    photos: open ? fileViews(order.photos, reading) : [],
    video: open ? videoView(order, reading) : null,
    wanted: { from: iso(order.wanted.from), to: iso(order.wanted.to), text: wantedText(order.wanted, now) },
    contact: {
      name: seen ? addressOf(seen) : '业主', honorific: seen?.honorific ?? '先生', phone: seen ? maskPhone((seen.onSite ?? seen).phone) : '****', onSite: seen?.onSite ? `${seen.onSite.name}在家` : '',
    },
    place: {
      address: seen ? `${seen.address} ${seen.room}`.trim() : `${order.maskedPlace} ****`,
      district: order.district,
      longitude: open ? order.place.longitude : 0,
      latitude: open ? order.place.latitude : 0,
      distanceMetres: from && open ? Math.round(metresBetween(from, order.place)) : null,
    },
    call: visit.call && {
      why: visit.call.why,
      claimedAt: iso(visit.call.since),
      dueAt: isoOrNull(hasFiveMinutes(visit.call.why) ? after(visit.call.since, settings.call.breachMinutes * MINUTE) : null),
      takenBackAt: isoOrNull(order.deadlines.find((deadline) => deadline.id === 'call.take_back')?.dueAt ?? null),
      dialledAt: isoOrNull(visit.call.dials.at(-1) ?? null),
      attempts: visit.call.dials.length,
      outcome: visit.call.outcome,
      retryAt: isoOrNull(visit.call.retryAt),
      retryUntil: isoOrNull(visit.call.retryAt && retryUntil(order)),
      words: (standard.words['phone'] ?? []).map((line) => fillBlanks(line, blanks)),
    },
    appointment: visit.appointmentAt
      ? { at: iso(visit.appointmentAt), text: momentText(visit.appointmentAt, now), arriveBy: iso(after(visit.appointmentAt, -settings.arrival.earlyMinutes * MINUTE)) }
      : null,
    role: visit.technicianId === reader ? 'lead' : 'helper',
    crew: crewOf(visit).flatMap((id) => crewMember(order, id, reading)),
    // Once the homeowner has moved the visit, what was asked for stands no more.
    delay: visit.delay && visit.appointmentAt?.getTime() === visit.delay.to.getTime() ? { from: iso(visit.delay.from), to: iso(visit.delay.to), text: momentText(visit.delay.to, now), reason: visit.delay.reason, answered: visit.delay.answeredAt !== null } : null,
    delayBy: visit.appointmentAt && iso(noticeLimit(settings, visit, visit.appointmentAt)),
    noShow: visit.noShow && {
      since: iso(visit.noShow.since), calls: visit.noShow.calls.length, noteFrom: iso(visit.noShow.noteFrom),
      note: noteText(order, settings, later(visit.noShow.noteFrom, now)),
    },
    note: visit.absent?.note ?? null,
    parts: visit.waiting && { ...partsView(visit.waiting, now), list: visit.waiting.parts },
    unpaidFen: owedFen(order),
    quote: quote ? quoteView(quote) : null,
    progress: settlementOf(order).lines.map(({ line, steps: done, materials }) => ({ id: line.id, name: line.name, unit: line.unit, steps: stepsOf(line), stepsDone: done, materials: line.materialFen > 0 ? line.quantity : 0, materialsUsed: materials })),
    change: changeView(order, reading),
    onTheWayAt: isoOrNull(visit.onTheWayAt),
    arrivedAt: isoOrNull(visit.arrivedAt),
    door: { open: visit.door.openedAt !== null, triesLeft: visit.door.triesLeft, released: visit.door.releasedBy !== null },
    steps,
    stepsDone: steps.filter((step) => step.state === 'done').length,
    missing: visit.missing.map((item) => ({ text: item.text, reportedAt: iso(item.reportedAt), doneAt: isoOrNull(item.doneAt) })),
    completedAt: isoOrNull(visit.completedAt),
    acceptedAt: isoOrNull(visit.acceptedAt),
    card: warrantyCardView(order, reading, open),
    oldParts: visit.parts && { handedOver: visit.parts.handedOver, note: visit.parts.note },
    ...technicianButtons(order, reader, reading),
    timeline: timelineLines(order, 'technician'),
    hotline: settings.hotline,
    figures: figuresOf(settings),
  }
  function wordBlanks(of: Order, who: Customer | null, at: Reading): Record<string, string> {
    return {
      company: at.settings.company,
      homeowner: who ? addressOf(who) : '您',
      technician: person?.name ?? '',
      staffNumber: person?.staffNumber ?? '',
      problem: of.title,
      // What they wished for has passed: nobody reads that to them.
      wanted: of.emergency || of.wanted.to <= at.now ? '想【尽快修】' : `想约【${spokenWindow(of.wanted.from, of.wanted.to, at.now)}】`,
      proposal: spokenMoment(proposal(of, from, at), at.now),
    }
  }
}

/** A time to propose: the start of the wanted window, or when one can be there, on the half hour. */
const proposal = (order: Order, from: Place | null, reading: Reading): Date => {
  const ride = from ? travelMs(from, order.place, reading.settings.dispatch) : 30 * MINUTE
  const earliest = Math.max(order.wanted.from.getTime(), reading.now.getTime() + ride)
  return new Date(Math.ceil(earliest / (30 * MINUTE)) * 30 * MINUTE)
}

/** Whether technicians of the present visit may still see who lives there (R39). */
export const isOpenTo = (order: Order, { now, settings }: Reading): boolean => {
  const ended = endOf(visitOf(order))
  return !ended || now < after(ended, settings.privacy.visibleDays * DAY)
}

const crewMember = (order: Order, id: string, { urlOf }: Reading): JobView['crew'] => {
  const person = personOf(order, id)
  return person ? [{ id, name: person.name, staffNumber: person.staffNumber, photo: person.photo && urlOf(person.photo), lead: visitOf(order).technicianId === id }] : []
}

export const jobCard = (order: Order, reader: string, reading: StateReading): JobCard => {
  const visit = visitOf(order)
  return {
    orderId: order._id, number: order.number, title: order.title, district: order.maskedPlace || order.district, state: technicianState(order, reading),
    appointmentAt: isoOrNull(visit.appointmentAt), doneAt: isoOrNull(visit.checkedOutAt ?? endOf(visit)), kind: visit.kind, helping: visit.technicianId !== reader,
  }
}

