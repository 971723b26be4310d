import type { FollowUpView, OrderCard, OrderView } from '../../../typings/contract'
import { shortName } from '../draft'
import { dueFen, isHeldByMoney, openChange } from '../handlers/money-gate'
import { doorCodePurpose } from '../handlers/visit'
import { personOf, previousVisit, visitOf } from '../order'
import type { Customer, Order, Person, TimeWindow, Visit } from '../order'
import { after, atClock, countText, DAY, HOUR, MINUTE, momentText, spanText, windowText } from '../shanghai'
import { standardOf } from '../standards'
import { homeownerButtons } from './homeowner-buttons'
import { cardOf, changeView, fileViews, itemViews, partsView, presentQuote, quoteView, stageViews, technicianCard, timelineLines, videoView, visitView, warrantyCardView } from './parts'
import { figuresOf, iso } from './reading'
import type { CardReading, Reading } from './reading'
import { homeownerState, lastAsked, undecidedDelay } from './state'
import type { StateReading } from './state'

/** The whole order as its homeowner sees it (R38). `customer` is null after erasure. */
export const homeownerView = (order: Order, customer: Customer | null, reading: Reading): OrderView => {
  const { now } = reading
  const visit = visitOf(order)
  const quote = presentQuote(order)
  const doorClosed = !isHeldByMoney(order) && visit.technicianId !== null && visit.appointmentAt !== null && !visit.door.openedAt && ['scheduled', 'on_the_way', 'arrived'].includes(order.status)
  const open = order.offers.filter((offer) => offer.state === 'open' && offer.visitNo === visit.no)
  const searching = (order.status === 'dispatching' || order.status === 'seeking_staff') && visit.state !== 'choosing' && visit.state !== 'rebooking'
  return {
    id: order._id,
    number: order.number,
    version: order.version,
    status: order.status,
    state: homeownerState(order, reading),
    title: order.title,
    category: { code: order.category.code, name: order.category.name, icon: order.category.icon },
    items: itemViews(order),
    problem: order.problem,
    requests: order.requests,
    photos: fileViews(order.photos, reading),
    video: videoView(order, reading),
    wanted: { from: iso(order.wanted.from), to: iso(order.wanted.to), text: windowText(order.wanted.from, order.wanted.to, now) },
    contact: {
      name: customer?.name ?? '', honorific: customer?.honorific ?? '先生', phone: customer?.phone ?? '', onSite: customer?.onSite ?? null,
    },
    place: { address: customer ? `${customer.address} ${customer.room}`.trim() : order.maskedPlace, district: order.district },
    filedAt: iso(order.createdAt),
    emergency: order.emergency,
    dispatch: searching
      ? {
          wave: order.dispatch.wave,
          endsAt: open[0]?.endsAt ? iso(open[0].endsAt) : null,
          // While staff arrange it, nobody is waited for any more.
          offers: (order.status === 'seeking_staff' ? [] : open).flatMap((offer) => {
            const person = personOf(order, offer.technicianId)
            return person ? [{ technician: technicianCard(person, reading), distanceMetres: offer.distanceMetres, looking: offer.seenAt !== null }] : []
          }),
        }
      : null,
    next: nextLines(order, visit, reading),
    technician: cardOf(order, visit.technicianId, reading),
    doorCode: doorClosed ? reading.codeFor(doorCodePurpose(order._id, visit.no, visit.technicianId), '0123456789', 4) : null,
    appointment: visit.appointmentAt && !visit.arrivedAt ? { at: iso(visit.appointmentAt), text: momentText(visit.appointmentAt, now) } : null,
    ...changesOfPlan(order, visit, reading),
    preparations: preparations(order, visit),
    quote: quote ? quoteView(quote) : null,
    change: openChange(order)?.state === 'pending' ? null : changeView(order, reading),
    stages: stageViews(order),
    visits: order.visits.map((each) => visitView(order, each, reading)),
    followUp: followUpView(order),
    returnChoice:
      visit.state === 'choosing' && visit.choice === null
        ? {
            visitNo: visit.no,
            technician: cardOf(order, previousVisit(order)?.technicianId ?? null, reading),
            until: iso(order.deadlines.find((deadline) => deadline.id === 'return.choice')?.dueAt ?? now),
          }
        : null,
    ratingTags: standardOf(visit.standard).ratingTags,
    card: warrantyCardView(order, reading, true),
    timeline: timelineLines(order, 'homeowner'),
    ...homeownerButtons(order, now),
    hotline: reading.settings.hotline,
    figures: figuresOf(reading.settings),
  }
}

/** What did not go as agreed: a delay to answer, a closed door, a visit to book again, parts to wait for (R12, R15, R45); and who comes along (R47). */
const changesOfPlan = (order: Order, visit: Visit, reading: Reading): Pick<OrderView, 'delay' | 'waitingAtDoor' | 'rebook' | 'parts' | 'helpers'> => {
  const { now } = reading
  const { noShow, waiting } = visit
  const delay = undecidedDelay(visit, now)
  const last = previousVisit(order)
  return {
    delay: delay && { from: iso(delay.from), to: iso(delay.to), text: momentText(delay.to, now), reason: delay.reason, byTechnician: delay.by === 'technician' },
    waitingAtDoor: noShow && { since: iso(noShow.since), until: iso(noShow.noteFrom) },
    rebook:
      visit.state === 'rebooking' && last?.absent
        ? { note: last.absent.note, leftAt: iso(last.absent.at), technician: cardOf(order, last.technicianId, reading), options: windowsFrom(now).map(({ from, to }) => ({ label: windowText(from, to, now), from: iso(from), to: iso(to) })) }
        : null,
    parts: waiting && partsView(waiting, now),
    helpers: visit.helpers.flatMap((id) => cardOf(order, id, reading) ?? []),
  }
}

