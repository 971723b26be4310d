import { createHash, randomUUID } from 'node:crypto'
import { chooseItems } from '../domain/chosen-repair'
import type { ChosenRepair } from '../domain/chosen-repair'
import type { Need } from '../domain/eligibility'
import { durationOf, urgencyFactor } from '../domain/eligibility'
import type { Filing } from '../domain/event'
import { fileOrder } from '../domain/file-order'
import type { Customer, Order } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { after, DAY, MINUTE, monthDayDigits } from '../domain/shanghai'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { collection } from '../platform/db'
import { acceptFiles } from '../platform/files'
import { knowledgeOf } from '../platform/knowledge'
import { insertOrder } from '../platform/orders'
import { readPriceBook, readSettings } from '../platform/settings'
import { nearTechnicians } from '../platform/near-technicians'
import { repairInput } from './repair-input'
import type { RepairInput } from './repair-input'

/** How long a form may lie open before its "now" is the past. */
const SLACK_MS = 10 * MINUTE
/** How often another number is tried when one is taken: four digits a day at first, then more. */
const MOST_NUMBERS = 12

/**
 * R02, R04: the order's _id is derived from who files and the draft's requestId, so the same filing sent twice makes one order. The person's document is written first and
 * never over that of an order that is there, so that a crash between the two leaves nothing wrong.
 */
export const fileRepair = defineAction({
  summary: '报修；同一个 requestId 再发只算一单',
  input: repairInput,
  example: {
    category: 'plumbing',
    items: [{ code: 'tap-replace', quantity: 1 }],
    problem: '厨房龙头关不紧，一直滴水',
    contact: { name: '林晓', honorific: '女士' as const, phone: '138 0000 6621' },
    place: { address: '梧桐里 6 幢', room: '2 单元 1102', district: '江湾区', longitude: 120.2, latitude: 30.2 },
    wanted: { from: '2026-11-22T06:00:00Z', to: '2026-11-22T08:00:00Z' },
  },
  run: async (input, { caller, requestId }) => {
    const openid = openidOf(caller)
    const [settings, book] = await Promise.all([readSettings(), readPriceBook()])
    const now = new Date()
    const _id = `o${createHash('sha256').update(JSON.stringify([openid, requestId ?? randomUUID()])).digest('hex').slice(0, 30)}`
    const chosen = chooseItems(book, input.category, input.items)
    if (chosen instanceof Refusal) return thereOr(_id, chosen)
    const files = wrongTime(input, now, settings) ?? (await acceptedFiles(input, openid, requestId))
    if (files instanceof Refusal) return thereOr(_id, files)

    const customer = customerOf(_id, input)
    const filing = { ...filingOf(input, chosen), ...files, _id, homeownerId: openid, customer }
    const [known, near, isNew] = await Promise.all([
      collection('orders').get(_id),
      nearTechnicians(needOf(filing, settings), [], now, settings),
      collection('customers').add(customer),
    ])
    if (known) return { orderId: _id, number: known.number }

    const remembered = rememberContact(openid, input, now)
    for (let attempt = 0; attempt < MOST_NUMBERS; attempt += 1) {
      const order = fileOrder({ ...filing, number: orderNumber(_id, now, attempt) }, now, knowledgeOf(settings, near))
      const [written] = await Promise.all([insertOrder(isNew ? order : withCustomer(order, customer, now), now, settings), remembered])
      if (written) return { orderId: _id, number: written.number }
      const other = await collection('orders').get(_id)
      if (other) return { orderId: _id, number: other.number }
    }
    return refuse('CONFLICT', '报修的人太多，单号没排上，请再点一次')
  },
})

/** Sent again after the time wanted has passed, or after the book has changed: the order is there all the same (R04). */
const thereOr = async (orderId: string, refusal: Refusal): Promise<{ orderId: string; number: string } | Refusal> => {
  const there = await collection('orders').get(orderId)
  return there ? { orderId, number: there.number } : refusal
}

const wrongTime = ({ wanted }: RepairInput, now: Date, settings: Settings): Refusal | null => {
  const days = settings.appointment.mostDaysAhead
  if (wanted.from < after(now, -SLACK_MS)) return refuse('INVALID_INPUT', '想约的时间已经过去了，请重新选', { 'wanted.from': '想约的时间已经过去了，请重新选' })
  if (wanted.to > after(now, days * DAY)) return refuse('INVALID_INPUT', `最多约到 ${days} 天内`, { 'wanted.to': `最多约到 ${days} 天内` })
  return null
}

const acceptedFiles = async ({ photos, video }: RepairInput, openid: string, requestId: string | null): Promise<Refusal | Pick<Filing, 'photos' | 'video'>> => {
  const owner = { purpose: 'filing' as const, openid, subject: requestId ?? '' }
  const [pictures, videos] = await Promise.all([acceptFiles('photos', photos, owner), acceptFiles('video', video ? [video] : [], owner, 'video')])
  if (pictures instanceof Refusal) return pictures
  return videos instanceof Refusal ? videos : { photos: [...pictures], video: videos[0] ?? null }
}

const customerOf = (_id: string, { contact, place }: RepairInput): Customer => ({
  _id, name: contact.name, honorific: contact.honorific, phone: contact.phone, onSite: contact.onSite ?? null, address: place.address, room: place.room, district: place.district, longitude: place.longitude,
  latitude: place.latitude,
})

const filingOf = (input: RepairInput, { category, items, quote }: ChosenRepair): Omit<Filing, '_id' | 'number' | 'homeownerId' | 'customer' | 'photos' | 'video'> => ({
  source: 'mini_program', category, items, problem: input.problem, requests: input.requests, wanted: input.wanted, emergency: input.emergency, quote,
})

const needOf = (filing: Omit<Filing, 'number'>, settings: Settings): Need => ({
  orderId: filing._id, visitNo: 1, category: filing.category.code, certificate: filing.category.certificate, place: { longitude: filing.customer.longitude, latitude: filing.customer.latitude },
  wanted: filing.wanted, durationMs: durationOf(filing, settings), homeownerId: filing.homeownerId, radiusFactor: urgencyFactor(filing.emergency, settings),
})

/** SF1122-0486: day and digits derived from the order's id, so that a retry asks for the same number. */
const orderNumber = (orderId: string, now: Date, attempt: number): string => {
  const digits = 4 + Math.floor(attempt / 3)
  const value = createHash('sha256').update(`${orderId}#${attempt}`).digest().readUInt32BE() % 10 ** digits
  return `SF${monthDayDigits(now)}-${String(value).padStart(digits, '0')}`
}

/**
 * The person's document is there already, from a filing that got no further or is under way, and may say something else: whichever filing becomes the order says whom it is
 * about.
 */
const withCustomer = (order: Order, customer: Customer, now: Date): Order => ({
  ...order,
  outbox: [{ id: `${order._id}:customer`, attempts: 0, nextAt: now, kind: 'keep_customer', customer }, ...order.outbox],
})

/** Filled in by itself the next time. */
const rememberContact = (openid: string, { contact, place }: RepairInput, now: Date): Promise<void> =>
  collection('homeowners').put({ _id: openid, lastContact: { name: contact.name, honorific: contact.honorific, phone: contact.phone, place }, updatedAt: now })
