import { createHash } from 'node:crypto'
import type cloudbaseSdk from '@cloudbase/node-sdk'
import type { Technician } from '../../cloudfunctions/domain/technician'
import { TEMPLATES } from '../../cloudfunctions/domain/messages'
import { settingsSchema } from '../../cloudfunctions/domain/settings'
import { templateId } from '../cloud/variables'
import { priceBook } from './price-book'
import { operators } from './staff'
import { technicians } from './technicians'

type Db = ReturnType<ReturnType<typeof cloudbaseSdk.init>['database']>

export interface SeedOptions {
  /** `http://127.0.0.1:PORT/admin` */
  admin: string
  envId: string
}

/**
 * Fills an empty database with the demonstration city 临江市江湾区, through the real SDK: price book, technicians, operators, settings.
 * Does nothing when there is a city or an order already. The settings are written last and are the mark that all is there: a seeding that was
 * cut off is carried on by the next. Throws the SDK's errors.
 */
export async function seed({ admin, envId }: SeedOptions): Promise<void> {
  // Loaded here: a workplace that has its city already starts without the SDK.
  const { default: cloudbase } = await import('@cloudbase/node-sdk')
  const db = cloudbase.init({ env: envId, secretId: 'local', secretKey: 'local', serviceUrl: admin }).database()
  const [mark, orders] = await Promise.all([db.collection('settings').doc('current').get(), db.collection('orders').count()])
  if (mark.data.length > 0 || orders.total > 0) return

  const now = await workplaceTime(admin)
  const book = priceBook()
  const put = <Document extends { _id: string }>(collection: string, { _id, ...document }: Document) =>
    db.collection(collection).doc(_id).set(document)
  await Promise.all([
    put('priceBooks', { _id: `v${book.version}`, ...book, published: true }),
    ...operators.map(({ _id, name, roles, token }) => put('operators', { _id, name, roles, tokenHash: hashOf(token) })),
    ...technicians(now).map((technician) => put('technicians', stored(db, technician))),
  ])
  await put('settings', { _id: 'current', ...settingsSchema.parse({ templateIds: templateIds() }) })
}

/** Hex SHA-256: all that is kept of an operator's token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A template for every moment that sends a message (R41), with the ids that the local workplace gives. */
const templateIds = (): Record<string, string> => Object.fromEntries(Object.keys(TEMPLATES).map((key) => [key, templateId(key)]))

/** A technician as the database keeps them: what geo indexes read are GeoJSON points. */
const stored = (db: Db, technician: Technician) => ({
  ...technician,
  base: new db.Geo.Point(technician.base.longitude, technician.base.latitude),
  position: technician.position && new db.Geo.Point(technician.position.longitude, technician.position.latitude),
})

/** The moved time: positions are fresh by the clock that functions see. */
async function workplaceTime(admin: string): Promise<Date> {
  const answer = await fetch(new URL('/__clock', admin))
  const { now } = (await answer.json()) as { now: string }
  return new Date(now)
}
