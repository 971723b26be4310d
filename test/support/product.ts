/**
 * The product as people reach it: the built functions in a local workplace, called as a homeowner's or technician's phone, as staff at the console, as the timer.
 * Each test makes people of its own in a part of the country of its own, so that tests of a file share a workplace and not each other's orders.
 * Time stands still between moves.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import cloudbase from '@cloudbase/node-sdk'
import { EJSON } from 'bson'
import { metresBetween } from '../../cloudfunctions/domain/geography'
import type { Place } from '../../cloudfunctions/domain/geography'
import type { Order } from '../../cloudfunctions/domain/order'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import type { Settings } from '../../cloudfunctions/domain/settings'
import { DAY, dayStart, HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { BLANK_REGISTER } from '../../cloudfunctions/domain/technician'
import type { Technician } from '../../cloudfunctions/domain/technician'
import type { Collections } from '../../cloudfunctions/platform/documents'
import { toDocument } from '../../cloudfunctions/platform/technician-document'
import { readResources } from '../../local/cloud/declarations'
import { hashOf } from '../../local/seed'
import { priceBook } from '../../local/seed/price-book'
import { operators } from '../../local/seed/staff'
import { templateId } from '../../local/cloud/variables'
import type { ActionAnswer, ActionError, FileRepairInput, HomeownerApi, TechnicianApi, TemplateKey, UploadPurpose } from '../../typings/contract'
import { startWorkplace, tcbEnv } from './workplace'
import type { Workplace, WorkplaceOptions } from './workplace'

type Api = Record<string, { input: unknown; data: unknown }>

/** A picture of one pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

/** What was answered instead of what the test wanted. */
export class UnexpectedAnswer extends Error {
  constructor(call: string, answer: ActionAnswer<unknown>) {
    super(`${call}: ${JSON.stringify(answer)}`)
  }
}

/** Somebody's mini-program. */
class Phone<Own extends { [Name in keyof Own]: { input: unknown; data: unknown } }> {
  constructor(
    readonly product: Product,
    private readonly functionName: string,
    readonly openid: string,
  ) {}

  /** Any answer, for wrong input too. */
  send(event: unknown): Promise<ActionAnswer<unknown>> {
    return this.product.workplace.invoke(this.functionName, event, this.openid)
  }

  async call<Name extends keyof Own & string>(action: Name, input: Own[Name]['input'], requestId: string = randomUUID()): Promise<ActionAnswer<Own[Name]['data']>> {
    return (await this.send({ action, input, requestId })) as ActionAnswer<Own[Name]['data']>
  }

  /** The data of a call that must succeed. */
  async do<Name extends keyof Own & string>(action: Name, input: Own[Name]['input'], requestId?: string): Promise<Own[Name]['data']> {
    const answer = await this.call(action, input, requestId)
    if (!answer.ok) throw new UnexpectedAnswer(action, answer)
    return answer.data
  }

  /** The error of a call that must be refused. */
  async refused<Name extends keyof Own & string>(action: Name, input: Own[Name]['input'], requestId?: string): Promise<ActionError> {
    const answer = await this.call(action, input, requestId)
    if (answer.ok) throw new UnexpectedAnswer(action, answer)
    return answer.error
  }

  /** Presses "允许" in WeChat and tells us so. */
  async allow(...keys: TemplateKey[]): Promise<void> {
    await this.product.workplace.allow(this.openid, ...keys.map(templateId))
    const answer = await this.send({ action: 'recordSubscription', input: { answers: Object.fromEntries(keys.map((key) => [key, 'accept'])) }, requestId: randomUUID() })
    if (!answer.ok) throw new UnexpectedAnswer('recordSubscription', answer)
  }

  /** Uploads a picture to a path that was given out; gives its file id. */
  async upload(purpose: UploadPurpose, subject: string, extension: 'jpg' | 'png' | 'mp4' = 'jpg'): Promise<string> {
    const answer = (await this.send({ action: 'grantUploads', input: { purpose, subject, files: [{ extension, bytes: PNG.length }] } })) as ActionAnswer<{ grants: { cloudPath: string }[] }>
    if (!answer.ok) throw new UnexpectedAnswer('grantUploads', answer)
    return this.product.workplace.upload(answer.data.grants[0]?.cloudPath ?? '', PNG, this.openid)
  }

