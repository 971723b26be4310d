/**
 * Repairs that have come some way: walked through the functions once, then copied for every test that begins there, with people, places and times of their own. A copy is
 * what the functions wrote, so it goes on as the first would; walking every one of them would take minutes.
 */
import { randomUUID } from 'node:crypto'
import type { Place } from '../../cloudfunctions/domain/geography'
import type { Collections } from '../../cloudfunctions/platform/documents'
import { HomeownerPhone, TechnicianPhone } from './product'
import type { Product } from './product'
import { Repair } from './repair'

/** How far it has come: agreed and paid · at work, the door is open · waiting for acceptance · at rest in its warranty. */
export type Stage = 'scheduled' | 'working' | 'awaiting' | 'closed'

const walk: Record<Stage, (repair: Repair) => Promise<unknown>> = {
  scheduled: async (repair) => {
    await repair.claim()
    await repair.agree()
    await repair.pay()
  },
  working: async (repair) => {
    await walk.scheduled(repair)
    await repair.setOut()
    await repair.arrive()
    await repair.openDoor()
    await repair.steps(['at_door'])
  },
  awaiting: async (repair) => {
    await walk.scheduled(repair)
    await repair.work()
  },
  closed: async (repair) => {
    await walk.awaiting(repair)
    await repair.close()
  },
}

interface Original {
  at: Date
  repair: Repair
  order: Collections['orders']
  customer: Collections['customers']
  technicians: Collections['technicians'][]
}

const originals = new WeakMap<Product, Map<string, Promise<Original>>>()

const originalOf = (product: Product, stage: Stage, near: number): Promise<Original> => {
  const known = originals.get(product) ?? new Map<string, Promise<Original>>()
  originals.set(product, known)
  const key = `${stage}:${near}`
  const made =
    known.get(key) ??
    (async () => {
      const repair = await Repair.file(product, { near })
      await walk[stage](repair)
      const [[order], [customer], technicians] = await Promise.all([
        product.find('orders', { _id: repair.orderId }),
        product.find('customers', { _id: repair.orderId }),
        product.find('technicians', { _id: { $in: repair.technicians.map(({ id }) => id) } }),
      ])
      return { at: await product.now(), repair, order: order!, customer: customer!, technicians }
    })()
  known.set(key, made)
  return made
}

/** A repair at that stage, as if its last step had been done just now. */
export const repairAt = async (product: Product, stage: Stage, near = 1): Promise<Repair> => {
  const original = await originalOf(product, stage, near)
  const home = product.area()
  const mark = randomUUID().slice(0, 8)
  const orderId = `o${mark}copy`
  const number = `SF0000-${Number.parseInt(mark, 16) % 100_000_000}`
  const homeowner = new HomeownerPhone(product, `oCopy-${mark}`, home)
  const technicians = original.repair.technicians.map((_one, index) => new TechnicianPhone(product, `t-${mark}-${index}`, `oTech-${mark}-${index}`))
  const names: [string, string][] = [
    [original.repair.orderId, orderId],
    [original.repair.number, number],
    [original.repair.homeowner.openid, homeowner.openid],
    ...original.repair.technicians.flatMap((technician, index): [string, string][] => [[technician.id, technicians[index]!.id], [technician.openid, technicians[index]!.openid]]),
    ...(original.order.card ? [[original.order.card.code, `C${mark.toUpperCase()}`] as [string, string]] : []),
  ]
  const ms = (await product.now()).getTime() - original.at.getTime()
  const copied = <Document>(document: Document): Document => copy(document, { names, ms, from: original.repair.homeowner.home, to: home }) as Document
  await Promise.all([
    product.put('orders', copied(original.order)),
    product.put('customers', copied(original.customer)),
    ...original.technicians.map((technician, index) => product.put('technicians', { ...copied(technician), staffNumber: `${mark}${index}` })),
  ])
  return Repair.of(product, homeowner, technicians, { orderId, number })
}

interface Move {
  names: readonly [string, string][]
  ms: number
  from: Place
  to: Place
}

const isPlace = (value: object): value is Place => 'longitude' in value && 'latitude' in value && typeof value.longitude === 'number'
const isPoint = (value: object): value is { type: 'Point'; coordinates: [number, number] } => 'type' in value && value.type === 'Point' && 'coordinates' in value

const copy = (value: unknown, move: Move): unknown => {
  if (typeof value === 'string') return move.names.reduce((text, [from, to]) => text.replaceAll(from, to), value)
  if (value instanceof Date) return new Date(value.getTime() + move.ms)
  if (Array.isArray(value)) return value.map((item) => copy(item, move))
  if (typeof value !== 'object' || value === null) return value
  const east = move.to.longitude - move.from.longitude
  const north = move.to.latitude - move.from.latitude
  if (isPoint(value)) return { type: 'Point', coordinates: [value.coordinates[0] + east, value.coordinates[1] + north] }
  const moved = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item, move)]))
  return isPlace(value) ? { ...moved, longitude: value.longitude + east, latitude: value.latitude + north } : moved
}
