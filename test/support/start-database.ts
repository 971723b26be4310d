import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tcb from '@cloudbase/node-sdk'
import { buildSync } from 'esbuild'
import type { CollectionDeclaration } from '../../local/cloud/database'
import type { HarnessOptions } from './database-server'

const ROOT = join(__dirname, '..', '..')
const BUNDLE = join(ROOT, 'dist', 'test', `database-server.${process.pid}.mjs`)
let built = false

/** Bundles the harness once for each worker of jest. */
function bundle(): string {
  if (!built) {
    const entryPoints = [join(ROOT, 'test/support/database-server.ts')]
    buildSync({ entryPoints, outfile: BUNDLE, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' })
    process.on('exit', () => rmSync(BUNDLE, { force: true }))
    built = true
  }
  return BUNDLE
}

/** A running database process and how to reach it. */
export class DatabaseProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    readonly path: string,
  ) {}

  static async start(options: Partial<HarnessOptions> & { collections: CollectionDeclaration[] }): Promise<DatabaseProcess> {
    const path = options.path ?? mkdtempSync(join(tmpdir(), 'database-'))
    const child = spawn(process.execPath, [bundle(), JSON.stringify({ ...options, path })], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), once(child, 'exit')])) as [Buffer]
    const made = new DatabaseProcess(child, Number(String(line)), path)
    made.setEnvironment()
    return made
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/admin`
  }

  /** node-sdk's database, reached as from a cloud function. */
  connect(): ReturnType<ReturnType<typeof tcb.init>['database']> {
    return tcb.init({ env: 'local', secretId: 'local', secretKey: 'local', serviceUrl: this.url }).database()
  }

  /** What a function instance finds in its environment: the address for wx-server-sdk, and no search for a real cloud's metadata. */
  private setEnvironment(): void {
    Object.assign(process.env, {
      TENCENTCLOUD_RUNENV: 'SCF',
      SCF_NAMESPACE: 'local',
      TCB_ENV: 'local',
      TENCENTCLOUD_REGION: 'ap-shanghai',
      TENCENTCLOUD_SECRETID: 'local',
      TENCENTCLOUD_SECRETKEY: 'local',
      TENCENTCLOUD_SESSIONTOKEN: 'local',
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: this.url }),
    })
  }

  /** One raw request, as the SDKs would send it. */
  async send(
    body: Record<string, unknown>,
    address = '/admin',
  ): Promise<Record<string, unknown> & { code?: string; data?: Record<string, unknown> }> {
    const response = await fetch(`http://127.0.0.1:${this.port}${address}`, { method: 'POST', body: JSON.stringify(body) })
    return (await response.json()) as Record<string, unknown> & { code?: string; data?: Record<string, unknown> }
  }

  advanceClock(ms: number): Promise<unknown> {
    return this.send({ advance: ms }, '/clock')
  }

  /** Ends the process at once, as a crash would; the files stay. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await gone
  }

  async stop(): Promise<void> {
    await this.kill()
    rmSync(this.path, { recursive: true, force: true })
  }
}