  /** Titles in the inbox. */
  async titles(): Promise<string[]> {
    return (await this.inbox()).map((message) => message.title)
  }

  /** What came into the inbox, newest first. */
  async inbox(): Promise<{ title: string; text: string }[]> {
    const answer = (await this.send({ action: 'listMessages', input: {} })) as ActionAnswer<HomeownerApi['listMessages']['data']>
    if (!answer.ok) throw new UnexpectedAnswer('listMessages', answer)
    return answer.data.messages
  }
}

export class HomeownerPhone extends Phone<HomeownerApi> {
  constructor(
    product: Product,
    openid: string,
    /** Their home. */
    readonly home: Place,
  ) {
    super(product, 'homeowner', openid)
  }

  /** A whole filing for today afternoon: a dripping tap, priced at once. */
  async filing(change: Partial<FileRepairInput> = {}): Promise<FileRepairInput> {
    const now = await this.product.now()
    return {
      category: 'plumbing',
      items: [
        { code: 'tap-replace', quantity: 1 },
        { code: 'angle-valve-replace', quantity: 2 },
      ],
      problem: '厨房水龙头漏水，关不紧',
      contact: { name: '林晓', honorific: '女士', phone: '138 0000 6621' },
      place: { address: '梧桐里 6 幢', room: '2 单元 1102', district: '江湾区', ...this.home },
      wanted: { from: new Date(now.getTime() + 5 * HOUR).toISOString(), to: new Date(now.getTime() + 7 * HOUR).toISOString() },
      ...change,
    }
  }

  async file(change: Partial<FileRepairInput> = {}, requestId?: string): Promise<{ orderId: string; number: string }> {
    return this.do('fileRepair', await this.filing(change), requestId)
  }
}

export class TechnicianPhone extends Phone<TechnicianApi> {
  constructor(
    product: Product,
    readonly id: string,
    openid: string,
  ) {
    super(product, 'technician', openid)
  }

  async document(): Promise<Collections['technicians']> {
    const { data } = await this.product.db.collection('technicians').doc(this.id).get()
    return (data as unknown as Collections['technicians'][])[0]!
  }
}

type Db = ReturnType<ReturnType<typeof cloudbase.init>['database']>

/** Monday 2030-01-07 09:00 in Shanghai: every run sees the same dates, whichever day it is run on. Clocks only move forward, so it lies well ahead. */
const MONDAY_9 = new Date('2030-01-07T01:00:00Z')

/** As many as the database gives at once. */
const MOST_FOUND = 1_000

const COLLECTIONS = (readResources(resolve(__dirname, '../../cloudbase/resources.json')).collections.map(({ name }) => name) as (keyof Collections)[]).filter((name) => name !== 'access_log' && name !== 'audit')

export interface ProductOptions extends WorkplaceOptions {
  /** Whether the declared timer runs as the clock moves. Without it a test runs the sweep itself, at the second that it wants. */
  timer?: boolean
}

/**
 * The declarations as a test wants them: with the timers or without, and with time to work an outbox off before the answer, so that what a test sees does not depend on how
 * busy the machine is.
 */
const declarations = (timer: boolean, folder: string): string => {
  const declared = JSON.parse(readFileSync(resolve(__dirname, '../../cloudbaserc.json'), 'utf8')) as { functions: { triggers?: unknown[]; envVariables?: Record<string, string> }[] }
  const functions = declared.functions.map(({ triggers = [], envVariables = {}, ...rest }) => ({ ...rest, envVariables: { ...envVariables, OUTBOX_MS: '15000' }, triggers: timer ? triggers : [] }))
  const file = join(folder, 'cloudbaserc.json')
  writeFileSync(file, JSON.stringify({ ...declared, functions }))
  return file
}

export class Product {
  workplace!: Workplace
  db!: Db
  /** Files of its own that go when it stops. */
  private folder: string | null = null
  private used: WorkplaceOptions = {}
  private people = 0
  private areas = 0

