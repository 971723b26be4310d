import { eligibility } from '../domain/eligibility'
import type { Eligibility, Need } from '../domain/eligibility'
import { metresBetween } from '../domain/geography'
import type { Settings } from '../domain/settings'
import type { Technician } from '../domain/technician'
import { _, collection, geoPoint } from './db'
import { leaveTodo } from './outbox/todos'
import { LARGEST_RADIUS_METRES, placeOf, toTechnician } from './technician-document'
import type { TechnicianDocument } from './technician-document'

/** How many are read at a time, nearest first, while it is not known how far to read; then, and after these, the largest page. */
const PAGES = [16, 160]
const LARGEST_PAGE = 800
/** Where a search ends for good: more people than stand on one spot. */
const MOST_PAGES = 8

/** The database takes the earth for a thousandth larger than domain/ does (6,378.1 km): so that its circle leaves out nobody whom the rules let in, it is drawn a little wider. Metres. */
const circle = (metres: number): number => metres * 1.002 + 1

/**
 * The technicians near a job who may be eligible, nearest first: on duty, not suspended, with the skill. Domain rules judge them exactly; the search goes on
 * while fewer than a wave's worth came out eligible, or while whoever is not read yet could still share a bucket of distance with the last of them (R05), and then no farther
 * than that bucket. One round trip as a rule, however many technicians there are. `excluded` are left out: they are not to be asked.
 */
export const nearTechnicians = async (need: Need, excluded: readonly string[], now: Date, settings: Settings): Promise<Technician[]> => {
  const { offersPerWave } = settings.dispatch
  const geometry = geoPoint(need.place.longitude, need.place.latitude)
  const condition = {
    onDuty: true,
    suspended: false,
    skills: need.category,
  }
  const found: Judged[] = []
  const seen = new Set(excluded)
  const outermost = LARGEST_RADIUS_METRES * need.radiusFactor
  let farthest = outermost
  for (let number = 0; number < MOST_PAGES; number += 1) {
    const size = Math.max((farthest < outermost ? undefined : PAGES[number]) ?? LARGEST_PAGE, offersPerWave * 2)
    const whereabouts = _.geoNear({ geometry, maxDistance: circle(farthest), minDistance: 0 })
    const page = await collection('technicians').find({ ...condition, whereabouts, ...(seen.size > 0 ? { _id: _.nin([...seen]) } : {}) }, { limit: size })
    for (const document of page) {
      seen.add(document._id)
      const judged = await judge(document, need, now, settings)
      if (judged) found.push(judged)
    }
    const last = page.at(-1)
    if (!last || page.length < size) break
    const enough = enoughMetres(found, settings)
    if (metresBetween(placeOf(last.whereabouts), need.place) >= enough) break
    farthest = Math.min(outermost, enough)
  }
  return found.map(({ technician }) => technician)
}

interface Judged {
  technician: Technician
  verdict: Eligibility
}

/** One entry that cannot be read (it was edited by hand) holds up nobody's search: it is left out, and staff are told of it (R42). */
const judge = async (document: TechnicianDocument, need: Need, now: Date, settings: Settings): Promise<Judged | null> => {
  try {
    const technician = toTechnician(document)
    return { technician, verdict: eligibility(technician, need, now, settings) }
  } catch (error) {
    const { _id, staffNumber } = document
    console.error(JSON.stringify({ alert: 'register_broken', technicianId: _id, error: String(error) }))
    await leaveTodo({ _id: `register_broken:${_id}`, kind: 'register_broken', orderId: '', orderNumber: '', visitNo: 0, urgent: false, title: '名册里有一条不全，派不到单', detail: `工号 ${staffNumber}，请用 changeTechnician 补全`, role: 'dispatcher', at: now }).catch(() => undefined)
    return null
  }
}

/** From which distance on nobody can come before those found any more, metres: the end of the bucket that the last of a wave's worth falls into. Infinity while they are too few. */
const enoughMetres = (found: readonly Judged[], settings: Settings): number => {
  const { offersPerWave, bucketMetres } = settings.dispatch
  const distances = found.flatMap(({ verdict: { eligible, distanceMetres } }) => (eligible ? [distanceMetres] : [])).sort((a, b) => a - b)
  const [nearest, last] = [distances[0], distances[offersPerWave - 1]]
  if (nearest === undefined || last === undefined) return Number.POSITIVE_INFINITY
  return nearest + (Math.floor((last - nearest) / bucketMetres) + 1) * bucketMetres
}
