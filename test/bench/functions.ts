/** Size of each function's bundle, and how long a fresh process takes to load it. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { tcbEnv } from '../support/workplace'
import { median, rounded } from './statistics'

export interface FunctionCost {
  name: string
  /** The minified bundle, the SDKs outside it; 1 KB = 1,024 bytes. */
  kb: number
  /** Median of fresh processes that have loaded all SDKs before. */
  requireMs: number
  /** The same, the SDKs that the function uses being loaded with it. */
  requireMsWithSdks: number
}

const SDKS = ['@cloudbase/node-sdk', 'wx-server-sdk', 'wechatpay-axios-plugin']

/** Loads one bundle and prints how long that took, ms. */
const LOADER = `
const [bundle, ...first] = process.argv.slice(1)
const { createRequire } = require('node:module')
const requireBeside = createRequire(bundle)
for (const sdk of first) requireBeside(sdk)
const startedAt = performance.now()
requireBeside(bundle)
process.stdout.write(String(performance.now() - startedAt))
process.exit(0)
`

function loadMs(bundle: string, first: readonly string[]): number {
  // Nothing is called while loading, so no workplace need run.
  const env = { PATH: process.env.PATH, ...tcbEnv('http://127.0.0.1:9') }
  return Number(execFileSync(process.execPath, ['-e', LOADER, bundle, ...first], { env, encoding: 'utf8' }))
}

/** @param processes how many fresh processes each median is of */
export function measureFunctions(root: string, processes: number): FunctionCost[] {
  const folder = join(root, 'dist/cloudfunctions')
  const times = (bundle: string, first: readonly string[]): number =>
    rounded(median(Array.from({ length: processes }, () => loadMs(bundle, first))), 1)
  return readdirSync(folder)
    .map((name) => ({ name, bundle: join(folder, name, 'index.js') }))
    .filter(({ bundle }) => existsSync(bundle))
    .map(({ name, bundle }) => ({
      name,
      kb: rounded(statSync(bundle).size / 1024, 1),
      requireMs: times(bundle, SDKS),
      requireMsWithSdks: times(bundle, []),
    }))
}