  /** Not there before `begin`: tests share one that `withProduct` gives them. */
  constructor(private readonly options: ProductOptions = {}) {}

  static async start(options: ProductOptions = {}): Promise<Product> {
    const product = new Product(options)
    await product.begin()
    return product
  }

  /** The product of a workplace that is there already, such as the demonstration city. */
  static of(workplace: Workplace): Product {
    const product = new Product()
    product.use(workplace)
    return product
  }

  /** Starts an empty city with a price book, staff and templates, on a Monday at 09:00. */
  async begin(): Promise<void> {
    const { timer = false, ...options } = this.options
    this.folder = mkdtempSync(join(tmpdir(), 'product-'))
    // Each further instance costs a cold start; tests of races ask for more.
    const env = { CLOUDBASERC: declarations(timer, this.folder), FUNCTION_CONCURRENCY: '1', ...options.env }
    this.used = { clock: 'frozen', ...options, env }
    this.use(await startWorkplace(this.used))
    await this.workplace.clock.at(MONDAY_9.toISOString())
    const book = priceBook()
    await Promise.all([
      this.put('price_books', { _id: `v${book.version}`, ...book, published: true }),
      ...operators.map(({ _id, name, roles, token }) => this.put('operators', { _id, name, roles: [...roles], tokenHash: hashOf(token), active: true })),
    ])
  }

  private use(workplace: Workplace): void {
    Object.assign(process.env, tcbEnv(workplace.url))
    this.workplace = workplace
    this.db = cloudbase.init({ env: 'local' }).database()
  }

  /** The machine dies as in a power cut, whatever it was at, and comes back at the same address with what it had kept. */
  async reboot(): Promise<void> {
    const { dataDir, url } = this.workplace
    await this.workplace.kill()
    this.workplace = await startWorkplace({ ...this.used, dataDir, port: Number(new URL(url).port) })
  }

  async stop(): Promise<void> {
    // Nothing to stop when it could not be started.
    const workplace = this.workplace as Workplace | undefined
    await workplace?.stop()
    // What a reboot kept.
    if (workplace && this.folder && !this.options.dataDir) rmSync(workplace.dataDir, { recursive: true, force: true })
    if (this.folder) rmSync(this.folder, { recursive: true, force: true })
  }

  async now(): Promise<Date> {
    return new Date(await this.workplace.clock.now())
  }

  /** Moves the clock, ms; what is due at that very moment is done then. */
  async advance(ms: number): Promise<void> {
    await this.workplace.clock.advance(ms)
    await this.sweep()
  }

  async moveTo(moment: Date): Promise<void> {
    await this.workplace.clock.at(moment.toISOString())
    await this.sweep()
  }

  /** Ordinary orders wait at night (R55): on to 09:00 when the day is nearly over or has not begun. */
  async byDay(): Promise<void> {
    const now = await this.now()
    const nine = new Date(dayStart(now).getTime() + 9 * HOUR)
    if (now < nine) await this.moveTo(nine)
    else if (now.getTime() > nine.getTime() + 6 * HOUR) await this.moveTo(new Date(nine.getTime() + DAY))
  }

  /** Time goes on while the timer sleeps. */
  async sleepTo(moment: Date): Promise<void> {
    await this.workplace.clock.at(moment.toISOString())
  }

  /** Runs the timer's function, as the timer does every 20 s. */
  async sweep(): Promise<Record<string, unknown>> {
    const answer = await this.workplace.invoke<ActionAnswer<Record<string, unknown>>>('clock', {})
    if (!answer.ok) throw new UnexpectedAnswer('clock', answer)
    return answer.data
  }

  async put<Name extends keyof Collections>(name: Name, { _id, ...document }: Collections[Name]): Promise<void> {
    await this.db.collection(name).doc(_id).set(document)
  }

  /** The middle of a part of the country where nobody else is. */
  area(): Place {
    const index = this.areas++
    return { longitude: 100 + (index % 17), latitude: 25 + Math.floor(index / 17) }
  }

  homeowner(home: Place = this.area()): HomeownerPhone {
    return new HomeownerPhone(this, `oHome-${++this.people}-${randomUUID().slice(0, 8)}`, home)
  }

