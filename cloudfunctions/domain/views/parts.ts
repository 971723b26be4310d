import type { ChangeView, FileView, OrderItemView, PartsView, QuoteLineView, QuoteView, RatingView, StageView, StepView, TechnicianCard, TimelineLine, VisitView, WarrantyCardView } from '../../../typings/contract'
import { shortName } from '../draft'
import { personOf } from '../order'
import { changedLines } from '../handlers/change-order'
import { differenceFen, openChange, unpaidChange } from '../handlers/money-gate'
import { partsText } from '../handlers/parts'
import type { Actor, Missing, Order, Person, Quote, QuoteLine, Visit } from '../order'
import { DAY, dayText } from '../shanghai'
import { standardOf } from '../standards'
import { fillBlanks, TIMELINE } from '../timeline'
import type { TimelineKind } from '../timeline'
import { iso, isoOrNull } from './reading'
import type { CardReading, Reading } from './reading'

/** Pieces that several readers' views share. Nothing here holds a phone number, an address or an OPENID. */

export const technicianCard = (person: Person, { categoryName, urlOf }: CardReading): TechnicianCard => ({
  id: person.id, name: person.name, staffNumber: person.staffNumber, photo: person.photo && urlOf(person.photo), stars: person.stars, jobs: person.jobs, skills: person.skills.map(categoryName),
})

export const cardOf = (order: Order, id: string | null, reading: CardReading): TechnicianCard | null => {
  const person = personOf(order, id)
  return person ? technicianCard(person, reading) : null
}

export const itemViews = (order: Order): OrderItemView[] => order.items.map(({ code, name, unit, quantity }) => ({ code, name, unit, quantity }))

export const fileViews = (files: readonly string[], reading: Reading): FileView[] => files.map((fileId) => ({ fileId, url: reading.urlOf(fileId) }))

const lineView = (line: QuoteLine): QuoteLineView => ({
  id: line.id, name: line.name, quantity: line.quantity, unit: line.unit,
  material: [line.material.includes(line.brand) ? '' : line.brand, line.material, line.grade, line.maker].filter(Boolean).join('，'),
  materialFen: line.materialFen, labourFen: line.labourFen, amountFen: line.amountFen, warrantyMonths: line.warrantyMonths,
})

/** A quote that homeowners may see: staff have priced all of it (R20). */
type ShownQuote = Quote & { state: QuoteView['state'] }
const isShown = (quote: Quote): quote is ShownQuote => quote.state !== 'pending' && quote.state !== 'refused'

export const quoteView = (quote: ShownQuote): QuoteView => ({
  version: quote.version,
  state: quote.state,
  lines: quote.lines.map(lineView),
  totalFen: quote.totalFen,
  note: quote.note,
  sentAt: iso(quote.sentAt),
  expiresAt: iso(quote.expiresAt),
  confirmedAt: quote.state === 'confirmed' ? isoOrNull(quote.answeredAt) : null,
})

/** What the homeowner filmed, if anything. */
export const videoView = (order: Order, reading: Reading): FileView | null => (order.video ? { fileId: order.video, url: reading.urlOf(order.video) } : null)

/** The quote that counts: the confirmed one, else the newest. */
export const presentQuote = (order: Order): ShownQuote | null => {
  const shown = order.quotes.filter(isShown)
  return shown.find(({ state }) => state === 'confirmed') ?? shown.at(-1) ?? null
}

/** The change order that waits for staff, an answer or the payment (R19, R20). */
export const changeView = (order: Order, reading: Reading): ChangeView | null => {
  const quote = openChange(order) ?? unpaidChange(order)
  if (!quote?.change) return null
  const { added, removed } = changedLines(order, quote)
  return {
    version: quote.version, state: quote.state === 'pending' ? 'pending' : quote.state === 'confirmed' ? 'unpaid' : 'sent', reason: quote.change.reason, photos: fileViews(quote.change.photos, reading), added: added.map(lineView), removed: removed.map(lineView),
    differenceFen: differenceFen(order, quote), totalFen: quote.totalFen, expiresAt: iso(quote.expiresAt),
  }
}

export const stageViews = (order: Order): StageView[] =>
  order.stages
    .filter((stage) => stage.state !== 'void')
    .map((stage) => ({
      id: stage.id, name: stage.name, amountFen: stage.amountFen, state: stage.state === 'void' ? 'not_due' : stage.state,
      paidAt: isoOrNull(stage.payment?.paidAt ?? null), refundedFen: stage.refundedFen,
    }))

const whoText = (by: Actor): string => {
  switch (by.role) {
    case 'homeowner':
      return '业主'
    case 'technician':
      return by.name
    case 'staff':
      return '客服'
    case 'system':
      return '系统'
  }
}

/** What is missing and when it comes (R45). */
export const partsView = ({ parts, reason, expectedAt }: Missing, now: Date): PartsView => ({ names: partsText(parts), reason, expectedAt: iso(expectedAt), text: dayText(expectedAt, now) })

type Reader = 'homeowner' | 'technician' | 'staff'

/** The sentences speak to the homeowner; to others they speak of them. What people wrote stays as they wrote it. */
const OWN_REASONS: readonly TimelineKind[] = ['assigned', 'helper_removed', 'search_widened']

