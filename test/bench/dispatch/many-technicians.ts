/** Technicians in great numbers, stored through the SDK as the product stores them. Invented. */
import type { Place } from '../../../cloudfunctions/domain/geography'
import { defaultSettings } from '../../../cloudfunctions/domain/settings'
import { BLANK_REGISTER, type Technician } from '../../../cloudfunctions/domain/technician'
import { toDocument } from '../../../cloudfunctions/platform/technician-document'
import type { Product } from '../../support/product'

const METRES_A_DEGREE = 111_195
/** Documents in one request, and requests at once. */
const BATCH = 500
const REQUESTS = 3

export interface Crowd {
  count: number
  /** They are spread evenly over a disc around this place. */
  centre: Place
  /** Metres. */
  radius: number
  now: Date
  /** Sets one crowd's numbers and accounts apart from another's in the same workplace. */
  series?: string
}

/** Numbers 0–1 that look random and are the same on every run (mulberry32). */
export function steadyRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A place at this distance and bearing (radians). */
export const placeAt = (centre: Place, metres: number, bearing: number): Place => ({
  longitude: centre.longitude + (metres * Math.sin(bearing)) / (METRES_A_DEGREE * Math.cos((centre.latitude * Math.PI) / 180)),
  latitude: centre.latitude + (metres * Math.cos(bearing)) / METRES_A_DEGREE,
})

/** On duty, with the skill and a fresh position: all of them may be asked. */
export function crowd({ count, centre, radius, now, series = 'B' }: Crowd): Technician[] {
  const random = steadyRandom(count)
  return Array.from({ length: count }, (_none, index) => {
    const place = placeAt(centre, radius * Math.sqrt(random()), 2 * Math.PI * random())
    const staffNumber = `${series}${String(index).padStart(6, '0')}`
    return {
      _id: `t${staffNumber}`,
      openid: `oBenchTechnician${staffNumber}`,
      staffNumber,
      ...BLANK_REGISTER,
      name: `师傅${index}`,
      photo: `cloud://local.6c6f-local-1300000000/technicians/${staffNumber}.jpg`,
      skills: ['plumbing'],
      certificates: [],
      base: place,
      district: '江湾区',
      radiusMetres: 8_000,
      dailyCapacity: 50,
      suspended: false,
      suspendedReason: '',
      stars: Math.round(40 + 10 * random()) / 10,
      jobs: Math.floor(1_000 * random()),
      onDuty: true,
      dutySince: new Date(now.getTime() - Math.floor(7_200_000 * random())),
      position: place,
      positionAt: now,
      freeSince: null,
      claim: null,
      slots: [],
      slotsVersion: 0,
    }
  })
}

/** Stores technicians as the product does. */
export const addTechnicians = (product: Product, technicians: readonly Technician[], now: Date): Promise<void> =>
  addMany(product, 'technicians', technicians.length, (index) => toDocument(technicians[index] as Technician, now, defaultSettings()))

/** Adds documents through the SDK, many in a request and some requests at once; each is made when its turn comes, so that there need not be room for all. */
export async function addMany({ db }: Product, collection: string, count: number, documentOf: (index: number) => object): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) {
      const from = next
      next = Math.min(count, from + BATCH)
      await db.collection(collection).add(Array.from({ length: next - from }, (_none, index) => documentOf(from + index)))
    }
  }
  await Promise.all(Array.from({ length: REQUESTS }, worker))
}
