/** The lives that a city may have: what anybody may do in it, at any moment, sensible or not. Model and product do the same, then are compared. */
import fc from 'fast-check'
import type { City } from './city'
import { deedFor, nextToTheDoor } from './deeds'
import { HOUR, MINUTE, whenStaffed } from './hours'
import { asked } from './job'
import { account, HOMES, SPOTS, TRADES } from './plan'
import type { Request, Worker } from './rules'
import { file } from './searching'
import { anybody, both, isWild, nth, pick, Step } from './step'
import type { Answers } from './step'
import type { Town } from './town'

const MOST_ORDERS = 6

/** By day nothing new begins after eleven hours, before the night; through the night a life goes on till the office is open again. */
const isNightly = ({ began }: Town): boolean => whenStaffed(began + HOUR, false) > began + HOUR
const isYoung = (town: Town): boolean => town.now < town.began + (isNightly(town) ? 14 : 11) * HOUR

/** Someone files a repair: now or for later, narrow or wide, and now and then a technician does. */
const filed = fc.record({ home: fc.constantFrom(...HOMES), trade: fc.constantFrom(...TRADES, TRADES[1]!), quarters: fc.integer({ min: 0, max: 16 }), wide: fc.integer({ min: 1, max: 9 }), emergency: fc.constantFrom(false, false, true), who: pick }).map(
  ({ home, trade: { trade, needsPaper, isPriced, lasts }, quarters, wide, emergency, who }) =>
    new Step(`file ${trade}${isPriced ? ', priced at once,' : ''} at ${home.latitude.toFixed(3)} in ${quarters * 15} min, ${wide * 15} min wide${emergency ? ', an emergency' : ''}, ${who}`, (town) => town.jobs.size < MOST_ORDERS && isYoung(town), async (town, city) => {
      const id = `o${town.jobs.size + 1}`
      const from = town.now + quarters * 15 * MINUTE
      const request: Request = { id, spot: home, trade, needsPaper, isPriced, lasts, from, to: from + wide * 15 * MINUTE, emergency, account: isWild(who) ? account(anybody(town, who)) : account(id), reach: 1 }
      file(town, request)
      await city.file(request)
      return null
    }),
)

/** Somebody does something with an order. */
const done = fc.tuple(pick, pick, pick, fc.integer({ min: 1, max: 10 })).map(([which, chance, who, quarters]) => {
  const step: Step = new Step('', (town) => town.jobs.size > 0, (town, city) => {
    // What was cancelled is mostly left alone.
    const going = [...town.jobs].filter(([, { state }]) => state !== 'cancelled')
    const [id, job] = nth(going.length > 0 && !isWild(who) ? going : [...town.jobs], which)
    const deed = deedFor(job, town.now, which, chance)
    step.words = `${deed.name} ${id} ${who} ${quarters}`
    return deed.does({ town, city, id, who, quarters })
  })
  return step
})

/** All goes its way, as far as the door, which nobody opens. */
const hurried = fc.tuple(pick, pick, fc.integer({ min: 1, max: 8 })).map(
  ([which, who, most]) =>
    new Step(`to the door ${which} ${who} ${most}`, (town) => town.jobs.size > 0, async (town, city) => {
      const [id, job] = nth([...town.jobs], which)
      for (let count = 0; count < most; count += 1) {
        const deed = nextToTheDoor(job)
        if (!deed) break
        town.now += 1_000
        await city.moveTo(town.now)
        const answers = await deed.does({ town, city, id, who: who * 5 + 1, quarters: most })
        if (answers.is !== answers.should || answers.should !== 'OK') return answers
      }
      return null
    }),
)

/** Whoever is asked declines, and so do the next. */
const unwanted = fc.tuple(pick, fc.integer({ min: 1, max: 8 })).map(
  ([which, most]) =>
    new Step(`nobody wants ${which} ${most}`, (town) => [...town.jobs.values()].some(({ state }) => state === 'searching'), async (town, city) => {
      const [id, job] = nth([...town.jobs].filter(([, { state }]) => state === 'searching'), which)
      for (let count = 0; count < most; count += 1) {
        const [who] = asked(job)
        if (!who || job.state !== 'searching') break
        town.now += 1_000
        await city.moveTo(town.now)
        const answers = await both(town, city, 'decline', who, id)
        if (answers.is !== answers.should || answers.should !== 'OK') return answers
      }
      return null
    }),
)

