/** The workbench in a real browser, over a workplace with the demonstration city. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { nextMorning } from '../../../local/workbench/app/clock-bar'
import { homeowners } from '../../../local/seed/homeowners'
import type { BrowserContext } from 'playwright-core'
import type { Browser, Page } from '../../support/browser'
import { launchBrowser } from '../../support/browser'
import type { Workplace } from '../../support/workplace'
import { startWorkplace } from '../../support/workplace'

const SCREENSHOTS = join(__dirname, '../../journeys/screenshots')
const [lin] = homeowners
const OPEN_MS = 60_000

let workplace: Workplace
let browser: Browser
const faults: string[] = []
let context: BrowserContext | undefined
const NOBODY = ['', '', '', '']

// Browser and phones share the machine with all other tests.
jest.setTimeout(120_000)

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true })
  ;[workplace, browser] = await Promise.all([startWorkplace({ seed: 'demo' }), launchBrowser()])
  // Whatever the hour that this is run at: at night ordinary orders wait (R55).
  await workplace.clock.at(nextMorning(new Date(await workplace.clock.now())).toISOString())
})
afterAll(async () => {
  await browser?.close()
  await workplace?.stop()
})
afterEach(async () => {
  await context?.close()
  context = undefined
  expect(faults.splice(0)).toEqual([])
})

interface BenchOptions {
  width?: number
  height?: number
  /** Who is in the four slots, '' for nobody: a phone takes a while to open. As on a first visit when not given. */
  phones?: string[]
  /** Console errors that the test provokes. */
  tolerate?: RegExp
  before?: (page: Page) => Promise<unknown>
}

async function openBench({ width = 1440, height = 900, phones, tolerate = /^$/, before }: BenchOptions = {}): Promise<Page> {
  context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && !tolerate.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
  if (phones) {
    const slots = JSON.stringify(phones.map((openid) => ({ openid, settings: {} })))
    await page.addInitScript((kept) => {
      if (window.top === window) localStorage['workbench.phones'] ??= kept
    }, slots)
  }
  await before?.(page)
  await page.goto(`${workplace.url}/`)
  await page.locator('.technician').first().waitFor({ timeout: OPEN_MS })
  return page
}

/** The phone in a slot, counted from 0, shows these words. */
async function phoneShows(page: Page, slot: number, words: string): Promise<void> {
  const phone = page.locator('.slot').nth(slot).frameLocator('iframe')
  await phone.getByText(words).filter({ visible: true }).first().waitFor({ timeout: OPEN_MS })
}

/** ` 14:` as the plate shows it. */
const hourOf = (now: Date): string => ` ${(now.getUTCHours() + 8) % 24}:`

async function fileRepair(): Promise<string> {
  const now = Date.parse(await workplace.clock.now())
  const answer = await workplace.invoke<{ ok: boolean; data: { number: string } }>(
    'homeowner',
    {
      action: 'fileRepair',
      requestId: `bench-${now}`,
      input: {
        category: 'plumbing',
        items: [{ code: 'tap-replace', quantity: 1 }],
        problem: '厨房龙头关不紧，一直滴水',
        contact: { name: lin!.name, honorific: lin!.honorific, phone: lin!.phone },
        place: {
          address: lin!.place.name,
          room: lin!.room,
          district: '江湾区',
          longitude: lin!.place.longitude,
          latitude: lin!.place.latitude,
        },
        wanted: { from: new Date(now + 7_200_000).toISOString(), to: new Date(now + 14_400_000).toISOString() },
      },
    },
    lin!.openid,
  )
  expect(answer).toMatchObject({ ok: true })
  return answer.data.number
}

