/**
 * Starts the built local workplace as a process of its own, on a free port with a fresh data folder, for tests that go through its
 * addresses or through the real SDKs. Timers fire only when the clock is moved. Run `npm run build` before.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../..')
const PROGRAM = join(ROOT, 'dist/local/main.mjs')
/** Keys made by an earlier start: making RSA keys takes longer than all the rest. */
const KEPT_SECRETS = join(ROOT, 'node_modules/.cache/workplace-secrets.json')
const START_MS = 30_000

export interface WorkplaceOptions {
  seed?: 'none' | 'demo'
  /** `frozen`: time stands still between moves, to look at T − 1 s and T + 1 s. */
  clock?: 'manual' | 'frozen' | 'running'
  /** Refuse queries that no declared index serves. Default true. */
  strictIndexes?: boolean
  /** Further variables, such as FUNCTION_ROOT. */
  env?: Record<string, string>
  /** Kept on stop if given. */
  dataDir?: string
  port?: number
}

export interface SentMessage {
  at: string
  to: string
  channel: 'subscribe' | 'robot'
  template: string
  data: Record<string, unknown>
  page: string
  result: { errcode: number; errmsg: string }
}

export type Notify = 'once' | 'twice' | 'lost' | 'late' | 'forged' | 'wrong-amount' | 'wrong-merchant' | 'replayed'

/** What the workplace answered with, if it is not the expected 200. */
export class WorkplaceRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: { error?: string; code?: string },
  ) {
    super(`${status} ${body.code ?? ''} ${body.error ?? ''}`)
  }
}

export class Workplace {
  constructor(
    readonly url: string,
    readonly dataDir: string,
    private readonly child: ChildProcess,
    private readonly keep: boolean,
    /** All that the process printed. */
    readonly output: () => string,
  ) {}

  /** A client call by `openid`, or a console run without one. Throws WorkplaceRefusal if the function threw. */
  async invoke<Result = unknown>(functionName: string, event: unknown, openid?: string): Promise<Result> {
    return (await this.post(`/__invoke/${functionName}`, event, openid)) as Result
  }

  readonly clock = {
    /** ms; waits until all that falls due is done. */
    advance: async (ms: number): Promise<string> => ((await this.post('/__clock', { advance: ms })) as { now: string }).now,
    at: async (iso: string): Promise<string> => ((await this.post('/__clock', { at: iso })) as { now: string }).now,
    now: async (): Promise<string> => ((await this.get('/__clock')) as { now: string }).now,
  }

  /** Newest first. */
  async messages(to?: string): Promise<SentMessage[]> {
    return (await this.get(`/__messages${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`)) as SentMessage[]
  }

  /** Documents as relaxed EJSON. */
  async db<Document = Record<string, unknown>>(
    collection: string,
    query: unknown = {},
    options: { sort?: unknown; limit?: number } = {},
  ): Promise<Document[]> {
    const parameters = new URLSearchParams({ query: JSON.stringify(query), limit: String(options.limit ?? 1000) })
    if (options.sort !== undefined) parameters.set('sort', JSON.stringify(options.sort))
    return ((await this.get(`/__db/${collection}?${parameters.toString()}`)) as { list: Document[] }).list
  }

  async pay(outTradeNo: string, act: { result: 'SUCCESS' | 'CANCEL'; notify?: Notify; openid?: string }): Promise<{ state: string }> {
    return (await this.post(`/__pay/${outTradeNo}`, act)) as { state: string }
  }

  async upload(path: string, bytes: Uint8Array | string, openid: string): Promise<string> {
    const answer = await this.send(`/__upload?path=${encodeURIComponent(path)}`, {
      method: 'POST',
      body: Buffer.from(bytes),
      headers: { 'x-local-openid': openid },
    })
    return (answer as { fileID: string }).fileID
  }

  /** Adds one send for each template, as pressing "allow" does. */
  async allow(openid: string, ...templates: string[]): Promise<void> {
    await this.post('/__subscribe', { openid, templates: Object.fromEntries(templates.map((id) => [id, 'accept'])) })
  }

  async get(path: string, openid?: string): Promise<unknown> {
    return this.send(path, { headers: openid === undefined ? {} : { 'x-local-openid': openid } })
  }

  async post(path: string, body: unknown, openid?: string): Promise<unknown> {
    const headers = { 'content-type': 'application/json', ...(openid === undefined ? {} : { 'x-local-openid': openid }) }
    return this.send(path, { method: 'POST', body: JSON.stringify(body), headers })
  }

  /** Ends the process at once, as a power cut would. The data stays. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM')
    if (!this.keep) rmSync(this.dataDir, { recursive: true, force: true })
  }

  private async send(path: string, init: RequestInit): Promise<unknown> {
    const answer = await fetch(this.url + path, init)
    const text = await answer.text()
    if (!answer.ok) throw new WorkplaceRefusal(answer.status, parse(text))
    return JSON.parse(text)
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    // Let go of when it started (letGo): its end is waited for.
    this.child.ref()
    const gone = new Promise((done) => this.child.once('exit', done))
    this.child.kill(signal)
    await gone
  }
}

export async function startWorkplace(options: WorkplaceOptions = {}): Promise<Workplace> {
  const { seed = 'none', clock = 'manual', strictIndexes = true, env = {}, port = 0 } = options
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'workplace-'))
  if (existsSync(KEPT_SECRETS) && !existsSync(join(dataDir, 'secrets.json'))) {
    mkdirSync(dataDir, { recursive: true })
    copyFileSync(KEPT_SECRETS, join(dataDir, 'secrets.json'))
  }
  const child = spawn(process.execPath, [PROGRAM], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: dataDir,
      SEED: seed,
      CLOCK: clock,
      STRICT_INDEXES: strictIndexes ? '1' : '0',
      FUNCTION_LOGS: process.env.FUNCTION_LOGS ?? '0',
      END_WITH_STDIN: '1',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let printed = ''
  const url = await new Promise<string>((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`the workplace did not start within ${START_MS} ms:\n${printed}`)), START_MS)
    const read = (chunk: Buffer): void => {
      printed += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)
      if (!address) return
      clearTimeout(timer)
      found(address[0])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (process.env.FUNCTION_LOGS === '1') process.stderr.write(chunk)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      failed(new Error(`the workplace ended with ${code}:\n${printed}`))
    })
  })
  letGo(child)
  keepSecrets(dataDir)
  return new Workplace(url, dataDir, child, options.dataDir !== undefined, () => printed)
}

/** The variables with which a program outside reaches this workplace through the real SDKs. */
export function tcbEnv(url: string): Record<string, string> {
  return {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    TENCENTCLOUD_SESSIONTOKEN: 'local',
    SCF_NAMESPACE: 'local',
    TCB_ENV: 'local',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${url}/admin` }),
  }
}

/** A workplace that a failed test leaves behind keeps no run waiting, and ends with it (END_WITH_STDIN). */
function letGo(child: ChildProcess): void {
  child.unref()
  for (const pipe of child.stdio) (pipe as Socket | null)?.unref()
}

function keepSecrets(dataDir: string): void {
  if (existsSync(KEPT_SECRETS)) return
  mkdirSync(resolve(KEPT_SECRETS, '..'), { recursive: true })
  const half = `${KEPT_SECRETS}.${process.pid}`
  copyFileSync(join(dataDir, 'secrets.json'), half)
  renameSync(half, KEPT_SECRETS)
}

function parse(text: string): { error?: string; code?: string } {
  try {
    return JSON.parse(text) as { error?: string; code?: string }
  } catch {
    return { error: text }
  }
}
