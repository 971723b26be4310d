import { priceBookSchema } from '../domain/price-book'
import type { PriceBook } from '../domain/price-book'
import { defaultSettings, settingsSchema } from '../domain/settings'
import type { Settings } from '../domain/settings'
import { Cached, REGISTER_MS } from './cached'
import { collection } from './db'
import type { SettingsDocument } from './documents'

export const SETTINGS_ID = 'current'

/** What of the document are settings: besides its id it says who changed it last, and how often it was changed. */
export const settingsIn = ({ _id, updatedAt: _at, updatedBy: _by, version: _version, ...values }: SettingsDocument): unknown => values

let lastGood: Settings = defaultSettings()

/** The figures in force (R42 ⚙): the spec's defaults where staff set nothing. A document that no longer validates is reported, and the last good one stays in force. */
const settings = new Cached(REGISTER_MS, async (): Promise<Settings> => {
  const stored = await collection('settings').get(SETTINGS_ID)
  if (!stored) return (lastGood = defaultSettings())
  const parsed = settingsSchema.safeParse(settingsIn(stored))
  if (parsed.success) return (lastGood = parsed.data)
  console.error(JSON.stringify({ alert: 'settings_invalid', issues: parsed.error.issues.map((issue) => ({ path: issue.path, message: issue.message })) }))
  return lastGood
})

export const readSettings = (): Promise<Settings> => settings.get()
export const forgetSettings = (): void => settings.forget()

let known: PriceBook | null = null

/** A published version never changes (R20): only which one is the newest is asked again and again. */
const priceBook = new Cached(REGISTER_MS, async (): Promise<PriceBook> => {
  const newestFirst = { order: { version: 'desc' }, limit: 1 } as const
  if (known) {
    const [newest] = await collection('price_books').find({ published: true }, { ...newestFirst, without: ['categories'] })
    if (newest?.version === known.version) return known
  }
  const [newest] = await collection('price_books').find({ published: true }, newestFirst)
  if (!newest) throw new Error('no price book is published')
  const { _id, published: _published, ...book } = newest
  return (known = priceBookSchema.parse(book))
})

/** The published price book, newest version (R20). @throws Error when none is published: a deployment without one cannot price. */
export const readPriceBook = (): Promise<PriceBook> => priceBook.get()
