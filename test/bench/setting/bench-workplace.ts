/** A workplace of the benchmark's own: the functions as they are built at this moment, and one more that only makes round trips. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import cloudbase from '@cloudbase/node-sdk'
import { buildSync } from 'esbuild'
import type { Cloudbaserc } from '../../../local/cloud/declarations'
import { ENV_ID } from '../../../local/cloud/functions/environment'
import { startWorkplace, type Workplace } from '../../support/workplace'
import { CallLog } from './call-log'

const ROOT = resolve(__dirname, '../../..')

/** The database of a workplace through the real SDK, as any program outside has it. */
export const databaseOf = (url: string) =>
  cloudbase.init({ env: ENV_ID, secretId: 'local', secretKey: 'local', serviceUrl: `${url}/admin` }).database()

export type OutsideDatabase = ReturnType<typeof databaseOf>

export interface BenchWorkplace {
  workplace: Workplace
  calls: CallLog
  database: OutsideDatabase
  stop(): Promise<void>
}

export interface BenchWorkplaceOptions {
  seed: 'none' | 'demo'
  /** Instances that a function may have at once. */
  concurrency: number
  clock?: 'manual' | 'frozen'
}

export async function startBenchWorkplace({ seed, concurrency, clock = 'manual' }: BenchWorkplaceOptions): Promise<BenchWorkplace> {
  // Below dist/, so that the functions find the SDKs; copied, so that a build meanwhile changes nothing here.
  mkdirSync(join(ROOT, 'dist/bench'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, 'dist/bench/run-'))
  const functionRoot = join(folder, 'functions')
  cpSync(join(ROOT, 'dist/cloudfunctions'), functionRoot, { recursive: true })
  addBareFunction(functionRoot)
  const cloudbaserc = join(folder, 'cloudbaserc.json')
  writeFileSync(cloudbaserc, JSON.stringify(withBareFunction()))
  const workplace = await startWorkplace({
    seed,
    clock,
    env: { FUNCTION_ROOT: functionRoot, CLOUDBASERC: cloudbaserc, FUNCTION_CONCURRENCY: String(concurrency) },
  })
  return {
    workplace,
    calls: new CallLog(workplace.dataDir),
    database: databaseOf(workplace.url),
    stop: async () => {
      await workplace.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Built on its own: it is no part of the product. */
function addBareFunction(functionRoot: string): void {
  buildSync({
    entryPoints: [join(ROOT, 'test/bench/setting/bare-function.ts')],
    outfile: join(functionRoot, 'bare/index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
  })
}

function withBareFunction(): Cloudbaserc {
  const declared = JSON.parse(readFileSync(join(ROOT, 'cloudbaserc.json'), 'utf8')) as Cloudbaserc
  const built = declared.functions.filter(({ name }) => existsSync(join(ROOT, 'dist/cloudfunctions', name, 'index.js')))
  const [pattern] = built
  if (!pattern) throw new Error('no function is built: run npm run build first')
  return { ...declared, functions: [...built, { ...pattern, name: 'bare', timeout: 60, triggers: [], envVariables: {} }] }
}
