import type { PhoneInHand } from '../../support/browser'
import type { RunningFixture } from '../../support/phone-fixture'
import { startFixture } from '../../support/phone-fixture'

/** Every page writes what happens to it into getApp().log. */
const logging = (name: string, more = ''): string => `
Page({
  data: { name: '${name}', text: '' },
  onLoad(query) { getApp().log.push('${name}.onLoad ' + JSON.stringify(query)) },
  onShow() { getApp().log.push('${name}.onShow') },
  onReady() { getApp().log.push('${name}.onReady') },
  onHide() { getApp().log.push('${name}.onHide') },
  onUnload() { getApp().log.push('${name}.onUnload') },
  ${more}
})`

const LIFETIMES = `
Component({
  properties: { name: String },
  lifetimes: Object.fromEntries(['created', 'attached', 'ready', 'detached'].map((at) => [at, function () { getApp().log.push((this.properties.name || 'part') + '.' + at) }])),
  pageLifetimes: Object.fromEntries(['show', 'hide'].map((at) => [at, function () { getApp().log.push(this.properties.name + '.page ' + at) }])),
})`

let fixture: RunningFixture

beforeAll(async () => {
  fixture = await startFixture({
    app: {
      window: { navigationBarTitleText: '样例', navigationBarBackgroundColor: '@bar', navigationBarTextStyle: '@front' },
      darkmode: true,
      themeLocation: 'theme.json',
      tabBar: {
        custom: true,
        list: [
          { pagePath: 'pages/home/home', text: '首页' },
          { pagePath: 'pages/me/me', text: '我的' },
        ],
      },
    },
    appJs: `App({ log: [], onLaunch(options) { this.log.push('app.onLaunch ' + options.path) }, onShow() { this.log.push('app.onShow') }, onHide() { this.log.push('app.onHide') } })`,
    appWxss:
      'page { --ink: rgb(1, 2, 3); color: var(--ink) } .shared { font-weight: 600 } @media (prefers-color-scheme: dark) { page { --ink: rgb(9, 9, 9) } }',
    files: { 'theme.json': JSON.stringify({ light: { bar: '#ffffff', front: 'black' }, dark: { bar: '#101818', front: 'white' } }) },
    components: {
      'custom-tab-bar/index': {
        wxml: '<view class="bar"><view wx:for="{{tabs}}" wx:key="path" data-path="{{item.path}}" bindtap="open" class="{{selected === index ? \'on\' : \'\'}}">栏{{item.text}}</view></view>',
        js: `Component({ data: { selected: -1, tabs: [{ path: '/pages/home/home', text: '首页' }, { path: '/pages/me/me', text: '我的' }] }, methods: { open(e) { wx.switchTab({ url: e.currentTarget.dataset.path }) } } })`,
        wxss: '.bar { position: fixed; bottom: 0; left: 0; right: 0; display: flex; padding-bottom: env(safe-area-inset-bottom); color: var(--ink) } .on { font-weight: 700 }',
      },
      'parts/outer': { wxml: '<inner name="inner"/><slot/>', js: LIFETIMES, json: { usingComponents: { inner: './inner' } } },
      'parts/inner': { wxml: '<text>里面</text>', js: LIFETIMES },
      'parts/card': {
        wxml: '<view class="box">组件的盒子</view><view class="shared">组件里的 shared</view>',
        wxss: '.box { color: rgb(0, 0, 200) } :host { display: block; padding: 3px }',
      },
      'parts/open': { wxml: '<view class="box">开放的盒子</view>', js: "Component({ options: { styleIsolation: 'apply-shared' } })" },
      'parts/outside': { wxml: '<view class="own given">外面给的类</view>', js: "Component({ externalClasses: ['given'] })" },
    },
    pages: {
      'pages/home/home': {
        wxml: '<view bindtap="more">首页的字</view><outer name="outer"><text>槽</text></outer>',
        js: logging(
          'home',
          "more() { wx.navigateTo({ url: '/pages/order/order?id=7&words=%E5%AD%97', events: { back: (data) => getApp().log.push('channel ' + data.word) } }) },",
        ).replace('onShow() {', 'onShow() { this.getTabBar().setData({ selected: 0 });'),
        json: { usingComponents: { outer: '/parts/outer' } },
      },
      'pages/me/me': {
        wxml: '<view>我的字</view>',
        js: logging('me').replace('onShow() {', 'onShow() { this.getTabBar().setData({ selected: 1 });'),
      },
      'pages/order/order': {
        wxml: '<view>订单 {{text}}</view><button bindtap="tell">告诉前一页</button><button bindtap="next">再一页</button><button bindtap="swap">换一页</button>',
        js: logging(
          'order',
          `
          tell() { this.getOpenerEventChannel().emit('back', { word: '收到' }) },
          next() { wx.navigateTo({ url: '../form/form' }) },
          swap() { wx.redirectTo({ url: '/pages/form/form?from=order' }) },
          onShareAppMessage(options) { return { title: '看看这单', path: '/pages/order/order?id=7', from: options.from } },
        `,
        ),
        json: { navigationBarTitleText: '订单', navigationBarBackgroundColor: '#0b5562', navigationBarTextStyle: 'white' },
      },
      'pages/form/form': {
        wxml: '<view>表单页</view><button bindtap="guard">填了一半</button><button bindtap="away">都关掉</button>',
        js: logging(
          'form',
          `guard() { wx.enableAlertBeforeUnload({ message: '没保存，确定离开？' }) }, away() { wx.reLaunch({ url: '/pages/me/me' }) },`,
        ),
      },
      'pages/style/style': {
        wxml: '<view class="box">页面的盒子</view><view class="shared">页面的 shared</view><card/><open/><outside given="mine"/><view class="wide" style="width: 375rpx">半宽</view>',
        wxss: '.box { color: rgb(200, 0, 0) } .mine { color: rgb(0, 150, 0) } view.wide { height: 100rpx; padding: 10px }',
        json: { usingComponents: { card: '/parts/card', open: '/parts/open', outside: '/parts/outside' } },
      },
      'pages/long/long': {
        wxml: '<view wx:for="{{count}}" wx:key="*this" style="height: 100px">第{{index}}行</view>',
        js: `Page({ data: { count: 20, reached: 0, refreshed: 0, scrolled: 0 },
          onReachBottom() { this.setData({ reached: this.data.reached + 1 }) },
          onPullDownRefresh() { this.setData({ refreshed: this.data.refreshed + 1 }); wx.stopPullDownRefresh() },
          onPageScroll(e) { this.data.scrolled = e.scrollTop } })`,
        json: { enablePullDownRefresh: true, onReachBottomDistance: 80 },
      },
      'pages/free/free': {
        wxml: '<view style="padding-top: env(safe-area-inset-top)">自己画顶</view>',
        json: { navigationStyle: 'custom', navigationBarTextStyle: 'white' },
      },
    },
    subPages: {
      'more/part/part': {
        wxml: '<view>分包里 {{id}}，{{kind}}</view>',
        js: `Component({ properties: { id: String, n: Number }, methods: { onLoad(query) { this.setData({ kind: query.n + typeof this.properties.n }) } } })`,
      },
    },
  })
})

