/** How the simulated people reach the product: its public addresses over connections that stay open, every call counted. */
import { Agent, request } from 'node:http'
import { EJSON } from 'bson'
import type { Collections } from '../../cloudfunctions/platform/documents'
import { operators } from '../../local/seed/staff'
import type { ActionAnswer, HomeownerApi, TechnicianApi, UploadPurpose } from '../../typings/contract'

/** A picture of one pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
/** The most documents that one look gives. */
const PAGE = 1_000

type Apis = { homeowner: HomeownerApi; technician: TechnicianApi }

export class Line {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 })
  private readonly host: string
  private readonly port: string
  private readonly requests = new Map<string, number>()
  /** Calls by function and action. */
  readonly calls = new Map<string, number>()
  /** Refusals by action and code. */
  readonly refusals = new Map<string, number>()
  /** Mistakes of the product, or of the simulation. */
  readonly faults: string[] = []

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.host = hostname
    this.port = port
  }

  close(): void {
    this.agent.destroy()
  }

  /** Somebody's mini-program calls a function. */
  async call<Name extends keyof Apis, Action extends keyof Apis[Name] & string>(
    name: Name,
    openid: string,
    action: Action,
    input: Apis[Name][Action] extends { input: infer Input } ? Input : never,
  ): Promise<ActionAnswer<Apis[Name][Action] extends { data: infer Data } ? Data : never>> {
    const answer = (await this.post(`/__invoke/${name}`, { action, input, requestId: this.requestId(openid) }, openid)) as ActionAnswer<never>
    return this.counted(name, action, answer)
  }

  /** A member of staff at the console. */
  async staff<Data = Record<string, unknown>>(operator: string, action: string, input: unknown): Promise<ActionAnswer<Data>> {
    const token = operators.find(({ _id }) => _id === operator)?.token ?? ''
    const answer = (await this.post('/__invoke/staff', { action, operator, token, input, requestId: this.requestId(operator) })) as ActionAnswer<Data>
    return this.counted('staff', action, answer)
  }

  /** The timer's function, as it runs every 20 s. */
  async sweep(): Promise<{ orders: number; failures: number; finished: boolean }> {
    const answer = (await this.post('/__invoke/clock', {})) as ActionAnswer<{ orders: number; failures: number; finished: boolean }>
    if (!answer.ok) throw new Error(`the clock's function refused: ${answer.error.message}`)
    return answer.data
  }

  async moveClockTo(at: number): Promise<void> {
    await this.post('/__clock', { at: new Date(at).toISOString() })
  }

  /** The payer pays in WeChat. */
  async pay(outTradeNo: string): Promise<void> {
    await this.post(`/__pay/${outTradeNo}`, { result: 'SUCCESS', notify: 'once' })
  }

  /** Somebody presses “允许” so many times: as many messages. */
  async allow(openid: string, template: string, times: number): Promise<void> {
    await this.post('/__subscribe', { openid, templates: { [template]: 'accept' }, times })
  }

  /** Photos or a signature, each to a path that was given out. */
  async upload(name: keyof Apis, openid: string, purpose: UploadPurpose, orderId: string, count: number): Promise<string[]> {
    const files = Array.from({ length: count }, () => ({ extension: 'png' as const, bytes: PNG.length }))
    const granted = await this.call(name, openid, 'grantUploads', { purpose, subject: orderId, files })
    if (!granted.ok) throw new Error(`no place for photos: ${granted.error.message}`)
    const stored: string[] = []
    for (const { cloudPath } of granted.data.grants) {
      const answer = (await this.send('POST', `/__upload?path=${encodeURIComponent(cloudPath)}`, PNG, { 'x-local-openid': openid })) as { fileID: string }
      stored.push(answer.fileID)
    }
    return stored
  }

  /** Looks into the database, past the functions; at most 1,000 documents. */
  async look<Name extends keyof Collections>(name: Name, query: Record<string, unknown>, limit = PAGE): Promise<Collections[Name][]> {
    const parameters = new URLSearchParams({ query: EJSON.stringify(query), limit: String(limit) })
    const text = await this.text('GET', `/__db/${name}?${parameters.toString()}`, null, {})
    return (EJSON.parse(text) as { list: Collections[Name][] }).list
  }

  /** All of a collection, or what of it fits, by `_id`. */
  async *all<Name extends keyof Collections>(name: Name, query: Record<string, unknown> = {}): AsyncGenerator<Collections[Name]> {
    let after = ''
    for (;;) {
      const parameters = new URLSearchParams({ query: EJSON.stringify({ ...query, _id: { $gt: after } }), sort: '{"_id":1}', limit: '500' })
      const { list } = EJSON.parse(await this.text('GET', `/__db/${name}?${parameters.toString()}`, null, {})) as { list: Collections[Name][] }
      yield* list
      const last = list.at(-1)
      if (!last || list.length < 500) return
      after = last._id
    }
  }

  private requestId(who: string): string {
    const number = (this.requests.get(who) ?? 0) + 1
    this.requests.set(who, number)
    return `sim-${who}-${number}`
  }

  private counted<Answer extends ActionAnswer<unknown>>(name: string, action: string, answer: Answer): Answer {
    const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
    add(this.calls, `${name}.${action}`)
    if (answer.ok) return answer
    add(this.refusals, `${action} ${answer.error.code}`)
    // Staff try whoever is near, and may be told why not; nobody else sends what is wrong in itself.
    const isFault = answer.error.code === 'INTERNAL' || (answer.error.code === 'INVALID_INPUT' && name !== 'staff')
    if (isFault) this.faults.push(`${name}.${action} ${answer.error.code}：${answer.error.message}`)
    return answer
  }

  private async post(path: string, body: unknown, openid?: string): Promise<unknown> {
    return this.send('POST', path, Buffer.from(JSON.stringify(body)), { 'content-type': 'application/json', ...(openid === undefined ? {} : { 'x-local-openid': openid }) })
  }

  private async send(method: string, path: string, body: Buffer | null, headers: Record<string, string>): Promise<unknown> {
    return JSON.parse(await this.text(method, path, body, headers))
  }

  private text(method: string, path: string, body: Buffer | null, headers: Record<string, string>): Promise<string> {
    return new Promise((done, failed) => {
      const length = body ? { 'content-length': String(body.length) } : {}
      const sent = request({ agent: this.agent, host: this.host, port: this.port, method, path, headers: { ...headers, ...length } }, (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => (text += chunk))
        answer.on('end', () => (answer.statusCode === 200 ? done(text) : failed(new Error(`${method} ${path}: ${answer.statusCode} ${text}`))))
      })
      sent.on('error', failed)
      sent.end(body ?? undefined)
    })
  }
}
