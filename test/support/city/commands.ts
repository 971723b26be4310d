/** The lives that a city may have: what anybody may do in it, at any moment, sensible or not. Model and product do the same, then are compared. */
import fc from 'fast-check'
import type { City, Code } from './city'
import { expected } from './city'
import { asked } from './job'
import type { Job } from './job'
import type { CityModel } from './model'
import { HOUR, MINUTE } from './rules'
import type { Request, Worker } from './rules'
import { account, HOMES, SPOTS, TRADES } from './plan'

const MOST_ORDERS = 6
/** No life runs into the night (R55): it begins at nine in the morning. */
const isYoung = (model: CityModel): boolean => model.now < model.began + 11 * HOUR

/** Something that happens: the model says what should be answered, the city what is. */
class Step implements fc.AsyncCommand<CityModel, City> {
  constructor(
    private readonly words: string,
    private readonly may: (model: CityModel) => boolean,
    private readonly act: (model: CityModel, city: City) => Promise<Answers | null>,
  ) {}

  check(model: Readonly<CityModel>): boolean {
    return this.may(model as CityModel)
  }

  async run(model: CityModel, city: City): Promise<void> {
    // No two things happen in the very same moment; that is for the races.
    model.now += 1_000
    await city.moveTo(model.now)
    const answers = await this.act(model, city)
    if (answers && answers.is !== answers.should) throw new Error(`${this.words}: answered ${answers.is}, should be ${answers.should}`)
    // Whether a refusal wrote down what had passed meanwhile is no matter: the timer does.
    if (answers && answers.should !== 'OK') {
      model.sweep()
      await city.sweep()
    }
    const [seen, should] = [await city.look(), expected(model)]
    // `toEqual` is slow, and tells best where they differ.
    if (JSON.stringify(seen) !== JSON.stringify(should)) expect(seen).toEqual(should)
  }

  toString = (): string => this.words
}

type Pick = number
const pick = fc.nat(10_000)
const nth = <Item>(items: readonly Item[], which: Pick): Item => items[which % items.length]!
const anybody = (model: CityModel, which: Pick): string => nth([...model.workers.keys()], which)

/** Mostly people do what makes sense; now and then whatever comes to mind. */
const isWild = (which: Pick): boolean => which % 11 === 0

/** The orders that an act makes sense for. */
type Sense = (job: Job) => boolean
const isOffered: Sense = ({ state }) => state === 'searching' || state === 'staff'
const isHeld: Sense = ({ state }) => state === 'claimed' || state === 'scheduled'
const isClaimed: Sense = ({ state }) => state === 'claimed'
const isScheduled: Sense = ({ state }) => state === 'scheduled'
const seeksStaff: Sense = ({ state }) => state === 'staff'

const sensible = (model: CityModel, makes: Sense, which: Pick): string[] => [...model.jobs].flatMap(([id, job]) => (isWild(which) || makes(job) ? [id] : []))
/** One of those it concerns, or anybody. */
const oneOf = (model: CityModel, concerned: readonly (string | null)[], which: Pick): string => {
  const people = concerned.filter((id) => id !== null)
  return people.length > 0 && !isWild(which) ? nth(people, which) : anybody(model, which)
}

type Answers = { should: Code; is: string }

/** Something that somebody does with an order. `rarely`: once in so many times that it could. */
const withOrder = (name: string, makes: Sense, act: (model: CityModel, city: City, id: string, who: Pick) => Promise<Answers>, rarely = 1) =>
  fc.tuple(pick, pick).map(
    ([which, who]) =>
      new Step(`${name} ${which} ${who}`, (model) => who % rarely === 0 && sensible(model, makes, which).length > 0, (model, city) => act(model, city, nth(sensible(model, makes, which), which), who)),
  )

const byHolder = (name: 'giveBack' | 'dial' | 'noAnswer' | 'arrive', makes: Sense, rarely = 1) =>
  withOrder(name, makes, async (model, city, id, who) => {
    const by = oneOf(model, [model.job(id).holder], who)
    return { should: model[name](by, id), is: await city[name](by, id) }
  }, rarely)

const byAsked = (name: 'claim' | 'decline', rarely = 1) =>
  withOrder(name, isOffered, async (model, city, id, who) => {
    const by = oneOf(model, who % 5 === 0 ? [...model.job(id).offers.keys()] : asked(model.job(id)), who)
    return { should: model[name](by, id), is: await city[name](by, id) }
  }, rarely)

/** Someone files a repair: now or for later, narrow or wide, and now and then a technician does. */
const filed = fc.record({ home: fc.constantFrom(...HOMES), trade: fc.constantFrom(TRADES[0]!, TRADES[0]!, TRADES[1]!), quarters: fc.integer({ min: 0, max: 16 }), wide: fc.integer({ min: 1, max: 9 }), emergency: fc.constantFrom(false, false, true), who: pick }).map(
  ({ home, trade: { trade, needsPaper, lasts }, quarters, wide, emergency, who }) =>
    new Step(`file ${trade} at ${home.latitude.toFixed(3)} in ${quarters * 15} min, ${wide * 15} min wide${emergency ? ', an emergency' : ''}, ${who}`, (model) => model.jobs.size < MOST_ORDERS && isYoung(model), async (model, city) => {
      const id = `o${model.jobs.size + 1}`
      const from = model.now + quarters * 15 * MINUTE
      const request: Request = { id, spot: home, trade, needsPaper, lasts, from, to: from + wide * 15 * MINUTE, emergency, account: isWild(who) ? account(anybody(model, who)) : account(id) }
      model.file(request)
      await city.file(request)
      return null
    }),
)

