/** A workplace that runs the small functions of test/local/fixture-functions instead of the product's. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startWorkplace, type Workplace, type WorkplaceOptions } from '../../support/workplace'

const ROOT = resolve(__dirname, '../../..')
const SOURCES = join(ROOT, 'test/local/fixture-functions')

export interface TestFunction {
  /** The fixture that it runs; its own name if not said. */
  source?: string
  /** Seconds; default 20. */
  timeout?: number
  /** MB; default 256. */
  memorySize?: number
  envVariables?: Record<string, string>
  /** Seven fields. */
  timer?: string
  openapi?: string[]
  /** Clients may not call it. */
  closed?: boolean
  http?: string
}

export interface TestWorkplace extends Workplace {
  /** A folder that the functions may write to, named to them by SCRATCH. */
  scratch: string
  /** Where the bundles lie that it runs. */
  functionRoot: string
  /** Starts it again on the same data and port. */
  again(): Promise<Workplace>
}

export async function startTestWorkplace(
  functions: Record<string, TestFunction>,
  options: WorkplaceOptions & { collections?: string[]; subscribeTemplates?: unknown[] } = {},
): Promise<TestWorkplace> {
  const folder = mkdtempSync(join(tmpdir(), 'test-workplace-'))
  const scratch = join(folder, 'scratch')
  mkdirSync(scratch)
  const entries = Object.entries(functions)
  const functionRoot = buildFunctions(entries.map(([name, { source = name }]) => [name, join(SOURCES, `${source}.ts`)]))
  const cloudbaserc = {
    version: '2.0',
    envId: '{{env.ENV_ID}}',
    functionRoot: './dist/cloudfunctions',
    functions: entries.map(([name, { timeout = 20, memorySize = 256, envVariables = {}, timer }]) => ({
      name,
      timeout,
      memorySize,
      runtime: 'Nodejs20.19',
      handler: 'index.main',
      installDependency: true,
      envVariables: { SCRATCH: scratch, ...envVariables },
      ...(timer === undefined ? {} : { triggers: [{ name: 'tick', type: 'timer', config: timer }] }),
    })),
  }
  const resources = {
    collections: (options.collections ?? []).map((name) => ({ name, rule: 'ADMINONLY', indexes: [] })),
    functionRules: {
      '*': { invoke: 'auth != null' },
      ...Object.fromEntries(entries.flatMap(([name, one]) => (one.closed ? [[name, { invoke: false }]] : []))),
    },
    storageRule: { read: 'resource.openid == auth.openid', write: 'resource.openid == auth.openid' },
    httpAccess: entries.flatMap(([name, one]) => (one.http === undefined ? [] : [{ path: one.http, function: name }])),
    openapi: Object.fromEntries(entries.map(([name, one]) => [name, one.openapi ?? []])),
    subscribeTemplates: options.subscribeTemplates ?? [],
  }
  writeFileSync(join(folder, 'cloudbaserc.json'), JSON.stringify(cloudbaserc))
  writeFileSync(join(folder, 'resources.json'), JSON.stringify(resources))
  const env = {
    FUNCTION_ROOT: functionRoot,
    CLOUDBASERC: join(folder, 'cloudbaserc.json'),
    RESOURCES: join(folder, 'resources.json'),
    ...options.env,
  }
  const dataDir = options.dataDir ?? join(folder, 'data')
  const start = (port?: number): Promise<Workplace> => startWorkplace({ ...options, dataDir, env, port })
  const workplace = await start()
  const stop = workplace.stop.bind(workplace)
  return Object.assign(workplace, {
    scratch,
    functionRoot,
    again: () => start(Number(new URL(workplace.url).port)),
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
      rmSync(functionRoot, { recursive: true, force: true })
    },
  })
}

/**
 * Bundles `[function name, source]`, those that exist. Below dist/, so that the functions find the SDKs; a folder a call, so that
 * parallel test files do not meet.
 */
function buildFunctions(entries: [string, string][]): string {
  mkdirSync(join(ROOT, 'dist/test-functions'), { recursive: true })
  const out = mkdtempSync(join(ROOT, 'dist/test-functions/run-'))
  const sources = entries.filter(([, source]) => existsSync(source)).map(([name, source]) => `${name}/index=${source}`)
  const flags = ['--bundle', '--platform=node', '--target=node20', '--format=cjs', '--packages=external', '--log-level=warning']
  execFileSync(join(ROOT, 'node_modules/.bin/esbuild'), [...sources, ...flags, `--outdir=${out}`])
  return out
}
