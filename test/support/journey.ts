/**
 * The demonstration city on a Monday morning, its people's phones in a real browser, and its staff at the console. Each file of journeys starts one of its own.
 */
import { join } from 'node:path'
import { EJSON } from 'bson'
import { OUTBOX_LEASE_MS } from '../../cloudfunctions/domain/draft'
import { metresBetween } from '../../cloudfunctions/domain/geography'
import type { Order } from '../../cloudfunctions/domain/order'
import type { Collections } from '../../cloudfunctions/platform/documents'
import { crew } from '../../local/seed/crew'
import { homeowners } from '../../local/seed/homeowners'
import { spot } from '../../local/seed/city'
import { operators } from '../../local/seed/staff'
import type { ActionAnswer, TemplateKey } from '../../typings/contract'
import type { Browser, OpenPhoneOptions, PhoneInHand } from './browser'
import { launchBrowser, openPhone } from './browser'
import type { SentMessage, Workplace, WorkplaceOptions } from './workplace'
import { startWorkplace } from './workplace'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
const WEEK = 7 * 24 * HOUR

export const LIN = 'oDemoLinXiaowen'
export const XU = 'oDemoXuWenzhou'
export const SU = 'oDemoSuXiufen'
export const ZHOU = 'oDemoZhouGuoping0317'
export const CHEN = 'oDemoChenLi0522'
/** Nearer than those two, but without the skill. */
export const WU = 'oDemoWuDayong0286'
/** The nearest, but off duty. */
export const MA = 'oDemoMaJun0233'

/** A photo as a phone takes it. */
export const picture = (name: 'dripping-tap' | 'covered-floor' | 'new-tap' | 'running-water' | 'clean-sink'): string =>
  join(__dirname, 'pictures', `${name}.jpg`)

/** Monday 2026-11-23 09:00 in Shanghai, or the first Monday 09:00 that is still to come. */
const MONDAY_9 = Date.parse('2026-11-23T01:00:00Z')
const nextMonday = (now: number): number => MONDAY_9 + Math.max(0, Math.ceil((now - MONDAY_9) / WEEK)) * WEEK

/** Where somebody is: technicians where the city puts them, homeowners at home. */
export const whereIs = (openid: string): { latitude: number; longitude: number } => {
  const technician = crew.find(({ pinyin, staffNumber }) => openid === `oDemo${pinyin}${staffNumber}`)
  if (technician) return spot(...technician.at)
  const homeowner = homeowners.find((one) => one.openid === openid)
  if (!homeowner) throw new Error(`nobody in the city is ${openid}`)
  const { latitude, longitude } = homeowner.place
  return { latitude, longitude }
}

export class Journey {
  private readonly phones: PhoneInHand[] = []

  private constructor(
    readonly workplace: Workplace,
    readonly browser: Browser,
  ) {}

  static async start(options: WorkplaceOptions = {}): Promise<Journey> {
    // Two instances of a function are enough for any race here, and start sooner than four on a small machine.
    const env = { FUNCTION_CONCURRENCY: '2', ...options.env }
    const [workplace, browser] = await Promise.all([startWorkplace({ seed: 'demo', ...options, env }), launchBrowser()])
    const journey = new Journey(workplace, browser)
    await workplace.clock.at(new Date(nextMonday((await journey.now()).getTime())).toISOString())
    return journey
  }

  async stop(): Promise<void> {
    await this.browser.close()
    await this.workplace.stop()
    for (const phone of this.phones) phone.demandNoFaults()
  }

  /** Takes somebody's phone in hand, where they are. */
  async phone(openid: string, path?: string, options: Omit<OpenPhoneOptions, 'path'> = {}): Promise<PhoneInHand> {
    const phone = await openPhone(this.browser, this.workplace.url, openid, {
      position: whereIs(openid),
      // Drawn at its plain size: several phones at once are much to draw without a graphics card.
      context: { deviceScaleFactor: 1 },
      ...(path ? { path } : {}),
      ...options,
    })
    this.phones.push(phone)
    return phone
  }

  async now(): Promise<Date> {
    return new Date(await this.workplace.clock.now())
  }

  advance(ms: number): Promise<string> {
    return this.workplace.clock.advance(ms)
  }

  /** Lets a moment pass, in which the timer carries out what functions on a busy machine have left to it (messages, to-dos). */
  async pause(): Promise<void> {
    await this.advance(OUTBOX_LEASE_MS + SECOND)
  }

  /** Moves the clock to `HH:mm` in Shanghai, the next time that it is. */
  async until(clock: string): Promise<void> {
    const now = await this.now()
    const day = new Date(now.getTime() + 8 * HOUR).toISOString().slice(0, 10)
    const today = new Date(`${day}T${clock}:00+08:00`)
    await this.workplace.clock.at((today > now ? today : new Date(today.getTime() + 24 * HOUR)).toISOString())
  }

  /** As a member of staff at the console; fails unless it was done. */
  async staff<Data = Record<string, unknown>>(action: string, input: unknown, operator = 'qin-yue'): Promise<Data & { text: string }> {
    const token = operators.find(({ _id }) => _id === operator)?.token ?? ''
    const answer = await this.workplace.invoke<ActionAnswer<Data & { text: string }>>('staff', { action, operator, token, input })
    if (!answer.ok) throw new Error(`${action}: ${JSON.stringify(answer.error)}`)
    return answer.data
  }

  /** Documents as they are stored, with real dates. */
  private async find<Name extends keyof Collections>(name: Name, query: object, sort: object = {}): Promise<Collections[Name][]> {
    const list = await this.workplace.db(name, query, { sort })
    return list.map((document) => EJSON.deserialize(document) as unknown as Collections[Name])
  }

  /** The latest order of a homeowner. */
  async order(homeownerId: string): Promise<Order> {
    const [order] = await this.find('orders', { homeownerId }, { createdAt: -1 })
    if (!order) throw new Error(`${homeownerId} has no order`)
    return order
  }

  todos(orderId: string, state: 'open' | 'closed' = 'open'): Promise<Collections['todos'][]> {
    return this.find('todos', { orderId, state })
  }

  /** What came into somebody's inbox, newest first, whether WeChat delivered it or not. */
  inbox(openid: string): Promise<Collections['messages'][]> {
    return this.find('messages', { openid }, { at: -1 })
  }

  /** Kinds of message (template keys) that reached somebody through WeChat, newest first. `unknown`: it went out, and the function ended before the answer came. */
  async reached(openid: string): Promise<TemplateKey[]> {
    return (await this.inbox(openid))
      .filter(({ delivery }) => delivery === 'sent' || delivery === 'unknown')
      .map(({ template }) => template)
  }

  /** What WeChat delivered to somebody, newest first. */
  async delivered(openid: string): Promise<SentMessage[]> {
    return (await this.workplace.messages(openid)).filter(({ result }) => result.errcode === 0)
  }

  /** What the staff's notifier said, newest first, as text. */
  async staffMessages(): Promise<string[]> {
    return (await this.workplace.messages('staff')).map(({ data }) => JSON.stringify(data))
  }
}

/** Metres from a homeowner's door to a technician. */
export const metresFrom = (homeowner: string, technician: string): number =>
  Math.round(metresBetween(whereIs(homeowner), whereIs(technician)))