const turned = fc.tuple(pick, fc.constantFrom(...SPOTS), fc.constantFrom('goOnDuty', 'goOnDuty', 'goOffDuty', 'report', 'report', 'report', 'suspend', 'reinstate', 'reinstate')).map(
  ([who, spot, what]) => new Step(`${what} ${who} ${spot.latitude.toFixed(3)}`, (town) => what !== 'goOnDuty' || knows(town.worker(anybody(town, who)), town.now), (town, city) => working(town, city, anybody(town, who), spot, what)),
)

/** The register may be some seconds out of date; whoever was suspended or reinstated just now waits for it. */
const knows = ({ decidedAt }: Worker, now: number): boolean => decidedAt === null || now - decidedAt > 11_000

const working = (town: Town, city: City, who: string, spot: Request['spot'], what: 'goOnDuty' | 'goOffDuty' | 'report' | 'suspend' | 'reinstate'): Promise<Answers> => {
  if (what === 'goOffDuty') return both(town, city, what, who)
  return what === 'goOnDuty' || what === 'report' ? both(town, city, what, who, spot) : both(town, city, 'suspend', who, what === 'suspend')
}

const left = fc.tuple(pick, fc.integer({ min: -4, max: 16 }), fc.integer({ min: 1, max: 12 })).map(
  ([who, after, long]) =>
    new Step(`leave ${who} in ${after * 15} min for ${long * 30} min`, () => true, (town, city) => {
      const [whom, from] = [anybody(town, who), town.now + after * 15 * MINUTE]
      const { leave } = town.worker(whom)
      return leave.length > 0 && who % 2 === 0 ? both(town, city, 'cancelLeave', whom, nth(leave, after + 4).from) : both(town, city, 'takeLeave', whom, from, from + long * 30 * MINUTE)
    }),
)

/** Time goes on: to just before, at and after what may fall, or far beyond; the timer looks, or sleeps. */
const time = fc.tuple(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 5, 20, 20, 40, 60, 90, 179, 180, 181, 240, 301, 600, 901, 1_800, 3_600), pick, fc.boolean()).map(
  ([seconds, which, isAwake]) =>
    new Step(`${isAwake ? 'time' : 'time, the timer asleep'} ${seconds || `to the next moment ${which % 3 === 0 ? '' : which % 3 === 1 ? '+1 s' : '−1 s'}`}`, isYoung, async (town, city) => {
      town.now = Math.max(town.now, seconds > 0 ? town.now + seconds * 1_000 : nextMoment(town, which) + [0, 1_000, -1_000][which % 3]!)
      await city.moveTo(town.now)
      if (!isAwake) return null
      town.sweep()
      await city.sweep()
      return null
    }),
)

/** When something may fall next, or may no longer be done; when nothing may, the next full hour, at which shifts begin and end, or a leap through the night. */
const nextMoment = (town: Town, which: number): number =>
  Math.min(
    ...[...town.jobs.values()].flatMap(({ due, nextWaveAt, visitAt, nobodyOpens }) => [...due.values(), nextWaveAt ?? 0, (visitAt ?? 0) - HOUR, nobodyOpens?.noteFrom ?? 0]).filter((moment) => moment > town.now + 1_000),
    isNightly(town) && which % 2 > 0 ? town.now + 10 * HOUR : (Math.floor(town.now / HOUR) + 1) * HOUR,
  )

/** Nobody books again what was left before a closed door. */
const twoDays = fc.constant(
  new Step('two days, the timer asleep', (town) => isYoung(town) && [...town.jobs.values()].some(({ state }) => state === 'rebooking'), async (town, city) => {
    town.now += 48 * HOUR
    await city.moveTo(town.now)
    return null
  }),
)

const often = <Value>(weight: number, arbitrary: fc.Arbitrary<Value>) => Array.from({ length: weight }, () => arbitrary)

/** Mostly somebody does something with an order; now and then time goes on. */
export const lives = (maxCommands: number) => fc.commands([...often(2, filed), ...often(16, done), ...often(2, hurried), unwanted, ...often(8, time), ...often(2, turned), left, twoDays], { maxCommands, size: 'max' })
