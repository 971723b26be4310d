/** A real browser for journeys: starts Chromium, opens phones, and fails at the first error that a page reports. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser, BrowserContextOptions, ElementHandle, Locator, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import type { PhoneControls } from '../../local/phone/host/controls'
import { findChromium } from './browser/chromium'

export type { Browser, Locator, Page } from 'playwright-core'

const SCREENSHOTS = join(__dirname, '../journeys/screenshots')
/** Generous: the machine may be doing much else. */
const TAP_WAIT_MS = 30_000

/** Starts the browser. On Linux it comes from npm with all that it needs; elsewhere an installed Chrome or Edge. About 0.3 s. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, channels, args, env } = findChromium()
  if (executablePath !== undefined) return chromium.launch({ executablePath, args, env })
  const failures: string[] = []
  for (const channel of channels ?? []) {
    try {
      return await chromium.launch({ channel })
    } catch (error) {
      failures.push(String(error).split('\n')[0] ?? '')
    }
  }
  throw new Error(`no browser found (set CHROME_PATH to one):\n${failures.join('\n')}`)
}

export interface OpenPhoneOptions {
  /** where to start, such as `pages/orders/orders` or `homeowner/order/order?id=1` */
  path?: string
  theme?: 'light' | 'dark'
  /** font scale: 1.4 = 关怀模式 */
  font?: number
  width?: number
  height?: number
  /** where the phone is */
  position?: { latitude: number; longitude: number }
  /** console or page errors that this test provokes on purpose */
  tolerate?: RegExp[]
  context?: BrowserContextOptions
}

type Words = string | RegExp

/** One phone in the hand of one user. Every method fails if the page has reported an error. */
export class PhoneInHand {
  readonly faults: string[] = []