afterAll(() => fixture?.stop())

const log = (phone: { page: { evaluate<T>(script: string): Promise<T> } }): Promise<string[]> =>
  phone.page.evaluate<string[]>('getApp().log.splice(0)')

/** Waits until this has happened, and forgets all that was logged. */
const forgetOnce = async (phone: PhoneInHand, event: string): Promise<void> => {
  await phone.page.waitForFunction(`getApp().log.includes('${event}')`)
  await log(phone)
}

describe('the life of app, pages and components', () => {
  test('runs in WeChat’s order', async () => {
    const phone = await fixture.open()
    await phone.page.waitForFunction("getApp().log.includes('home.onReady')")
    expect(await log(phone)).toEqual([
      'app.onLaunch pages/home/home',
      'app.onShow',
      'part.created',
      'part.created',
      'outer.attached',
      'inner.attached',
      'home.onLoad {}',
      'outer.page show',
      'inner.page show',
      'home.onShow',
      'inner.ready',
      'outer.ready',
      'home.onReady',
    ])
    await phone.tapText('首页的字')
    await phone.see('告诉前一页')
    await phone.page.waitForFunction("getApp().log.includes('order.onReady')")
    expect(await log(phone)).toEqual([
      'outer.page hide',
      'inner.page hide',
      'home.onHide',
      'order.onLoad {"id":"7","words":"%E5%AD%97"}',
      'order.onShow',
      'order.onReady',
    ])
    await phone.tapText('告诉前一页')
    await phone.back()
    expect(await log(phone)).toEqual(['channel 收到', 'order.onUnload', 'outer.page show', 'inner.page show', 'home.onShow'])
    await phone.close()
  })

  test('hides and shows with WeChat', async () => {
    const phone = await fixture.open()
    await forgetOnce(phone, 'home.onReady')
    await phone.tapLabel('离开小程序')
    await phone.see('最近使用的小程序')
    await phone.tapLabel('回到师服到')
    await phone.notSee('最近使用的小程序')
    expect((await log(phone)).filter((line) => /^(app|home)/.test(line))).toEqual(['home.onHide', 'app.onHide', 'app.onShow', 'home.onShow'])
    await phone.close()
  })

  test('tab pages stay alive, each with a tab bar of its own; other pages close', async () => {
    const phone = await fixture.open()
    await phone.tapText('栏我的')
    await forgetOnce(phone, 'me.onReady')
    await phone.tapText('栏首页')
    await phone.see('首页的字')
    expect(await log(phone)).toEqual(['me.onHide', 'outer.page show', 'inner.page show', 'home.onShow'])
    await phone.tapText('首页的字')
    await forgetOnce(phone, 'order.onReady')
    await phone.page.evaluate("wx.switchTab({ url: '/pages/me/me' })")
    await phone.see('我的字')
    expect(await log(phone)).toEqual(['order.onUnload', 'me.onShow'])
    expect(
      await phone.page.evaluate(
        "getComputedStyle([...document.querySelectorAll('.host-page:not([hidden]) *')].find((n) => n.textContent === '栏我的')).fontWeight",
      ),
    ).toBe('700')
    expect(await phone.control((controls) => controls.routes())).toEqual(['pages/me/me'])
    await phone.close()
  })

  test('redirectTo replaces, reLaunch closes everything', async () => {
    const phone = await fixture.open()
    await phone.tapText('首页的字')
    await phone.tapText('换一页')
    await forgetOnce(phone, 'form.onReady')
    expect(await phone.control((controls) => controls.routes())).toEqual(['pages/home/home', 'pages/form/form?from=order'])
    await phone.tapText('都关掉')
    await phone.see('我的字')
    expect(await log(phone)).toEqual(expect.arrayContaining(['form.onUnload', 'home.onUnload', 'me.onShow']))
    expect(await phone.control((controls) => controls.routes())).toEqual(['pages/me/me'])
    await phone.close()
  })

  test('asks before a half-filled page is left', async () => {
    const phone = await fixture.open('oTester', { path: 'pages/order/order' })
    await phone.tapText('再一页')
    await phone.tapText('填了一半')
    await phone.back()
    await phone.see('没保存，确定离开？')
    await phone.tapText('取消')
    expect(await phone.route()).toBe('pages/form/form')
    await phone.back()
    await phone.tapText('确定', { which: 'last' })
    await phone.onPage('pages/order/order')
    await phone.close()
  })

  test('refuses what WeChat refuses, in its words', async () => {
    const phone = await fixture.open()
    const fails = (call: string): Promise<string> => phone.page.evaluate<string>(`${call}.then(() => 'ok', (error) => error.errMsg)`)
    expect(await fails("wx.navigateTo({ url: '/pages/me/me' })")).toBe('navigateTo:fail can not navigateTo a tabbar page')
    expect(await fails("wx.navigateTo({ url: '/pages/nope/nope' })")).toBe('navigateTo:fail page "pages/nope/nope" is not found')
    expect(await fails("wx.switchTab({ url: '/pages/order/order' })")).toBe('switchTab:fail can not switch to no-tabBar page')
    expect(await fails('wx.navigateBack()')).toBe('navigateBack:fail cannot navigate back at first page.')
    for (let depth = 1; depth < 10; depth += 1) expect(await fails("wx.navigateTo({ url: '/pages/order/order' })")).toBe('ok')
    expect(await fails("wx.navigateTo({ url: '/pages/order/order' })")).toBe('navigateTo:fail webview count limit exceed')
    await phone.close()
  })

  test('a page made with Component() takes its query as properties, in a subpackage too', async () => {
    const phone = await fixture.open('oTester', { path: 'more/part/part?id=abc&n=5' })
    await phone.see('分包里 abc，5number')
    await phone.tapLabel('回到首页')
    await phone.see('首页的字')
    await phone.close()
  })
})

