/**
 * The local workplace as a program: `npm start`. Settings by environment: PORT (8080), DATA_DIR (.local), SEED (`none` for an empty
 * city), CLOCK (running | manual | frozen), STRICT_INDEXES (1), FUNCTION_CONCURRENCY (4), FUNCTION_LOGS (1: print to stderr),
 * END_WITH_STDIN (1: when standard input closes, so that it does not outlive the program that started it), FUNCTION_ROOT, CLOUDBASERC, RESOURCES (other declarations, for tests).
 */
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { DirectoryInUse, takeDirectory } from './cloud/data-directory'
import { DeclarationError } from './cloud/declarations'
import { ENV_ID, sdkEnvironment } from './cloud/functions/environment'
import { startWorkplace, type Workplace } from './cloud/workplace'
import { cityAddresses, emptyCityAddresses } from './seed/addresses'
import { readSettings, SettingError } from './settings'

// Functions run in UTC, in the cloud and here.
process.env.TZ = 'UTC'
// What people get wrong is told to them in Chinese.
z.config(z.locales.zhCN())

/** How often a workplace that npm started looks whether it was left alone, ms. */
const PARENT_MS = 500

const built = dirname(fileURLToPath(import.meta.url))
const root = resolve(built, '../..')

async function main(): Promise<void> {
  const settings = readSettings(process.env, root)
  const release = takeDirectory(settings.dataDirectory)
  process.on('exit', release)
  const withCity = settings.seed === 'demo'
  const more = withCity ? cityAddresses : emptyCityAddresses
  const workplace = await startWorkplace({ ...settings, root, workerFile: join(built, 'function-worker.cjs'), more })
  stopWhenAsked(workplace, settings.endWithStdin)
  if (withCity) await seedCity(workplace.url)
  workplace.open()
  // One line, when it can be used: programs that start the workplace wait for it.
  process.stdout.write(`师服到 本地工作区：${workplace.url}/\n`)
}

/** Through the real SDK, as any program would: what is seeded is what could have been stored. */
async function seedCity(url: string): Promise<void> {
  const admin = `${url}/admin`
  Object.assign(process.env, sdkEnvironment(admin))
  // Loaded only where it is needed: a start without a city is the quicker for it.
  const { seed } = await import('./seed/index')
  await seed({ admin, envId: ENV_ID })
}

/** A signal, or whoever started the workplace has gone. */
function stopWhenAsked(workplace: Workplace, endWithStdin: boolean): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void workplace.close().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  if (endWithStdin) process.stdin.resume().once('close', stop)
  if (process.env.npm_lifecycle_event === 'start') whenLeftAlone(stop)
}

/** npm passes a signal on to a shell, and the shell ends without passing it on. */
function whenLeftAlone(stop: () => void): void {
  const parent = process.ppid
  setInterval(() => (process.ppid === parent ? undefined : stop()), PARENT_MS).unref()
}

main().catch((error: unknown) => {
  const known = error instanceof DirectoryInUse || error instanceof DeclarationError || error instanceof SettingError
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (taken) console.error('端口已被占用。请关掉占用它的程序，或用 PORT 另选一个，例如 PORT=8081 npm start。')
  else console.error(known ? error.message : error)
  process.exit(1)
})
