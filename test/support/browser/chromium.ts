/**
 * Finds a Chromium: CHROME_PATH if given; on Linux the one that comes from npm with the libraries that it needs, unpacked once; elsewhere an installed
 * Chrome or Edge. Nothing is taken from the system on Linux: libnss3 and its like come out of the package's own archive.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { unpackTar } from './tar'

export interface ChromiumInstallation {
  executablePath?: string
  /** playwright's name for an installed browser, where none comes from npm */
  channels?: string[]
  args: string[]
  env: Record<string, string>
}

const VERSION = '147.0.0'
const STALE_LOCK_MS = 120_000

/** Flags for a machine without a graphics card or a user session; security flags of the package's own list (no web security …) are left out on purpose. */
const ARGS = [
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
]

function packageFolder(): string {
  return dirname(dirname(dirname(require.resolve('@sparticuz/chromium'))))
}

/** node_modules/.cache if it can be written to, else the temp folder. */
function cacheFolder(): string {
  const modules = join(packageFolder(), '..', '..')
  for (const folder of [join(modules, '.cache'), tmpdir()]) {
    const own = join(folder, `shifudao-chromium-${VERSION}`)
    try {
      mkdirSync(dirname(own), { recursive: true })
      writeFileSync(`${own}.probe-${process.pid}`, '')
      rmSync(`${own}.probe-${process.pid}`)
      return own
    } catch {
      continue
    }
  }
  throw new Error('no folder to unpack Chromium into: neither node_modules/.cache nor the temp folder can be written to')
}

function unpackInto(folder: string): void {
  const bin = join(packageFolder(), 'bin')
  const archive = (name: string) => brotliDecompressSync(readFileSync(join(bin, name)))
  writeFileSync(join(folder, 'chromium'), archive('chromium.br'), { mode: 0o755 })
  for (const name of ['al2023', 'fonts', 'swiftshader']) {
    const target = name === 'swiftshader' ? folder : join(folder, name)
    mkdirSync(target, { recursive: true })
    unpackTar(archive(`${name}.tar.br`), target)
  }
}

/** Only the fonts beside it: the same text on every machine, whatever is installed there. */
const fontsConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`

const pause = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** Unpacks once, whoever comes first; the others wait. The folder appears under its name only when it is whole. */
function unpackedFolder(): string {
  const folder = cacheFolder()
  const lock = `${folder}.lock`
  while (!existsSync(folder)) {
    try {
      mkdirSync(lock)
    } catch {
      const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0
      if (age > STALE_LOCK_MS) rmSync(lock, { recursive: true, force: true })
      else pause(100)
      continue
    }
    const half = `${folder}.half-${process.pid}`
    try {
      if (existsSync(folder)) continue
      mkdirSync(half, { recursive: true })
      unpackInto(half)
      writeFileSync(join(half, 'fonts.conf'), fontsConfiguration(folder))
      renameSync(half, folder)
    } finally {
      rmSync(half, { recursive: true, force: true })
      rmSync(lock, { recursive: true, force: true })
    }
  }
  return folder
}

const definedEnv = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** Where the browser is and how it must be started. Takes about 4 s the first time on Linux (unpacking), nothing afterwards. */
export function findChromium(): ChromiumInstallation {
  const env = definedEnv()
  if (env.CHROME_PATH) return { executablePath: env.CHROME_PATH, args: ARGS, env }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channels: ['chrome', 'msedge', 'chromium'], args: ARGS, env }
  const folder = unpackedFolder()
  return {
    executablePath: join(folder, 'chromium'),
    args: ARGS,
    env: {
      ...env,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      HOME: env.HOME ?? tmpdir(),
    },
  }
}