describe('the bars and gestures of a page', () => {
  test('navigation bar: title and colours from the page, changed by wx', async () => {
    const phone = await fixture.open('oTester', { path: 'pages/order/order' })
    const bar = phone.page.locator('.host-page:not([hidden]) .host-navigation-bar')
    expect(await bar.innerText()).toBe('订单')
    expect(await bar.evaluate((node) => [getComputedStyle(node).backgroundColor, document.getElementById('phone')?.dataset.front])).toEqual(
      ['rgb(11, 85, 98)', 'white'],
    )
    await phone.page.evaluate(
      "wx.setNavigationBarTitle({ title: '派单中' }); wx.setNavigationBarColor({ frontColor: '#000000', backgroundColor: '#f2ddb5' })",
    )
    expect(await bar.innerText()).toBe('派单中')
    expect(await bar.evaluate((node) => [getComputedStyle(node).backgroundColor, document.getElementById('phone')?.dataset.front])).toEqual(
      ['rgb(242, 221, 181)', 'black'],
    )
    await phone.close()
  })

  test('a custom bar leaves the page the whole screen, with the safe area on top', async () => {
    const phone = await fixture.open('oTester', { path: 'pages/free/free' })
    const facts = await phone.page.evaluate(
      "({ height: wx.getWindowInfo().windowHeight, capsule: wx.getMenuButtonBoundingClientRect(), padding: getComputedStyle(document.querySelector('wx-page wx-view')).paddingTop })",
    )
    expect(facts).toEqual({ height: 844, capsule: { left: 296, top: 53, right: 383, bottom: 85, width: 87, height: 32 }, padding: '47px' })
    await phone.close()
  })

  test('scrolling, reaching the bottom, pulling down', async () => {
    const phone = await fixture.open('oTester', { path: 'pages/long/long' })
    const data = (): Promise<{ reached: number; refreshed: number; scrolled: number }> => phone.page.evaluate('getCurrentPages()[0].data')
    await phone.pullDown()
    expect((await data()).refreshed).toBe(1)
    await phone.page.mouse.move(200, 400)
    await phone.page.mouse.wheel(0, 5000)
    await phone.page.waitForFunction('getCurrentPages()[0].data.reached === 1')
    expect((await data()).scrolled).toBe(2000 - 753)
    await phone.page.evaluate('wx.pageScrollTo({ scrollTop: 0, duration: 0 })')
    await phone.page.waitForFunction('getCurrentPages()[0].data.scrolled === 0')
    await phone.close()
  })

  test('sharing shows the page’s card', async () => {
    const phone = await fixture.open('oTester', { path: 'pages/order/order' })
    await phone.tapLabel('更多')
    await phone.tapText('转发给朋友')
    await phone.see('看看这单')
    await phone.tapText('发送')
    await phone.notSee('看看这单')
    expect(await phone.control((controls) => controls.happened.at(-1))).toMatchObject({
      kind: 'share',
      title: '看看这单',
      path: '/pages/order/order?id=7',
      from: 'menu',
    })
    await phone.close()
  })
})