const timelineText = ({ kind, data: told, by }: Order['timeline'][number], reader: Reader): string => {
  // Why staff did it is no homeowner's business.
  const data = reader === 'homeowner' && by.role === 'staff' && OWN_REASONS.includes(kind) ? { ...told, reason: '' } : told
  if (reader === 'homeowner') return fillBlanks(TIMELINE[kind], data).replace(/：$/, '')
  const blanks = data['who'] === '您' ? { ...data, who: '业主' } : data
  return fillBlanks(TIMELINE[kind].replaceAll('您', '业主'), blanks).replace(/：$/, '')
}

/** Newest first. Our own affairs are shown to staff only (R38). */
export const timelineLines = (order: Order, reader: Reader): TimelineLine[] =>
  order.timeline
    .filter((entry) => reader === 'staff' || !entry.internal)
    .map((entry) => ({ id: entry.id, at: iso(entry.at), text: timelineText(entry, reader), by: reader === 'staff' && entry.by.role === 'staff' ? entry.by.name : whoText(entry.by) }))
    .reverse()

/** The checklist of a visit as its standard asks it (R48); `blanks` fill the words in. */
export const stepViews = (visit: Visit, blanks: Record<string, string>, reading: Reading): StepView[] => {
  const standard = standardOf(visit.standard)
  let currentSeen = false
  return standard.steps.map((step) => {
    const record = visit.steps.find((candidate) => candidate.id === step.id)
    const done = Boolean(record?.doneAt)
    const current = !done && !currentSeen
    if (current) currentSeen = true
    return {
      id: step.id,
      title: step.title,
      hint: step.hint,
      phase: step.phase,
      state: done ? 'done' : current ? (record?.startedAt ? 'running' : 'current') : 'waiting',
      ticks: step.ticks.map((tick) => ({ id: tick.id, label: tick.label, done: record?.ticks.includes(tick.id) ?? false })),
      photos: step.photos ? { label: step.photos.label, min: step.photos.min, files: fileViews(record?.photos ?? [], reading) } : null,
      note: step.note ? { label: step.note.label, required: step.note.required, text: record?.note ?? '' } : null,
      words: (standard.words[step.moment] ?? []).map((line) => fillBlanks(line, blanks)),
      minSeconds: step.minSeconds,
      startedAt: isoOrNull(record?.startedAt ?? null),
      doneAt: isoOrNull(record?.doneAt ?? null),
    }
  })
}

export const ratingView = (visit: Visit, reading: Reading): RatingView | null =>
  visit.rating && {
    stars: visit.rating.stars, tags: visit.rating.tags, comment: visit.rating.comment, at: iso(visit.rating.at),
    changeableUntil: iso(new Date(visit.rating.at.getTime() + reading.settings.rating.changeableDays * DAY)),
  }

export const visitView = (order: Order, visit: Visit, reading: Reading): VisitView => ({
  no: visit.no,
  kind: visit.kind,
  state: visit.state,
  technician: cardOf(order, visit.technicianId, reading),
  appointmentAt: isoOrNull(visit.appointmentAt),
  arrivedAt: isoOrNull(visit.arrivedAt),
  completedAt: isoOrNull(visit.completedAt),
  acceptedAt: isoOrNull(visit.acceptedAt),
  steps: stepViews(visit, {}, reading).filter((step) => step.state === 'done').map((step) => ({ ...step, words: [] })),
  missing: visit.missing.map((item) => ({ text: item.text, reportedAt: iso(item.reportedAt), doneAt: isoOrNull(item.doneAt) })),
  rating: ratingView(visit, reading),
})

/** The warranty card. Signatures are shown to those of the order only; what is passed on names nobody in full (R39). */
export const warrantyCardView = (order: Order, reading: Reading, withSignatures: boolean): WarrantyCardView | null => {
  const { card } = order
  if (!card || card.lines.length === 0) return null
  const technician = personOf(order, card.technicianId)
  const file = (signed: { file: string } | null) => (signed?.file && withSignatures ? { fileId: signed.file, url: reading.urlOf(signed.file) } : null)
  return {
    number: card.number,
    code: card.code,
    until: iso(card.until),
    months: card.months,
    acceptedAt: iso(card.acceptedAt),
    lines: card.lines.map((line) => ({ item: line.item, material: line.material, amountFen: line.amountFen, months: line.months, until: iso(line.until) })),
    paidFen: card.paidFen,
    place: `${order.maskedPlace} ****`,
    homeowner: { name: card.homeownerName, signedAt: isoOrNull(card.homeownerSigned?.at ?? null), signature: file(card.homeownerSigned) },
    technician: { name: withSignatures ? (technician?.name ?? '') : shortName(technician), staffNumber: technician?.staffNumber ?? '', signedAt: isoOrNull(card.technicianSigned?.at ?? null), signature: file(card.technicianSigned) },
    hotline: reading.settings.hotline,
    valid: card.until > reading.now && order.status !== 'cancelled',
  }
}

/** 138 **** 6621 */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '')
  return digits.length >= 7 ? `${digits.slice(0, 3)} **** ${digits.slice(-4)}` : '****'
}

/** 林** */
export const maskName = (name: string): string => `${[...name][0] ?? ''}**`

/** 林女士 */
export const addressOf = ({ name, honorific }: { name: string; honorific: string }): string => {
  const compound = [...name].length > 2 && COMPOUND_SURNAMES.find((surname) => name.startsWith(surname))
  return `${compound || ([...name][0] ?? '')}${honorific}`
}

/** Surnames of two signs that one meets. */
const COMPOUND_SURNAMES = ['欧阳', '上官', '司马', '司徒', '诸葛', '东方', '皇甫', '尉迟', '公孙', '令狐', '慕容', '夏侯', '宇文', '长孙', '南宫', '端木', '轩辕']