  constructor(
    readonly page: Page,
    readonly openid: string,
    private readonly tolerate: RegExp[],
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.note(`${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => this.note(error.stack ?? error.message))
  }

  /** Text that can be seen now: not in a hidden page. */
  text(words: Words): Locator {
    return this.page.getByText(words).filter({ visible: true })
  }

  /** Taps what shows these words: on the open sheet or dialog if there is one, and rather what says just that than what contains it. */
  async tapText(words: Words, { which = 'first' }: { which?: 'first' | 'last' } = {}): Promise<void> {
    this.demandNoFaults()
    await this.explained(`tap "${String(words)}"`, async () => {
      await this.text(words).first().waitFor({ state: 'visible', timeout: TAP_WAIT_MS })
      const found = await this.bestMatch(words)
      await (which === 'first' ? found.first() : found.last()).click({ timeout: TAP_WAIT_MS })
    })
    this.demandNoFaults()
  }

  private async bestMatch(words: Words): Promise<Locator> {
    const sheets = this.page.locator('#layers .host-mask')
    const scopes = (await sheets.count()) > 0 ? [sheets.last(), this.page] : [this.page]
    for (const scope of scopes) {
      for (const exact of [true, false]) {
        const found = scope.getByText(words, { exact }).filter({ visible: true })
        if ((await found.count()) > 0) return found
      }
    }
    return this.text(words)
  }

  /** Taps an element by its accessible name. */
  async tapLabel(label: Words): Promise<void> {
    this.demandNoFaults()
    await this.explained(`tap what is called "${String(label)}"`, () =>
      this.page.getByLabel(label).filter({ visible: true }).first().click({ timeout: TAP_WAIT_MS }),
    )
    this.demandNoFaults()
  }

  /** Waits until the words can be seen. */
  async see(words: Words, { timeout = TAP_WAIT_MS }: { timeout?: number } = {}): Promise<void> {
    await this.explained(`see "${String(words)}"`, () => this.text(words).first().waitFor({ state: 'visible', timeout }))
    this.demandNoFaults()
  }

  /** Waits until the words are gone. */
  async notSee(words: Words, { timeout = TAP_WAIT_MS }: { timeout?: number } = {}): Promise<void> {
    await this.explained(`not see "${String(words)}"`, () => this.text(words).first().waitFor({ state: 'hidden', timeout }))
    this.demandNoFaults()
  }

  /** Types into the field with this placeholder or label. */
  async type(field: Words, value: string): Promise<void> {
    const named = this.page.getByLabel(field).or(this.page.getByPlaceholder(field))
    const found = this.page.locator('input, textarea').and(named).filter({ visible: true }).first()
    await this.explained(`type into "${String(field)}"`, () => found.fill(value, { timeout: TAP_WAIT_MS }))
    this.demandNoFaults()
  }

  /** Does something that opens the file chooser and hands it these files. */
  async chooseFiles(files: string[] | { name: string; mimeType: string; buffer: Buffer }[], opening: () => Promise<void>): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser', { timeout: TAP_WAIT_MS }), opening()])
    await chooser.setFiles(files as string[])
    this.demandNoFaults()
  }

  /** Draws with the finger on an element, from point to point (fractions of its size). */
  async draw(selector: string, points: readonly (readonly [number, number])[]): Promise<void> {
    const target = this.page.locator(selector).filter({ visible: true }).first()
    // A sheet that is still sliding in would be missed.
    await target.click({ trial: true, timeout: TAP_WAIT_MS })
    const box = await target.boundingBox()
    if (!box) throw new Error(`${selector} is not on the screen`)
    const at = ([x, y]: readonly [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height]
    const [first, ...rest] = points
    if (!first) return
    await this.page.mouse.move(...at(first))
    await this.page.mouse.down()
    for (const point of rest) await this.page.mouse.move(...at(point), { steps: 4 })
    await this.page.mouse.up()
    this.demandNoFaults()
  }

  /** Pulls the page down to refresh it. */
  async pullDown(): Promise<void> {
    const width = this.page.viewportSize()?.width ?? 390
    await this.page.mouse.move(width / 2, 240)
    await this.page.mouse.down()
    await this.page.mouse.move(width / 2, 420, { steps: 6 })
    await this.page.mouse.up()
    this.demandNoFaults()
  }

  async back(): Promise<void> {
    await this.tapLabel('返回')
  }

  /** Asks or tells the host, see `PhoneControls`. */
  control<T>(act: (phone: PhoneControls) => T | Promise<T>): Promise<T> {
    return this.page.evaluate<T>(`(${act.toString()})(window.__phone)`)
  }

  /** The open page: `pages/home/home`. */
  async route(): Promise<string> {
    return (await this.control((phone) => phone.currentPage()?.path)) ?? ''
  }

  /** Waits until this page is the one on top. */
  async onPage(path: string): Promise<void> {
    await this.explained(`be on ${path}`, () =>
      this.page.waitForFunction((wanted) => window.__phone?.currentPage()?.path === wanted, path, { timeout: TAP_WAIT_MS }),
    )
    this.demandNoFaults()
  }

  async setNetwork(on: boolean): Promise<void> {
    await this.page.evaluate((value) => window.__phone?.setNetwork(value), on)
  }

  /** A picture under test/journeys/screenshots/. */
  async screenshot(name: string): Promise<void> {
    const path = join(SCREENSHOTS, `${name}.png`)
    mkdirSync(dirname(path), { recursive: true })
    await this.page.evaluate(() => document.fonts.ready)
    await this.page.screenshot({ path, animations: 'disabled' })
    this.demandNoFaults()
  }

  /** Throws with all that the page has reported. */
  demandNoFaults(): void {
    if (this.faults.length > 0) throw new Error(`${this.openid}'s phone reported:\n${this.faults.join('\n')}`)
  }

  async close(): Promise<void> {
    await this.page.context().close()
    this.demandNoFaults()
  }

  private note(fault: string): void {
    if (!this.tolerate.some((pattern) => pattern.test(fault))) this.faults.push(fault)
  }

  private async explained(what: string, act: () => Promise<void | ElementHandle | unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      this.demandNoFaults()
      const shown = await this.page
        .evaluate(() => {
          const words = (selector: string) => document.querySelector<HTMLElement>(selector)?.innerText ?? ''
          return `${words('.host-page:not([hidden])') || document.body.innerText}\nAbove it: ${words('#layers') || 'nothing'}`
        })
        .catch(() => '(page is gone)')
      throw new Error(`${this.openid} could not ${what}: ${String(error).split('\n')[0] ?? ''}\nThe phone shows:\n${shown}`, {
        cause: error,
      })
    }
  }
}

/**
 * Opens a phone, with storage of its own, and waits for its first page.
 * @param url the address of the workplace, such as `http://127.0.0.1:8080`
 */
export async function openPhone(browser: Browser, url: string, openid: string, options: OpenPhoneOptions = {}): Promise<PhoneInHand> {
  const { path, theme, font, width = 390, height = 844, position, tolerate = [], context = {} } = options
  const opened = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 2,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    colorScheme: 'light',
    acceptDownloads: true,
    ...context,
  })
  const page = await opened.newPage()
  const phone = new PhoneInHand(page, openid, tolerate)
  const parameters = new URLSearchParams({ as: openid })
  if (theme) parameters.set('theme', theme)
  if (font !== undefined) parameters.set('font', String(font))
  if (position) {
    parameters.set('lat', String(position.latitude))
    parameters.set('lng', String(position.longitude))
  }
  await page.goto(`${url}/phone/?${parameters.toString()}${path === undefined ? '' : `#/${path}`}`, { waitUntil: 'domcontentloaded' })
  await page.evaluate(() => window.__phone?.ready)
  phone.demandNoFaults()
  return phone
}