describe('styles', () => {
  const colour = (
    phone: { page: { getByText(words: string): { evaluate<T>(act: (node: Element) => T): Promise<T> } } },
    words: string,
  ): Promise<string> => phone.page.getByText(words).evaluate((node) => getComputedStyle(node).color)

  test('a component keeps its classes to itself, a page its own to its page', async () => {
    const phone = await fixture.open('oTester', { path: 'pages/style/style' })
    expect(await colour(phone, '页面的盒子')).toBe('rgb(200, 0, 0)')
    expect(await colour(phone, '组件的盒子')).toBe('rgb(0, 0, 200)')
    expect(await colour(phone, '开放的盒子')).toBe('rgb(200, 0, 0)')
    expect(await colour(phone, '外面给的类')).toBe('rgb(0, 150, 0)')
    const weight = (words: string): Promise<string> => phone.page.getByText(words).evaluate((node) => getComputedStyle(node).fontWeight)
    expect([await weight('页面的 shared'), await weight('组件里的 shared')]).toEqual(['600', '400'])
    await phone.close()
  })

  test('rpx and safe areas count in the phone’s own width, and boxes are WeChat’s', async () => {
    const phone = await fixture.open('oTester', { path: 'pages/style/style', width: 320 })
    const box = await phone.page.getByText('半宽').evaluate((node) => ({
      width: getComputedStyle(node).width,
      height: getComputedStyle(node).height,
      sizing: getComputedStyle(node).boxSizing,
    }))
    expect(box).toEqual({ width: '160px', height: '42.6562px', sizing: 'content-box' })
    await phone.close()
  })

  test('dark: the address, the system and theme.json', async () => {
    const forced = await fixture.open('oTester', { theme: 'dark' })
    expect(await colour(forced, '首页的字')).toBe('rgb(9, 9, 9)')
    expect(
      await forced.page
        .locator('.host-navigation-bar')
        .first()
        .evaluate((node) => getComputedStyle(node).backgroundColor),
    ).toBe('rgb(16, 24, 24)')
    expect(await forced.page.evaluate('wx.getAppBaseInfo().theme')).toBe('dark')
    await forced.control((controls) => controls.setTheme('light'))
    expect(await colour(forced, '首页的字')).toBe('rgb(1, 2, 3)')
    await forced.close()
    const system = await fixture.open('oTester', { context: { colorScheme: 'dark' } })
    expect(await colour(system, '首页的字')).toBe('rgb(9, 9, 9)')
    await system.close()
  })

  test('Chinese is drawn with the phone’s own font', async () => {
    const phone = await fixture.open()
    await phone.page.evaluate(() => document.fonts.ready)
    expect(await phone.page.evaluate("document.fonts.check('16px \"Noto Sans SC Variable\"', '首页的字')")).toBe(true)
    expect(await phone.page.getByText('首页的字').evaluate((node) => getComputedStyle(node).fontFamily)).toContain('Noto Sans SC Variable')
    await phone.close()
  })
})

test('without ?as= the phone asks whose it is', async () => {
  const page = await fixture.browser.newPage()
  await page.goto(`${fixture.server.url}/phone/`)
  await page.getByLabel('OPENID').fill('oSomeone')
  await page.getByText('打开', { exact: true }).click()
  await page.getByText('首页的字').waitFor()
  expect(await page.evaluate(() => window.__phone?.openid)).toBe('oSomeone')
  await page.close()
})
