/** The addresses of the local workplace, as the workbench uses them. */
import { decodeEjson } from './ejson'

/** The workplace refused or could not be reached; `message` is for people. */
export class WorkplaceError extends Error {
  override name = 'WorkplaceError'
  constructor(
    message: string,
    /** HTTP status; 0 when nothing answered. */
    readonly status: number,
  ) {
    super(message)
  }
}

export interface Person {
  openid: string
  name: string
  role: string
  note: string
  place: string | null
  /** Which phone of the workbench is theirs at first, from 0. */
  slot: number | null
}

export interface NamedPlace {
  name: string
  longitude: number
  latitude: number
}

export interface SentMessage {
  at: string
  to: string
  channel: 'subscribe' | 'robot'
  template: string
  data: unknown
  page: string
  result: { errcode: number; errmsg: string }
}

export interface MessageTemplate {
  id: string
  name: string
  title: string
}

export interface Trade {
  out_trade_no: string
  trade_state: string
  description: string
  /** Fen. */
  total: number
  openid?: string
  createdAt: number
}

export interface Run {
  /** What the function returned, or `{ error }` of the workplace. */
  answer: unknown
  /** Whether the function returned at all. */
  returned: boolean
  /** ms, as the browser saw it. */
  took: number
}

interface LookOptions {
  query?: unknown
  sort?: Record<string, 1 | -1>
  limit?: number
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

async function send(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch {
    throw new WorkplaceError('连不上本地工作区，看看终端里它还在不在', 0)
  }
  return { status: response.status, body: parse(await response.text()) }
}

const refusalOf = (status: number, body: unknown): WorkplaceError => {
  const error = typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : ''
  return new WorkplaceError(error || `工作区答了 ${status}`, status)
}

async function get(path: string): Promise<unknown> {
  const { status, body } = await send(path)
  if (status !== 200) throw refusalOf(status, body)
  return body
}

const post = (path: string, value: unknown) =>
  send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })

/** Documents of a collection. One that is not declared (yet) is empty. */
export async function lookAt<Document>(collection: string, { query = {}, sort, limit = 200 }: LookOptions = {}): Promise<Document[]> {
  const parameters = new URLSearchParams({ query: JSON.stringify(query), limit: String(limit) })
  if (sort) parameters.set('sort', JSON.stringify(sort))
  const { status, body } = await send(`/__db/${collection}?${parameters.toString()}`)
  if (status === 400 && JSON.stringify(body).includes('DATABASE_COLLECTION_NOT_EXIST')) return []
  if (status !== 200) throw refusalOf(status, body)
  return (decodeEjson(body) as { list: Document[] }).list
}

export const listPeople = async (): Promise<Person[]> => (await get('/__people')) as Person[]
export const listPlaces = async (): Promise<NamedPlace[]> => (await get('/__places')) as NamedPlace[]
export const listMessages = async (): Promise<SentMessage[]> => (await get('/__messages')) as SentMessage[]
export const listTemplates = async (): Promise<MessageTemplate[]> => ((await get('/__templates')) as { list: MessageTemplate[] }).list
export const listTrades = async (): Promise<Trade[]> => ((await get('/__payments')) as { trades: Trade[] }).trades
export const readClock = async (): Promise<{ now: string; frozen?: boolean }> =>
  (await get('/__clock')) as { now: string; frozen?: boolean }

/** Moves the clock forward and waits until all that falls due is done. */
export async function moveClock(move: { advance: number } | { at: string }): Promise<void> {
  const { status, body } = await post('/__clock', move)
  if (status !== 200) throw refusalOf(status, body)
}

/** A console run: no identity besides what the event says. */
export async function runFunction(name: string, event: unknown): Promise<Run> {
  const begun = performance.now()
  const { status, body } = await post(`/__invoke/${name}`, event)
  return { answer: body, returned: status === 200, took: Math.round(performance.now() - begun) }
}

/** The payer acts on an open trade. */
export async function payTrade(outTradeNo: string, act: { result: 'SUCCESS' | 'CANCEL'; notify: string }): Promise<void> {
  const { status, body } = await post(`/__pay/${encodeURIComponent(outTradeNo)}`, act)
  if (status !== 200) throw refusalOf(status, body)
}
