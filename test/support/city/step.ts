/** One thing that happens in a life: the model says what should be answered, the city what is; afterwards both are compared. */
import fc from 'fast-check'
import type { City } from './city'
import { expected } from './city'
import type { Code } from './job'
import { ACTS } from './model'
import type { ActName, Told } from './model'
import { demandSense } from './sense'
import type { Town } from './town'

export interface Answers {
  should: Code
  is: string
}

/** How often something was answered, or seen on record, in all lives so far: a rule that no life came to is not proved. */
export const tally = new Map<string, number>()
const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1)

export class Step implements fc.AsyncCommand<Town, City> {
  constructor(
    public words: string,
    private readonly may: (town: Town) => boolean,
    private readonly act: (town: Town, city: City) => Promise<Answers | null>,
  ) {}

  check(town: Readonly<Town>): boolean {
    return this.may(town as Town)
  }

  async run(town: Town, city: City): Promise<void> {
    // No two things happen in the very same moment; that is for the races.
    town.now += 1_000
    await city.moveTo(town.now)
    const answers = await this.act(town, city)
    if (answers && answers.is !== answers.should) throw new Error(`${this.words}: answered ${answers.is}, should be ${answers.should}`)
    // Whether a refusal wrote down what had passed meanwhile is no matter: the timer does.
    if (answers && answers.should !== 'OK') {
      town.sweep()
      await city.sweep()
    }
    const [seen, should] = [await city.look(), expected(town)]
    for (const { raised } of Object.values(should.orders)) for (const one of raised) count(one.split(' ', 2).join(' '))
    demandSense(seen, town.now)
    // `toEqual` is slow, and tells best where they differ.
    if (JSON.stringify(seen) !== JSON.stringify(should)) expect(seen).toEqual(should)
  }

  toString = (): string => this.words
}

/** Somebody does the same in both. */
export const both = async <Name extends ActName>(town: Town, city: City, name: Name, ...told: Told<Name>): Promise<Answers> => {
  const should = (ACTS[name] as (town: Town, ...told: unknown[]) => Code)(town, ...told)
  count(`${name} ${should}`)
  return { should, is: await (city[name] as (...told: unknown[]) => Promise<string>)(...told) }
}

export type Pick = number
export const pick = fc.nat(10_000)
export const nth = <Item>(items: readonly Item[], which: Pick): Item => items[which % items.length]!
export const anybody = (town: Town, which: Pick): string => nth([...town.workers.keys()], which)

/** Mostly people do what makes sense; now and then whatever comes to mind. */
export const isWild = (which: Pick): boolean => which % 11 === 0