  /** A technician on duty, with a position that was just told. */
  async technician(at: Place, change: Partial<Technician> = {}, settings: Settings = defaultSettings()): Promise<TechnicianPhone> {
    const now = await this.now()
    const number = String(++this.people).padStart(4, '0')
    const id = change._id ?? `t${number}`
    const openid = change.openid === undefined ? `oTech-${number}-${randomUUID().slice(0, 8)}` : (change.openid ?? '')
    const technician: Technician = {
      _id: id, openid, staffNumber: number, name: `${'赵钱孙李周吴郑王冯陈'[this.people % 10] ?? '赵'}师傅${number}`, ...BLANK_REGISTER, photo: '', skills: ['plumbing'], certificates: [], base: at, district: '江湾区',
      radiusMetres: 8_000, dailyCapacity: 8, suspended: false, suspendedReason: '', stars: null, jobs: 0, onDuty: true, dutySince: new Date(now.getTime() - 2 * HOUR), position: at,
      positionAt: new Date(now.getTime() - MINUTE), freeSince: null, claim: null, slots: [], slotsVersion: 0, ...change,
    }
    await this.put('technicians', toDocument(technician, now, settings))
    return new TechnicianPhone(this, id, openid)
  }

  /** As a member of staff at the console. */
  async staff<Data = Record<string, unknown>>(action: string, input: unknown, { operator = 'qin-yue', ...more }: { operator?: string; requestId?: string; dryRun?: boolean } = {}): Promise<ActionAnswer<Data>> {
    const token = operators.find(({ _id }) => _id === operator)?.token ?? ''
    return this.workplace.invoke('staff', { action, operator, token, input, ...more })
  }

  async staffDo<Data = Record<string, unknown>>(action: string, input: unknown, more: { operator?: string; requestId?: string; dryRun?: boolean } = {}): Promise<Data> {
    const answer = await this.staff<Data>(action, input, more)
    if (!answer.ok) throw new UnexpectedAnswer(action, answer)
    return answer.data
  }

  /** The order as it is stored. */
  async order(orderId: string): Promise<Order> {
    const { data } = await this.db.collection('orders').doc(orderId).get()
    return (data as unknown as Order[])[0]!
  }

  /** Looks into the database past its indexes. */
  async find<Name extends keyof Collections>(name: Name, condition: Record<string, unknown>): Promise<Collections[Name][]> {
    const parameters = new URLSearchParams({ query: EJSON.stringify(condition), limit: String(MOST_FOUND) })
    const answer = await fetch(`${this.workplace.url}/__db/${name}?${parameters.toString()}`)
    const { list } = EJSON.parse(await answer.text()) as { list: Collections[Name][] }
    if (list.length >= MOST_FOUND) throw new Error(`${name}: ${MOST_FOUND} documents or more; ask for fewer`)
    return list
  }

  /** Every document there is but the logs of who read and who tried what, as text, by collection and id. */
  async everything(): Promise<Map<string, string>> {
    const all = await Promise.all(COLLECTIONS.map(async (name) => (await this.find(name, {})).map((document): [string, string] => [`${name} ${document._id}`, JSON.stringify(document)])))
    return new Map(all.flat())
  }

  /** Which documents are others than they were, were added or removed. */
  async changedSince(before: ReadonlyMap<string, string>): Promise<string[]> {
    const after = await this.everything()
    return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key))
  }

  /** Kinds of the to-dos that an order left, open ones or all. */
  async todos(orderId: string, open = true): Promise<string[]> {
    return (await this.find('todos', { orderId, ...(open ? { state: 'open' } : {}) })).map((todo) => todo.kind).sort()
  }

  async violations(orderId: string): Promise<Collections['violations'][]> {
    return this.find('violations', { orderId })
  }
}

/** A place `km` north of another. */
export const north = (of: Place, km: number): Place => {
  const place = { longitude: of.longitude, latitude: of.latitude + km / 111.194927 }
  if (Math.abs(metresBetween(of, place) - km * 1_000) > 5) throw new Error('the sum for a place to the north is wrong')
  return place
}

export type { Api }
