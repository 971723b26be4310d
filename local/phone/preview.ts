/**
 * Looks at a page: builds the phone, serves it, opens a browser and takes a picture.
 *
 *   npx tsx local/phone/preview.ts --page pages/home/home --as oHomeowner --out shot.png
 *     [--query id=1&tab=2] [--mock answers.json] [--server http://127.0.0.1:8080] [--now 2026-11-22T05:20:00Z]
 *     [--theme dark] [--font 1.4] [--w 320] [--h 844] [--full] [--tap 文字]… [--wait 300] [--root miniprogram]
 *
 * answers.json maps "function.action" to what the function returns; `*` answers everything else. `--full` makes the phone as tall as the page.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { findChromium } from '../../test/support/browser/chromium'
import { buildPhone } from './build'
import { PhoneBuildError } from './build/diagnostics'
import { startMockServer } from './preview/mock-server'

const { values } = parseArgs({
  options: {
    page: { type: 'string' },
    query: { type: 'string', default: '' },
    as: { type: 'string', default: 'oPreview' },
    out: { type: 'string', default: 'preview.png' },
    mock: { type: 'string' },
    server: { type: 'string' },
    now: { type: 'string' },
    theme: { type: 'string', default: '' },
    font: { type: 'string', default: '' },
    w: { type: 'string', default: '390' },
    h: { type: 'string', default: '844' },
    full: { type: 'boolean', default: false },
    tap: { type: 'string', multiple: true, default: [] },
    wait: { type: 'string', default: '300' },
    root: { type: 'string' },
  },
})

async function main(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'phone-preview-'))
  await buildPhone(dir, values.root === undefined ? {} : { root: resolve(values.root) })
  const answers = values.mock === undefined ? {} : (JSON.parse(readFileSync(values.mock, 'utf8')) as Record<string, unknown>)
  const server = await startMockServer({
    phoneDir: dir,
    answers,
    ...(values.server ? { passTo: values.server } : {}),
    ...(values.now ? { now: values.now } : {}),
  })
  const { executablePath, args, env } = findChromium()
  const browser = await chromium.launch({ args, env, ...(executablePath ? { executablePath } : {}) })
  let faults = 0
  try {
    const size = { width: Number(values.w), height: Number(values.h) }
    const page = await browser.newPage({
      viewport: size,
      deviceScaleFactor: 2,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    })
    page.on('console', (message) => console.log(`[${message.type()}] ${message.text()}`))
    page.on('pageerror', (error) => {
      faults += 1
      console.error(`[page error] ${error.stack ?? error.message}`)
    })
    const parameters = new URLSearchParams({
      as: values.as,
      ...(values.theme ? { theme: values.theme } : {}),
      ...(values.font ? { font: values.font } : {}),
    })
    const hash = values.page === undefined ? '' : `#/${values.page}${values.query === '' ? '' : `?${values.query}`}`
    await page.goto(`${server.url}/phone/?${parameters.toString()}${hash}`)
    await page.evaluate(() => window.__phone?.ready)
    for (const words of values.tap) {
      await page.waitForTimeout(Number(values.wait))
      await page.getByText(words).first().click()
    }
    await page
      .waitForFunction(() => window.__phone?.pendingCalls === 0, undefined, { timeout: 5000 })
      .catch(() => console.warn('[preview] a call has no answer yet'))
    await page.waitForTimeout(Number(values.wait))
    if (values.full) {
      const missing = await page.evaluate(() => {
        const scroller = document.querySelector('.host-page:not([hidden]) .host-scroller')
        return scroller ? scroller.scrollHeight - scroller.clientHeight : 0
      })
      await page.setViewportSize({ ...size, height: size.height + missing })
      await page.waitForTimeout(100)
    }
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: values.out })
    console.log(`${values.out}: ${JSON.stringify(await page.evaluate(() => window.__phone?.routes()))}`)
  } finally {
    await browser.close()
    await server.close()
    rmSync(dir, { recursive: true, force: true })
  }
  return faults === 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof PhoneBuildError ? error.message : error)
    process.exit(1)
  },
)
