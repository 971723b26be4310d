/** A workplace of the benchmark's own: the functions as they are built at this moment, and one more that only makes round trips. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import type { Cloudbaserc } from '../../../local/cloud/declarations'
import { Product } from '../../support/product'
import { CallLog } from './call-log'

export const ROOT = resolve(__dirname, '../../..')

/**
 * The local database keeps everything in memory: 100,000 orders need more than a process is given by itself, MB. With little room for what is new, most of the time
 * would go into looking through what is old.
 */
const MEMORY = '--max-old-space-size=12288 --max-semi-space-size=128'

export interface Bench {
  product: Product
  calls: CallLog
  stop(): Promise<void>
}

/** @param concurrency instances that a function may have at once */
export async function startBench(concurrency: number): Promise<Bench> {
  // Below dist/, so that the functions find the SDKs; copied, so that a build meanwhile changes nothing here.
  mkdirSync(join(ROOT, 'dist/bench'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, 'dist/bench/run-'))
  const functionRoot = join(folder, 'functions')
  cpSync(join(ROOT, 'dist/cloudfunctions'), functionRoot, { recursive: true })
  addBareFunction(functionRoot)
  const cloudbaserc = join(folder, 'cloudbaserc.json')
  writeFileSync(cloudbaserc, JSON.stringify(declarations()))
  const env = { FUNCTION_ROOT: functionRoot, CLOUDBASERC: cloudbaserc, FUNCTION_CONCURRENCY: String(concurrency), NODE_OPTIONS: MEMORY }
  // It begins on a Monday at 09:00 and the clock goes on from there: by day, whenever it is run (R55).
  const product = await Product.start({ clock: 'manual', env })
  return {
    product,
    calls: new CallLog(product.workplace.dataDir),
    stop: async () => {
      await product.stop()
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

/** The product's, with the bare function, and without timers: the benchmark says itself when the clock's function runs. */
function declarations(): Cloudbaserc {
  const declared = JSON.parse(readFileSync(join(ROOT, 'cloudbaserc.json'), 'utf8')) as Cloudbaserc
  const built = declared.functions.filter(({ name }) => existsSync(join(ROOT, 'dist/cloudfunctions', name, 'index.js')))
  const [pattern] = built
  if (!pattern) throw new Error('no function is built: run npm run build first')
  const bare = { ...pattern, name: 'bare', timeout: 60, envVariables: {} }
  return { ...declared, functions: [...built, bare].map((one) => ({ ...one, triggers: [] })) }
}