test('shows the city: four phones with the real pages, every technician on the map, the clock', async () => {
  const page = await openBench()
  await phoneShows(page, 0, '我要报修')
  await phoneShows(page, 1, '在岗，听单中')
  await phoneShows(page, 2, '在岗，听单中')
  await phoneShows(page, 3, '我要报修')
  expect(await page.locator('#facts').textContent()).toBe('演示城 临江市江湾区 · 师傅 16 位 · 工单 0 张')
  expect(await page.locator('.technician').count()).toBe(16)
  expect(await page.locator('.technician.is-off').getAttribute('aria-label')).toContain('马俊 0233，下班')
  expect(await page.locator('.slot-note').allTextContents()).toEqual(['梧桐里', '剩 0 条提醒', '剩 0 条提醒', '青禾园'])
  expect(await page.locator('.clock-plate').textContent()).toMatch(/^\d+ 月 \d+ 日 周. \d{1,2}:\d\d:\d\d$/)
})

test('R43 a wrong event gets a Chinese sentence, a right one an answer that can be read', async () => {
  const page = await openBench({ phones: NOBODY })
  const editor = page.getByLabel('要运行的事件（JSON）')
  const run = page.getByRole('button', { name: '运行', exact: true })

  await editor.fill('{ "action": "listTodos", }')
  await run.click()
  expect(await page.locator('#editor-hint').textContent()).toBe('不是合法的 JSON：第 1 行“}”这里少了或多了引号、逗号、括号')
  expect(await editor.getAttribute('aria-invalid')).toBe('true')

  await editor.fill('{ "action": "listTodo", "operator": "lu-min", "token": "••••••••", "input": {} }')
  await editor.press('Control+Enter')
  await page.locator('.answer.is-refused').waitFor()
  expect(await page.locator('.answer-head').textContent()).toMatch(/没有“listTodo”这个操作.*listTodos/)

  await page.locator('summary', { hasText: '换个例子' }).click()
  await page.locator('.examples-list button', { hasText: 'listTechnicians' }).click()
  expect(await editor.inputValue()).toContain('"token": "••••••••"')
  await run.click()
  await page.locator('.answer.is-fine').waitFor()
  expect(await page.locator('.answer-text').textContent()).toContain('周国平 0317')
  expect(await page.locator('.took').textContent()).toMatch(/^用了 \d+ 毫秒$/)

  await page.getByRole('button', { name: '改时限' }).click()
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('.editor textarea')?.value.includes('changeSettings'))
  expect(await page.locator('.operator').inputValue()).toBe('qin-yue')
})

test('R43 an answer goes when the next event is wrong, and while it runs', async () => {
  const page = await openBench({ phones: NOBODY })
  const editor = page.getByLabel('要运行的事件（JSON）')
  await page.getByRole('button', { name: '运行', exact: true }).click()
  await page.locator('.answer.is-fine').waitFor()
  await editor.fill('{ "action": ')
  await editor.press('Control+Enter')
  expect(await page.locator('#editor-hint').isVisible()).toBe(true)
  expect(await page.locator('.answer').count()).toBe(0)
  expect(await page.locator('.took').textContent()).toBe('')
})

