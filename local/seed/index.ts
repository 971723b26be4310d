import { createHash } from 'node:crypto'
import type cloudbaseSdk from '@cloudbase/node-sdk'
import { TEMPLATES } from '../../cloudfunctions/domain/messages'
import { settingsSchema } from '../../cloudfunctions/domain/settings'
import type { Collections } from '../../cloudfunctions/platform/documents'
import { toDocument } from '../../cloudfunctions/platform/technician-document'
import { sdkEnvironment } from '../cloud/functions/environment'
import { templateId } from '../cloud/variables'
import { priceBook } from './price-book'
import { ratings } from './ratings'
import { operators } from './staff'
import { technicians } from './technicians'

type Db = ReturnType<ReturnType<typeof cloudbaseSdk.init>['database']>

export interface SeedOptions {
  /** `http://127.0.0.1:PORT/admin` */
  admin: string
  envId: string
}

/**
 * Fills an empty database with the demonstration city 临江市江湾区, through the real SDK: price book, technicians with their stars, operators, settings.
 * Does nothing when there is a city or an order already. The settings are written last and are the mark that all is there: a seeding that was
 * cut off is carried on by the next. Throws the SDK's errors.
 */
export async function seed({ admin, envId }: SeedOptions): Promise<void> {
  const variables = sdkEnvironment(admin)
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]))
  Object.assign(process.env, variables)
  try {
    // Loaded here: whoever wants an empty city starts without the SDK.
    const { default: cloudbase } = await import('@cloudbase/node-sdk')
    await fill(cloudbase.init({ env: envId }).database(), await workplaceTime(admin))
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

async function fill(db: Db, now: Date): Promise<void> {
  const [mark, orders] = await Promise.all([db.collection('settings').doc('current').get(), db.collection('orders').count()])
  if (mark.data.length > 0 || (orders.total ?? 0) > 0) return

  const put = <Name extends keyof Collections>(collection: Name, { _id, ...document }: Collections[Name]) =>
    db.collection(collection).doc(_id).set(document)
  const settings = settingsSchema.parse({ templateIds: templateIds() })
  const book = priceBook()
  await Promise.all([
    put('price_books', { _id: `v${book.version}`, ...book, published: true }),
    ...operators.map(({ _id, name, roles, token }) =>
      put('operators', { _id, name, roles: [...roles], tokenHash: hashOf(token), active: true }),
    ),
    ...technicians(now).map((technician) => put('technicians', toDocument(technician, now, settings))),
    ...ratings(now).map((rating) => put('ratings', rating)),
  ])
  // Only what differs from the standard's figures is kept.
  await put('settings', { _id: 'current', templateIds: settings.templateIds })
}

/** Hex SHA-256: all that is kept of an operator's token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A template for every moment that sends a message (R41), with the ids that the local workplace gives. */
const templateIds = (): Record<string, string> => Object.fromEntries(Object.keys(TEMPLATES).map((key) => [key, templateId(key)]))

/** The moved time: positions are fresh by the clock that functions see. */
async function workplaceTime(admin: string): Promise<Date> {
  const answer = await fetch(new URL('/__clock', admin))
  const { now } = (await answer.json()) as { now: string }
  return new Date(now)
}
