/** Small mini-programs for tests of the browser host: written to a temp folder, built, served and opened. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildPhone } from '../../local/phone/build'
import type { MockServer, MockServerOptions } from '../../local/phone/preview/mock-server'
import { startMockServer } from '../../local/phone/preview/mock-server'
import type { Browser, OpenPhoneOptions, PhoneInHand } from './browser'
import { launchBrowser, openPhone } from './browser'

/** A page or component: its files by extension. `json` defaults to `{}`. */
export interface FixtureSource {
  wxml: string
  js?: string
  ts?: string
  wxss?: string
  json?: Record<string, unknown>
}

export interface FixtureApp {
  app?: Record<string, unknown>
  appJs?: string
  appWxss?: string
  /** path → page, in the order of app.json */
  pages: Record<string, FixtureSource>
  /** pages in subpackages, `root/page` → page */
  subPages?: Record<string, FixtureSource>
  components?: Record<string, FixtureSource>
  /** any other file */
  files?: Record<string, string>
}

const writeFile = (root: string, path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function writeSource(root: string, path: string, { wxml, js, ts, wxss, json = {} }: FixtureSource, isPage: boolean): void {
  writeFile(root, `${path}.wxml`, wxml)
  if (ts !== undefined) writeFile(root, `${path}.ts`, ts)
  else writeFile(root, `${path}.js`, js ?? (isPage ? 'Page({})' : 'Component({})'))
  if (wxss !== undefined) writeFile(root, `${path}.wxss`, wxss)
  writeFile(root, `${path}.json`, JSON.stringify(isPage ? json : { component: true, ...json }, null, 2))
}

/** Writes a mini-program into a new temp folder and gives the folder. */
export function writeFixture({
  app = {},
  appJs = 'App({})',
  appWxss,
  pages,
  subPages = {},
  components = {},
  files = {},
}: FixtureApp): string {
  const root = mkdtempSync(join(tmpdir(), 'phone-fixture-'))
  const names = [...new Set(Object.keys(subPages).map((path) => path.split('/')[0] ?? ''))]
  const pagesIn = (name: string): string[] => Object.keys(subPages).filter((path) => path.startsWith(`${name}/`))
  const subPackages = names.map((name) => ({ root: name, pages: pagesIn(name).map((path) => path.slice(name.length + 1)) }))
  writeFile(
    root,
    'app.json',
    JSON.stringify({ pages: Object.keys(pages), ...(subPackages.length > 0 ? { subPackages } : {}), ...app }, null, 2),
  )
  writeFile(root, 'app.js', appJs)
  if (appWxss !== undefined) writeFile(root, 'app.wxss', appWxss)
  for (const [path, source] of Object.entries({ ...pages, ...subPages })) writeSource(root, path, source, true)
  for (const [path, source] of Object.entries(components)) writeSource(root, path, source, false)
  for (const [path, text] of Object.entries(files)) writeFile(root, path, text)
  return root
}

export interface RunningFixture {
  server: MockServer
  browser: Browser
  open(openid?: string, options?: OpenPhoneOptions): Promise<PhoneInHand>
  stop(): Promise<void>
}

/** Builds and serves a mini-program and starts a browser for it. */
export async function startFixture(source: FixtureApp, options: Omit<MockServerOptions, 'phoneDir'> = {}): Promise<RunningFixture> {
  const root = writeFixture(source)
  const phoneDir = mkdtempSync(join(tmpdir(), 'phone-built-'))
  await buildPhone(phoneDir, { root })
  const [server, browser] = await Promise.all([startMockServer({ phoneDir, ...options }), launchBrowser()])
  return {
    server,
    browser,
    open: (openid = 'oTester', phoneOptions = {}) => openPhone(browser, server.url, openid, phoneOptions),
    stop: async () => {
      await browser.close()
      await server.close()
      rmSync(root, { recursive: true, force: true })
      rmSync(phoneDir, { recursive: true, force: true })
    },
  }
}