test('R43 payment and clock refuse or answer as they do in the cloud’s console; tabs are walked with the arrow keys', async () => {
  const page = await openBench({ phones: NOBODY })
  await page.getByRole('tab', { name: '员工 staff' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('付款 payment')
  await page.getByRole('button', { name: '运行', exact: true }).click()
  await page.locator('.answer').waitFor()
  expect(await page.locator('.answer').textContent()).toContain('只收微信支付的通知')
  expect(await page.locator('.payer').isVisible()).toBe(true)
  await page.keyboard.press('Tab')
  await page.getByRole('tab', { name: '时钟 clock' }).click()
  await page.getByRole('button', { name: '运行', exact: true }).click()
  await page.locator('.answer.is-fine').waitFor()
})

test('R05, R07, R41 an order filed elsewhere appears at once: on the map, in the table of the two, in the inbox, on the phones; the clock brings the next wave', async () => {
  const page = await openBench({ phones: ['', 'oDemoZhouGuoping0317', '', ''] })
  await phoneShows(page, 1, '在岗，听单中')
  const number = await fileRepair()
  await page.locator('.offer-line.is-selected').nth(1).waitFor()
  await page.locator('.why tbody tr').first().waitFor()
  expect(await page.locator('#facts').textContent()).toContain('工单 1 张')
  const rows = await page
    .locator('.why tbody tr')
    .evaluateAll((list) => list.map((row) => [...row.children].map((cell) => cell.textContent)))
  expect(rows.slice(0, 2).map(([name, distance, stars, , result]) => [name, distance, stars, result])).toEqual([
    ['周国平 0317', '1.2', '4.9', '已请，没额度'],
    ['陈立 0522', '1.8', '4.8', '已请，没额度'],
  ])
  expect(await page.locator('.technician.is-offered').count()).toBe(2)
  expect(await page.locator('.label-distance').allTextContents()).toEqual(['1.2 公里', '1.8 公里'])
  expect(await page.locator('.order').getAttribute('aria-label')).toBe(`工单 ${number}，派单中，厨房龙头关不紧`)
  await page.locator('.message', { hasText: '陈立 0522' }).first().waitFor()
  expect(await page.locator('.message', { hasText: '周国平 0317' }).first().locator('.delivery').textContent()).toBe('转站内信')
  await phoneShows(page, 1, '厨房龙头关不紧')
  await page.screenshot({ path: join(SCREENSHOTS, 'workbench.png') })

  // What remains of the wave, counted down; whoever is pointed at is explained.
  const rest = page.locator('.label-order .label-wave')
  expect(await rest.textContent()).toMatch(/^剩 [23]:\d\d$/)
  const wasLeft = await rest.textContent()
  await page.waitForFunction((left) => document.querySelector('.label-wave')?.textContent !== left, wasLeft)
  const note = page.locator('.city-note')
  expect(await note.isVisible()).toBe(false)
  await page.locator('.order .order-ground').hover()
  expect(await note.locator('span').allTextContents()).toEqual([
    '厨房龙头关不紧：正在找师傅',
    expect.stringMatching(/^第 1 轮，/),
    '请了周国平 0317（1.2 公里，4.9 分）、陈立 0522（1.8 公里，4.8 分）',
  ])
  await page.locator('.technician.is-off .technician-dot').hover()
  expect(await note.textContent()).toBe(`马俊 0233，下班接 8.0 公里内的活${number.slice(-4)} 没请：不在岗`)
  await page.locator('#city-title').hover()
  expect(await note.isVisible()).toBe(false)

  const before = Date.parse(await workplace.clock.now())
  await page.getByRole('button', { name: /^到下个时限 \d{1,2}:\d\d$/ }).click()
  await page.locator('.why .card-note', { hasText: /^第 2 轮，/ }).waitFor()
  const after = Date.parse(await workplace.clock.now())
  expect(after - before).toBeGreaterThan(100_000)
  expect(after - before).toBeLessThan(182_000)
  expect(await page.locator('.why tbody tr', { hasText: '罗建 0419' }).locator('td').last().textContent()).toBe('已请，没额度')
})

test('the clock moves for the bench and for every phone, also one without network', async () => {
  const page = await openBench({ phones: ['oDemoLinXiaowen', '', '', ''] })
  await phoneShows(page, 0, '我要报修')
  await page.locator('.slot-menu summary').first().click()
  await page.getByRole('button', { name: '断网' }).click()
  const from = Date.parse(await workplace.clock.now())
  await page.getByRole('button', { name: '快进 1 小时' }).click()
  await page.waitForFunction((least) => (document.querySelector('iframe')?.contentWindow?.__phone?.now() ?? 0) >= least, from + 3_600_000)
  const now = new Date(await workplace.clock.now())
  expect(now.getTime() - from).toBeGreaterThanOrEqual(3_600_000)
  await page.locator('.clock-plate', { hasText: hourOf(now) }).waitFor()
})

test('R13 a phone can be taken to the door of the selected order, and stays there when it is opened anew', async () => {
  const page = await openBench({ phones: ['', 'oDemoZhouGuoping0317', '', ''] })
  await phoneShows(page, 1, '在岗，听单中')
  await page.locator('.order').first().waitFor()
  const [order] = await workplace.db<{ place: { longitude: number; latitude: number } }>('orders', {}, { sort: { createdAt: -1 } })
  const menu = page.locator('.slot-menu').nth(1)
  await menu.locator('summary').click()
  await menu.getByRole('button', { name: '走到工单门口' }).click()
  await menu.locator('summary').click()
  await menu.getByRole('button', { name: '重开' }).click()
  const at = `lat=${order!.place.latitude}&lng=${order!.place.longitude}`
  await page.locator(`.slot iframe[src*="${at}"]`).waitFor()
  await phoneShows(page, 1, '在岗，听单中')
})

test('whose phone a slot shows can be chosen, any OPENID included, and is remembered', async () => {
  const page = await openBench({ phones: NOBODY })
  const person = page.getByLabel('这部手机是谁的').last()
  await person.selectOption({ label: '苏女士' })
  await phoneShows(page, 3, '我要报修')
  expect(await page.locator('.slot iframe').last().getAttribute('src')).toContain('as=oDemoSuXiufen')
  await page.reload()
  await phoneShows(page, 3, '我要报修')
  expect(await page.locator('.slot iframe').last().getAttribute('src')).toContain('as=oDemoSuXiufen')
  await person.selectOption({ label: '填 OPENID…' })
  await page.getByLabel('OPENID', { exact: true }).last().fill('oNewcomer_1')
  await page.keyboard.press('Enter')
  await page.locator('iframe[src*="as=oNewcomer_1"]').waitFor()
})

test('one phone that never loads keeps neither the other phones nor the bench from working', async () => {
  const page = await openBench({
    phones: ['', 'oDemoZhouGuoping0317', 'oDemoChenLi0522', ''],
    tolerate: /ERR_FAILED|Failed to load/,
    before: (opening) => opening.route(/\/phone\/\?as=oDemoZhouGuoping0317/, (route) => route.abort()),
  })
  await page.locator('.slot').nth(2).locator('.slot-cover').waitFor({ state: 'hidden', timeout: OPEN_MS })
  await phoneShows(page, 2, '在岗，听单中')
  expect(await page.locator('.slot').nth(1).locator('.slot-cover').isVisible()).toBe(true)
  // Nothing of the broken phone can be reached, and its menu still works.
  await page.locator('.slot-menu summary').nth(1).click()
  await page.getByRole('button', { name: '断网' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '运行', exact: true }).click()
  await page.locator('.answer.is-fine').waitFor()
})

test('an order on the map is chosen with the keyboard, and keeps the focus when the map is drawn anew', async () => {
  const number = await fileRepair()
  const page = await openBench({ phones: NOBODY })
  const house = page.locator(`.order[aria-label*="${number}"]`)
  const other = page.locator('.order:not(.is-selected)').last()
  await house.waitFor()
  await other.focus()
  await page.keyboard.press('Enter')
  const key = await page.evaluate(() => document.activeElement?.getAttribute('data-key'))
  expect(key).toMatch(/^order /)
  expect(await page.locator('.order.is-selected').getAttribute('data-key')).toBe(key)
  // An hour on, and some minutes for the last wave, all is drawn anew.
  await workplace.clock.advance(240_000)
  await workplace.clock.advance(240_000)
  const clock = hourOf(new Date(await workplace.clock.advance(3_600_000)))
  await page.locator('.clock-plate', { hasText: clock }).waitFor()
  await page.locator(`[data-key="${key}"][aria-label*="没人接单"]`).waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-key'))).toBe(key)
})

test('R07 R43 to-dos stand above the console; each names what settles it, and a tap writes that event', async () => {
  const number = await fileRepair()
  const page = await openBench({ phones: NOBODY })
  // Three waves, and what is left for staff then.
  for (let wave = 0; wave < 4; wave += 1) await workplace.clock.advance(240_000)
  await workplace.clock.advance(3_600_000)
  const row = page.locator('.todo-row', { hasText: '没有师傅接单，请手动派' }).filter({ hasText: number })
  const more = page.getByRole('button', { name: '全部', exact: true })
  await page.locator('.todo-row').first().waitFor()
  expect((await page.locator('#todos').boundingBox())!.y).toBeLessThan((await page.locator('#console').boundingBox())!.y)
  if (await more.isVisible()) await more.click()
  await row.waitFor()
  expect(await row.locator('.todo-act').allTextContents()).toEqual(['手动派单或换师傅 assignOrder', '放宽范围再派 widenSearch', '办结 closeTodo'])
  await row.locator('.todo-act').nth(1).click()
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('.editor textarea')?.value.includes('widenSearch'))
  const event = JSON.parse(await page.getByLabel('要运行的事件（JSON）').inputValue()) as { input: unknown }
  expect(event.input).toEqual({ order: number, radiusFactor: 2, reason: '' })
  await page.screenshot({ path: join(SCREENSHOTS, 'workbench-todos.png') })
})

test.each([
  [1280, 720],
  [1440, 900],
  [1920, 1080],
])('at %d × %d everything fits beside each other', async (width, height) => {
  const page = await openBench({ width, height, phones: NOBODY })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  const boxes = await page.evaluate(() =>
    ['.phones', '.city', '.inbox', '.desk'].map((name) => document.querySelector(name)?.getBoundingClientRect().toJSON() as DOMRect),
  )
  const [phones, city, inbox, desk] = boxes
  expect(phones!.bottom).toBeLessThanOrEqual(city!.top)
  expect(city!.right).toBeLessThanOrEqual(inbox!.left)
  expect(inbox!.right).toBeLessThanOrEqual(desk!.left)
  expect(city!.height).toBeGreaterThanOrEqual(270)
  const glass = await page.locator('.slot-glass').evaluateAll((list) => list.map((one) => one.getBoundingClientRect().width))
  expect(Math.min(...glass)).toBeGreaterThan(170)
})

test('without a city the bench says so, and anyone’s phone can be opened', async () => {
  const empty = await startWorkplace({ seed: 'none' })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${empty.url}/`)
    await page.locator('.city-empty', { hasText: '城里还没有师傅' }).waitFor()
    expect(await page.locator('#facts').textContent()).toBe('空城 · 师傅 0 位 · 工单 0 张')
    // The phones begin once all of the city was read.
    await page.locator('.slot-cover', { hasText: '选一个人，打开他的手机' }).nth(3).waitFor()
    expect(await page.locator('.slot-cover').count()).toBe(4)
    await page.close()
  } finally {
    await empty.stop()
  }
})

test('R55 at night the bench says why orders wait; one button leads to the morning', async () => {
  const night = await startWorkplace({ seed: 'none', clock: 'frozen' })
  try {
    await night.clock.at('2030-01-07T13:59:59Z')
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${night.url}/`)
    await page.locator('.clock-plate', { hasText: '1 月 7 日 周一 21:59:59' }).waitFor()
    const badge = page.locator('.clock-night')
    await page.locator('.slot-cover', { hasText: '选一个人' }).first().waitFor()
    expect(await badge.isVisible()).toBe(false)
    await night.clock.advance(1_000)
    await badge.filter({ hasText: '夜里：急修以外，7:00 派单' }).waitFor()
    expect(await badge.getAttribute('title')).toContain('22:00 到 7:00')
    await page.getByRole('button', { name: '到早上 9 点' }).click()
    await page.locator('.clock-plate', { hasText: '1 月 8 日 周二 9:00:00' }).waitFor()
    await badge.waitFor({ state: 'hidden' })
    await page.close()
  } finally {
    await night.stop()
  }
})

test('when the workplace goes away the bench says so', async () => {
  const going = await startWorkplace({ seed: 'none' })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${going.url}/`)
  await page.locator('.city-empty', { hasText: '城里还没有师傅' }).waitFor()
  await going.stop()
  await page.getByRole('button', { name: '快进 1 分' }).click()
  await page.locator('#notice', { hasText: '连不上本地工作区' }).waitFor()
  await page.close()
})
