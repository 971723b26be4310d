/** The lives that a city may have: what anybody may do in it, at any moment, sensible or not. Model and product do the same, then are compared. */
import fc from 'fast-check'
import type { City, Code } from './city'
import { expected } from './city'
import type { CityModel } from './model'
import { HOUR, MINUTE } from './rules'
import type { Request, Worker } from './rules'
import { account, HOMES, SPOTS, TRADES } from './plan'

/** Something that happens: the model says what should be answered, the city what is. */
class Step implements fc.AsyncCommand<CityModel, City> {
  constructor(
    private readonly words: string,
    private readonly may: (model: CityModel) => boolean,
    private readonly act: (model: CityModel, city: City) => Promise<{ should: Code; is: string } | null>,
  ) {}

  check(model: Readonly<CityModel>): boolean {
    return this.may(model as CityModel)
  }

  async run(model: CityModel, city: City): Promise<void> {
    // No two things happen in the very same moment; that is for the races.
    model.now += 1_000
    await city.moveTo(model.now)
    const answers = await this.act(model, city)
    if (answers) expect([this.words, answers.is]).toEqual([this.words, answers.should])
    // Whether a refusal wrote down what had passed meanwhile is no matter: the timer does.
    if (answers && answers.should !== 'OK') {
      model.sweep()
      await city.sweep()
    }
    expect(await city.look()).toEqual(expected(model))
  }

  toString = (): string => this.words
}

type Pick = number

const nth = <Item>(items: readonly Item[], pick: Pick): Item => items[pick % items.length]!
const orderOf = (model: CityModel, pick: Pick): string => nth([...model.jobs.keys()], pick)
const anybody = (model: CityModel, pick: Pick): string => nth([...model.workers.keys()], pick)
/** Mostly one of those it concerns; else whoever it is. */
const oneOf = (model: CityModel, concerned: readonly string[], pick: Pick): string => (concerned.length > 0 && pick % 5 !== 0 ? nth(concerned, pick) : anybody(model, pick))
const holderOf = (model: CityModel, id: string, pick: Pick): string => oneOf(model, [model.job(id).holder].filter((holder) => holder !== null), pick)

const hasOrders = (model: CityModel): boolean => model.jobs.size > 0

/** An order that is in one of these states if there is any, else any. */
const orderIn = (model: CityModel, states: readonly string[], pick: Pick): string => {
  const fitting = [...model.jobs].flatMap(([id, { state }]) => (states.includes(state) ? [id] : []))
  return fitting.length > 0 ? nth(fitting, pick) : orderOf(model, pick)
}

const pick = fc.nat(1_000)

/** Something that somebody does with an order. */
const withOrder = (name: string, states: readonly string[], act: (model: CityModel, city: City, id: string, pick: Pick) => Promise<{ should: Code; is: string }>) =>
  fc.tuple(pick, pick).map(([which, who]) => new Step(`${name} ${which} ${who}`, hasOrders, (model, city) => act(model, city, orderIn(model, states, which), who)))

const byHolder = (name: 'giveBack' | 'dial' | 'noAnswer' | 'arrive', states: readonly string[]) =>
  withOrder(name, states, async (model, city, id, who) => {
    const by = holderOf(model, id, who)
    return { should: model[name](by, id), is: await city[name](by, id) }
  })

const OFFERED = ['searching', 'staff']
const HELD = ['claimed', 'scheduled']

