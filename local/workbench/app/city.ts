/** What the workbench knows of the workplace at this moment, and how it stays up to date: each part is read anew when its collections change. */
import type { Order } from '../../../cloudfunctions/domain/order'
import { settingsSchema } from '../../../cloudfunctions/domain/settings'
import type { DailyHours } from '../../../cloudfunctions/domain/shanghai'
import type { CreditDocument, MessageDocument, TodoDocument } from '../../../cloudfunctions/platform/documents'
import type { TechnicianDocument } from '../../../cloudfunctions/platform/technician-document'
import type { MessageTemplate, NamedPlace, Person, SentMessage } from './workplace'
import { listMessages, listPeople, listPlaces, listTemplates, lookAt, WorkplaceError } from './workplace'

/** The next moment at which the clock has work, and whose it is. */
export interface NextWork {
  at: Date
  /** What is waited for, in words. */
  what: string
}

export interface City {
  people: Person[]
  places: NamedPlace[]
  templates: MessageTemplate[]
  technicians: TechnicianDocument[]
  /** Newest first. */
  orders: Order[]
  todos: TodoDocument[]
  credits: CreditDocument[]
  inbox: MessageDocument[]
  sent: SentMessage[]
  nextWork: NextWork | null
  /** When ordinary orders wait (R55); null until it was read. */
  night: DailyHours | null
}

export type Part = keyof City

/** The most that is drawn; a city of thousands is looked at through the console. */
const MOST = 200

const nextWork = async (): Promise<NextWork | null> => {
  const first = <Document>(collection: string) =>
    lookAt<Document>(collection, { query: { nextWorkAt: { $ne: null } }, sort: { nextWorkAt: 1 }, limit: 1 })
  const [[order], [payment], [refund]] = await Promise.all([
    first<Order>('orders'),
    first<{ _id: string; nextWorkAt: Date }>('payments'),
    first<{ _id: string; nextWorkAt: Date }>('refunds'),
  ])
  const found = [
    ...(order?.nextWorkAt ? [{ at: order.nextWorkAt, what: `工单 ${order.number}` }] : []),
    ...(payment ? [{ at: payment.nextWorkAt, what: `付款 ${payment._id}` }] : []),
    ...(refund ? [{ at: refund.nextWorkAt, what: `退款 ${refund._id}` }] : []),
  ]
  return found.sort((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null
}

/** Only what differs from the standard's figures is stored. */
const night = async (): Promise<DailyHours> => {
  const [stored] = await lookAt<{ night?: unknown }>('settings', { query: { _id: 'current' }, limit: 1 })
  return settingsSchema.shape.night.parse(stored?.night)
}

const SOURCES: { [Name in Part]: { collections: readonly string[]; load: () => Promise<City[Name]> } } = {
  people: { collections: [], load: listPeople },
  places: { collections: [], load: listPlaces },
  templates: { collections: [], load: listTemplates },
  technicians: { collections: ['technicians'], load: () => lookAt('technicians', { limit: MOST }) },
  orders: { collections: ['orders'], load: () => lookAt('orders', { sort: { createdAt: -1 }, limit: MOST }) },
  todos: { collections: ['todos'], load: () => lookAt('todos', { query: { state: 'open' }, sort: { at: -1 }, limit: MOST }) },
  credits: { collections: ['credits'], load: () => lookAt('credits', { limit: 1000 }) },
  inbox: { collections: ['messages'], load: () => lookAt('messages', { sort: { at: -1 }, limit: MOST }) },
  sent: { collections: [], load: listMessages },
  nextWork: { collections: ['orders', 'payments', 'refunds'], load: nextWork },
  night: { collections: ['settings'], load: night },
}
const PARTS = Object.keys(SOURCES) as Part[]

export class CityFeed {
  readonly city: City = {
    people: [],
    places: [],
    templates: [],
    technicians: [],
    orders: [],
    todos: [],
    credits: [],
    inbox: [],
    sent: [],
    nextWork: null,
    night: null,
  }
  private readonly listeners: { parts: readonly Part[]; draw: () => void }[] = []
  /** Parts that are being read: whether they must be read again after that. */
  private readonly reading = new Map<Part, boolean>()

  constructor(private readonly onReach: (problem: string | null) => void) {}

  /** `draw` is called after any of the parts was read. */
  watch(parts: readonly Part[], draw: () => void): void {
    this.listeners.push({ parts, draw })
  }

  async readAll(): Promise<void> {
    await Promise.all(PARTS.map((part) => this.read(part)))
  }

  collectionsChanged(collections: readonly string[]): void {
    for (const part of PARTS) if (SOURCES[part].collections.some((name) => collections.includes(name))) void this.read(part)
  }

  /** Reads a part; asked again meanwhile, it is read once more and not twice at a time. What cannot be read stays as it was. */
  async read(part: Part): Promise<void> {
    if (this.reading.has(part)) {
      this.reading.set(part, true)
      return
    }
    this.reading.set(part, false)
    try {
      await this.load(part)
      this.onReach(null)
    } catch (error) {
      if (!(error instanceof WorkplaceError)) throw error
      this.onReach(error.message)
    } finally {
      const again = this.reading.get(part) === true
      this.reading.delete(part)
      if (again) void this.read(part)
    }
  }

  private async load<Name extends Part>(part: Name): Promise<void> {
    this.city[part] = await (SOURCES[part].load as () => Promise<City[Name]>)()
    for (const { parts, draw } of this.listeners) if (parts.includes(part)) draw()
  }
}
