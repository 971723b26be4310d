/** A town as dispatch meets it: technicians some of whom may not be asked, many of them close together, and places that they are looked for at. Invented, the same on every run. */
import type { Need } from '../../../cloudfunctions/domain/eligibility'
import type { Place } from '../../../cloudfunctions/domain/geography'
import { defaultSettings } from '../../../cloudfunctions/domain/settings'
import { HOUR, MINUTE, weekdayOf } from '../../../cloudfunctions/domain/shanghai'
import type { Technician } from '../../../cloudfunctions/domain/technician'
import { crowd, placeAt, steadyRandom } from '../dispatch/many-technicians'

/** Technicians live on a disc of this radius, metres; they are looked for in its inner half. */
const TOWN_METRES = 20_000
/** A dense spot for so many technicians, so wide, metres: several buckets of 100 m, each with many in it. */
const A_SPOT_FOR = 1_000
const SPOT_METRES = 150
/** Share of all who stand at a dense spot, and share of these who stand on the very same point. */
const DENSE = 0.3
const ON_ONE_POINT = 0.2

type Random = () => number

export interface Town {
  technicians: Technician[]
  /** Middles of the dense spots. */
  spots: Place[]
}

/** @param count technicians in all; their numbers are of a series of their own */
export function town(count: number, centre: Place, now: Date): Town {
  const random = steadyRandom(count + 7)
  const spots = Array.from({ length: Math.ceil(count / A_SPOT_FOR) }, () => somewhere(centre, TOWN_METRES / 2, random))
  const technicians = crowd({ count, centre, radius: TOWN_METRES, now, series: `N${count}-` }).map((technician) => {
    const dense = random() < DENSE ? oneOf(spots, random) : null
    const place = dense ? (random() < ON_ONE_POINT ? dense : somewhere(dense, SPOT_METRES, random)) : technician.base
    return { ...standing(technician, place, random, now), ...hindered(technician, place, random, now) }
  })
  return { technicians, spots }
}

/** Ratings and waiting times are shared by many, so that every rule of the ranking comes to decide. */
function standing(technician: Technician, place: Place, random: Random, now: Date): Technician {
  const waited = new Date(now.getTime() - Math.floor(24 * random()) * 5 * MINUTE)
  return {
    ...technician,
    base: place,
    position: place,
    radiusMetres: 2_000 + Math.floor(17 * random()) * 1_000,
    stars: random() < 0.1 ? null : technician.stars,
    dutySince: waited,
    freeSince: random() < 0.5 ? waited : null,
  }
}

/** About half may be asked as they are; the rest are hindered by something that the rules look at. */
function hindered(technician: Technician, place: Place, random: Random, now: Date): Partial<Technician> {
  const hour = (count: number): Date => new Date(now.getTime() + count * HOUR)
  const job = (place: Place, from: Date, to: Date): Technician['slots'] => [{ orderId: `job-${technician._id}`, visitNo: 1, from, to, place, heldUntil: null }]
  const chance = random()
  if (chance < 0.52) return {}
  if (chance < 0.64) return { onDuty: false, position: null, positionAt: null }
  if (chance < 0.67) return { suspended: true, suspendedReason: '复核证件' }
  if (chance < 0.77) return { skills: ['electrical'] }
  if (chance < 0.8) return { certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: hour(-24) }] }
  if (chance < 0.82) return { openid: null }
  if (chance < 0.85) return { claim: { orderId: `claim-${technician._id}`, visitNo: 1, until: null } }
  // Their position has grown old: reckoned at the job that they are at, or at their base.
  if (chance < 0.9) return { positionAt: hour(-2), base: somewhere(place, 3_000, random) }
  if (chance < 0.93) return { positionAt: hour(-2), slots: job(somewhere(place, 3_000, random), hour(-1), hour(1)) }
  if (chance < 0.97) return { slots: job(somewhere(place, 4_000, random), hour(4), hour(7)) }
  if (chance < 0.98) return { leave: [{ id: 'bench', from: hour(-4), to: hour(40), reason: '家里有事' }] }
  // Works at another time of the week than this is wanted.
  if (chance < 0.99) return { shifts: [{ weekday: (weekdayOf(now) % 7) + 1, from: '08:00', to: '18:00' }] }
  return { dailyCapacity: 1, slots: job(place, hour(9), hour(10)) }
}

const somewhere = (around: Place, metres: number, random: Random): Place => placeAt(around, metres * Math.sqrt(random()), 2 * Math.PI * random())

function oneOf<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(items.length * random())]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

/** What is looked for: anywhere in town, beside a dense spot or in the midst of it, and at a technician's own door; one in eight an emergency, which reaches farther (R50). */
export function needs({ technicians, spots }: Town, centre: Place, count: number, now: Date): Need[] {
  const random = steadyRandom(technicians.length + 11)
  const places: (() => Place)[] = [
    () => somewhere(centre, TOWN_METRES / 2, random),
    () => somewhere(oneOf(spots, random), 4 * SPOT_METRES, random),
    () => somewhere(oneOf(spots, random), SPOT_METRES, random),
    () => oneOf(technicians, random).base,
  ]
  return Array.from({ length: count }, (_none, index) => ({
    orderId: `bench-need-${index}`,
    visitNo: 1,
    category: 'plumbing',
    certificate: false,
    place: oneOf([places[index % places.length] ?? (() => centre)], random)(),
    wanted: { from: new Date(now.getTime() + 5 * HOUR), to: new Date(now.getTime() + 7 * HOUR) },
    durationMs: 90 * MINUTE,
    homeownerId: 'oBenchHome',
    radiusFactor: index % 8 === 7 ? defaultSettings().dispatch.emergencyRadiusFactor : 1,
  }))
}