const steps = [
  fc.tuple(pick, fc.constantFrom(...HOMES), fc.constantFrom(TRADES[0]!, TRADES[0]!, TRADES[1]!), fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 8 }), fc.boolean(), pick).map(
    ([which, home, trade, quarters, wide, isEmergency, who]) =>
      new Step(`file at ${home.latitude.toFixed(3)} ${trade.trade} +${quarters}/4 h, ${wide}/4 h wide, ${isEmergency && which % 3 === 0 ? 'emergency' : 'ordinary'} ${who}`, (model) => model.jobs.size < 6 && model.now < model.began + LIFE_MS, async (model, city) => {
        const from = model.now + (quarters * HOUR) / 4
        const request: Request = {
          id: `o${model.jobs.size + 1}`, spot: home, trade: trade.trade, needsPaper: trade.needsPaper, lasts: trade.lasts, from, to: from + ((wide + 1) * HOUR) / 4, emergency: isEmergency && which % 3 === 0, account: who % 9 === 0 ? account(anybody(model, who)) : account(`h${model.jobs.size + 1}`),
        }
        model.file(request)
        await city.file(request)
        return null
      }),
  ),
  withOrder('claim', OFFERED, async (model, city, id, who) => {
    const by = oneOf(model, model.asked(model.job(id)), who)
    return { should: model.claim(by, id), is: await city.claim(by, id) }
  }),
  withOrder('decline', OFFERED, async (model, city, id, who) => {
    const by = oneOf(model, model.asked(model.job(id)), who)
    return { should: model.decline(by, id), is: await city.decline(by, id) }
  }),
  withOrder('assign', ['staff'], async (model, city, id, who) => {
    const to = anybody(model, who)
    return { should: model.assign(to, id), is: await city.assign(to, id) }
  }),
  withOrder('cancel', [...OFFERED, ...HELD], async (model, city, id) => ({ should: model.cancel(id), is: await city.cancel(id) })),
  byHolder('dial', ['claimed']),
  byHolder('dial', ['claimed']),
  byHolder('noAnswer', ['claimed']),
  byHolder('giveBack', HELD),
  byHolder('arrive', ['scheduled']),
  fc.tuple(pick, pick, fc.integer({ min: 1, max: 36 })).map(
    ([which, who, minutes]) =>
      new Step(`agree ${which} ${who} in ${minutes * 5} min`, hasOrders, async (model, city) => {
        const id = orderIn(model, ['claimed'], which)
        const by = holderOf(model, id, who)
        const at = model.now + minutes * 5 * MINUTE
        return { should: model.agree(by, id, at), is: await city.agree(by, id, at) }
      }),
  ),
  fc.tuple(pick, fc.constantFrom(...SPOTS), fc.constantFrom('goOnDuty', 'goOnDuty', 'goOffDuty', 'report', 'report', 'suspend', 'reinstate')).map(
    ([who, spot, what]) => new Step(`${what} ${who} ${spot.latitude.toFixed(3)}`, (model) => what !== 'goOnDuty' || knows(model.worker(anybody(model, who)), model.now), (model, city) => working(model, city, anybody(model, who), spot, what)),
  ),
]

/** The register may be some seconds out of date; whoever was suspended or reinstated just now waits for it. */
const knows = ({ changedAt }: Worker & { changedAt?: number }, now: number): boolean => changedAt === undefined || now - changedAt > 11_000

const working = async (model: CityModel, city: City, who: string, spot: Request['spot'], what: string): Promise<{ should: Code; is: string }> => {
  const worker: Worker & { changedAt?: number } = model.worker(who)
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
      worker.changedAt = model.now
      return { should: 'OK', is: await city.suspend(who, worker.suspended) }
  }
}

/** No life runs into the night (R55): it begins at nine in the morning. */
const LIFE_MS = 11 * HOUR

/** Time goes on: to just before, at and after what may fall, or far beyond; the timer looks, or sleeps. */
const time = fc.tuple(fc.constantFrom(0, 0, 20, 59, 60, 61, 179, 180, 181, 299, 300, 301, 600, 899, 900, 901, 1_800, 3_600), pick, fc.boolean()).map(
  ([seconds, which, isAwake]) =>
    new Step(`${isAwake ? 'time' : 'time, the timer asleep'} ${seconds || `to the next deadline ${which % 3 === 0 ? '' : which % 3 === 1 ? '+1 s' : '−1 s'}`}`, (model) => model.now < model.began + LIFE_MS, async (model, city) => {
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
export const livesReplay = (maxCommands: number, replayPath: string) => fc.commands([...steps, time, time, time, time], { maxCommands, size: 'max', replayPath })