const steps = [
  filed,
  filed,
  byAsked('claim'),
  byAsked('claim'),
  byAsked('decline', 2),
  withOrder('assign', seeksStaff, async (model, city, id, who) => {
    const to = anybody(model, who)
    return { should: model.assign(to, id), is: await city.assign(to, id) }
  }),
  withOrder('reassign', isHeld, async (model, city, id, who) => {
    const to = anybody(model, who)
    return { should: model.assign(to, id), is: await city.assign(to, id) }
  }, 6),
  withOrder('cancel', () => true, async (model, city, id) => ({ should: model.cancel(id), is: await city.cancel(id) }), 8),
  byHolder('dial', isClaimed),
  byHolder('dial', isClaimed),
  byHolder('noAnswer', (job) => isClaimed(job) && job.call!.dials.length > 0, 2),
  byHolder('giveBack', isHeld, 4),
  byHolder('arrive', isScheduled, 2),
  fc.tuple(pick, pick, fc.integer({ min: 1, max: 30 })).map(([which, who, minutes]) => {
    const makes: Sense = (job) => isClaimed(job) && job.call!.dials.length > 0
    return new Step(`agree ${which} ${who} in ${minutes * 4} min`, (model) => sensible(model, makes, which).length > 0, async (model, city) => {
      const id = nth(sensible(model, makes, which), which)
      const by = oneOf(model, [model.job(id).holder], who)
      const at = model.now + minutes * 4 * MINUTE
      return { should: model.agree(by, id, at), is: await city.agree(by, id, at) }
    })
  }),
  fc.tuple(pick, fc.constantFrom(...SPOTS), fc.constantFrom('goOnDuty', 'goOnDuty', 'goOffDuty', 'report', 'report', 'report', 'suspend', 'reinstate', 'reinstate')).map(
    ([who, spot, what]) => new Step(`${what} ${who} ${spot.latitude.toFixed(3)}`, (model) => what !== 'goOnDuty' || knows(model.worker(anybody(model, who)), model.now), (model, city) => working(model, city, anybody(model, who), spot, what)),
  ),
]

/** The register may be some seconds out of date; whoever was suspended or reinstated just now waits for it. */
const knows = ({ decidedAt }: Worker, now: number): boolean => decidedAt === null || now - decidedAt > 11_000

const working = async (model: CityModel, city: City, who: string, spot: Request['spot'], what: string): Promise<Answers> => {
  const worker = model.worker(who)
  const told = { spot, at: model.now }
  switch (what) {
    case 'goOnDuty':
      if (worker.suspended) return { should: 'SUSPENDED', is: await city.goOnDuty(who, spot) }
      Object.assign(worker, { told, onDuty: true, ...(worker.onDuty ? {} : { dutySince: model.now, freeSince: null }) } satisfies Partial<Worker>)
      return { should: 'OK', is: await city.goOnDuty(who, spot) }
    case 'goOffDuty':
      Object.assign(worker, { told: null, onDuty: false, dutySince: null } satisfies Partial<Worker>)
      return { should: 'OK', is: await city.goOffDuty(who) }
    case 'report':
      if (!worker.onDuty) return { should: 'OFF_DUTY', is: await city.report(who, spot) }
      worker.told = told
      return { should: 'OK', is: await city.report(who, spot) }
    default:
      worker.suspended = what === 'suspend'
      worker.decidedAt = model.now
      return { should: 'OK', is: await city.suspend(who, worker.suspended) }
  }
}

/** Time goes on: to just before, at and after what may fall, or far beyond; the timer looks, or sleeps. */
const time = fc.tuple(fc.constantFrom(0, 0, 0, 0, 5, 20, 20, 40, 40, 60, 90, 179, 180, 181, 240, 301, 600, 901, 1_800, 3_600), pick, fc.boolean()).map(
  ([seconds, which, isAwake]) =>
    new Step(`${isAwake ? 'time' : 'time, the timer asleep'} ${seconds || `to the next deadline ${which % 3 === 0 ? '' : which % 3 === 1 ? '+1 s' : '−1 s'}`}`, isYoung, async (model, city) => {
      model.now = Math.max(model.now, seconds > 0 ? model.now + seconds * 1_000 : nextDue(model) + [0, 1_000, -1_000][which % 3]!)
      await city.moveTo(model.now)
      if (!isAwake) return null
      model.sweep()
      await city.sweep()
      return null
    }),
)

const nextDue = (model: CityModel): number => Math.min(...[...model.jobs.values()].flatMap(({ due, nextWaveAt }) => [...due.values(), nextWaveAt ?? Number.MAX_SAFE_INTEGER]), model.now + HOUR)

/** Mostly something happens; now and then time goes on. */
export const lives = (maxCommands: number) => fc.commands([...steps, time, time, time, time], { maxCommands, size: 'max' })