/** Windows of two hours that can be picked in one tap: from an hour ahead, by day, today and the next two days. */
export const windowsFrom = (now: Date): TimeWindow[] =>
  [0, 1, 2].flatMap((days) =>
    ['09:00', '11:00', '14:00', '16:00', '19:00'].flatMap((clock) => {
      const from = atClock(after(now, days * DAY), clock)
      return from.getTime() >= now.getTime() + HOUR ? [{ from, to: after(from, 2 * HOUR) }] : []
    }),
  )

/** Whoever came the last time and is asked alone first (R15, R33). */
const askedAlone = (order: Order, visit: Visit): Person | null => personOf(order, order.offers.find((offer) => offer.alone && offer.state === 'open' && offer.visitNo === visit.no)?.technicianId ?? null)

const nextLines = (order: Order, visit: Visit, { settings, now }: Reading): string[] => {
  const soon = `${spanText(settings.call.breachMinutes)}内给您打电话`
  const name = shortName(personOf(order, visit.technicianId))
  const free = visit.kind === 'return'
  switch (order.status) {
    case 'dispatching':
      if (visit.state === 'rebooking') return ['您选时间，先问上次那位师傅', '再来一趟也不收上门费']
      if (visit.state === 'choosing') return ['选好师傅，马上去请', '上门不收钱，修到您满意']
      if (askedAlone(order, visit)) return [`先只请${shortName(askedAlone(order, visit))}，${spanText(settings.returnVisit.aloneMinutes)}没接再请最近的${countText(settings.dispatch.offersPerWave)}位`, `接单的师傅 ${soon}`]
      return [`抢到的师傅 ${soon}`, `没人接就马上请下${countText(settings.dispatch.offersPerWave)}位，${countText(settings.dispatch.maxWaves)}轮还没有，调度员亲自给您安排`]
    case 'seeking_staff':
      return ['调度员给您定师傅', `定了的师傅 ${soon}`]
    case 'claimed':
      return [`${name}给您打电话，核对毛病，约上门时间`, ...(free || isPaidAhead(order) ? [] : ['看过报价，出发前付好款'])]
    case 'waiting_parts':
      return ['配件到了，师傅电话约您', '等的这几天不收钱']
    case 'scheduled':
      if (isHeldByMoney(order)) return ['付好款，约好的时间就作数，口令也给您', `过了 ${momentText(after(visit.appointmentAt ?? now, -settings.arrival.reminderMinutes * MINUTE), now)} 还没付，要另约时间`]
      return [`${name}提前 ${spanText(settings.arrival.earlyMinutes)}到楼下`, '到门口亮工牌，您念口令，对上再开门']
    case 'on_the_way':
    case 'arrived':
      return ['到门口亮工牌，您念口令，对上再开门', '铺好保护再动手']
    case 'working':
      return [`修好试给您看，至少试 ${spanText(leastTrial(visit) / 60)}`, '擦干净、放回原处，您再验收']
    case 'awaiting_acceptance':
      return ['您试过，没问题就验收', '签保修卡，旧件交给您']
    case 'closing':
      return ['保修卡两边签字', '旧件交给您，点清工具再走', ...(free ? [] : [`${spanText(settings.followUp.questionnaireHours * 60)}后问您还好不好用`])]
    default:
      return []
  }
}

/** How long what was repaired is tried, seconds (R28). */
const leastTrial = (visit: Visit): number => Math.max(...standardOf(visit.standard).steps.map(({ minSeconds }) => minSeconds))

const isPaidAhead = (order: Order): boolean => presentQuote(order)?.state === 'confirmed' && dueFen(order) === 0

/** 上门前，您只要做这些 */
const preparations = (order: Order, visit: Visit): OrderView['preparations'] => {
  if (!['claimed', 'scheduled', 'on_the_way'].includes(order.status)) return []
  const quote = presentQuote(order)
  const money: OrderView['preparations'] =
    quote && visit.kind === 'repair' && (quote.state === 'sent' || quote.state === 'confirmed')
      ? [{ icon: 'receipt', text: '确认报价并付款，师傅才出发', amountFen: quote.totalFen, done: isPaidAhead(order) }]
      : []
  return [...money, { icon: 'box', text: '贵重、易碎的东西先收好', amountFen: null, done: false }]
}

const followUpView = (order: Order): FollowUpView | null => {
  const visit = lastAsked(order)
  if (!visit?.followUp) return null
  const { answer, sentAt } = visit.followUp
  return {
    visitNo: visit.no,
    questions: standardOf(visit.standard).questions.map(({ id, text, yes, no, good, returns }) => ({ id, text, yes, no, good, returns })),
    sentAt: iso(sentAt ?? answer?.at ?? order.updatedAt),
    answer: answer && {
      satisfied: answer.satisfied,
      holds: answer.answers.find((each) => each.id === 'holds')?.yes ?? answer.satisfied,
      conductProper: answer.conductProper,
      answers: Object.fromEntries(answer.answers.map((each) => [each.id, each.yes])),
      comment: answer.comment,
      at: iso(answer.at),
    },
  }
}

/** A line of the homeowner's list. */
export const orderCard = (order: Order, at: StateReading, reading: CardReading): OrderCard => {
  const state = homeownerState(order, at)
  const { main } = homeownerButtons(order, at.now)
  return {
    id: order._id,
    number: order.number,
    title: order.title,
    categoryIcon: order.category.icon,
    state,
    fact: state.fact,
    sentence: state.sentence,
    button: state.turn === 'yours' ? main : null,
    technician: cardOf(order, visitOf(order).technicianId, reading),
    updatedAt: iso(order.updatedAt),
  }
}

