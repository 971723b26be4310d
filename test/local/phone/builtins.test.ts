import type { PhoneInHand } from '../../support/browser'
import type { FixtureSource, RunningFixture } from '../../support/phone-fixture'
import { startFixture } from '../../support/phone-fixture'

/** A page whose handler `on` keeps each event's type and detail in `heard`. */
const page = (wxml: string, data: object = {}, wxss?: string, methods = ''): FixtureSource => ({
  wxml,
  js: `Page({ data: ${JSON.stringify(data)}, heard: [], on(e) { this.heard.push([e.currentTarget.id || e.target.id, e.type, e.detail]) }, ${methods} })`,
  ...(wxss ? { wxss } : {}),
})

const RED_SQUARE =
  'data:image/svg+xml,' +
  encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>')

let fixture: RunningFixture
let phone: PhoneInHand

beforeAll(async () => {
  fixture = await startFixture({
    pages: {
      'pages/touch/touch': page(
        '<view id="outer" bindtap="on" capture-bind:tap="on" data-order-id="7" mark:who="outer"><view id="inner" class="pad" hover-class="pressed" hover-start-time="{{0}}" bindtap="tell" bindlongpress="on" bindtouchstart="keep" bindtouchmove="keep" bindtouchend="keep">按我</view></view><view id="stop" bindtap="on"><view id="caught" catchtap="on">到此为止</view></view>',
        {},
        '.pad { margin: 20px; height: 60px } .pressed { color: rgb(1, 1, 1) }',
        'tell(e) { this.told = { dataset: e.currentTarget.dataset, mark: e.mark, touches: e.changedTouches.length, x: e.detail.x, y: e.detail.y, client: e.changedTouches[0].clientY } }, kept: [], keep(e) { this.kept.push(e.type + ":" + e.touches.length) }',
      ),
      'pages/typing/typing': page(
        '<input id="a" class="field" placeholder="写点什么" placeholder-class="hint" placeholder-style="font-style: italic" maxlength="{{5}}" model:value="{{text}}" bindinput="on" bindfocus="on" bindblur="on" bindconfirm="on" bindchange="on"/><view>写了：{{text}}</view><input id="b" type="number" value="{{fixed}}" disabled/><textarea id="c" auto-height placeholder="长一点" bindlinechange="on" bindinput="on"/><input id="d" focus="{{wanted}}" aria-label="要聚焦的"/><input id="e" password value="secret"/>',
        { text: '', fixed: '42', wanted: false },
        '.hint { color: rgb(9, 99, 9) }',
      ),
      'pages/choice/choice': page(
        '<radio-group id="r" bindchange="on"><label wx:for="{{fruits}}" wx:key="*this"><radio value="{{item}}" checked="{{item === \'梨\'}}"/>选{{item}}</label></radio-group><checkbox-group id="k" bindchange="on"><label wx:for="{{fruits}}" wx:key="*this"><checkbox value="{{item}}"/>要{{item}}</label></checkbox-group><switch id="s" bindchange="on" model:checked="{{duty}}" aria-label="在岗"/><view>在岗：{{duty}}</view><slider id="l" min="{{0}}" max="{{10}}" value="{{3}}" show-value bindchange="on" aria-label="滑块"/>',
        { fruits: ['苹果', '梨', '桃'], duty: false },
      ),
      'pages/form/form': page(
        '<form bindsubmit="on" bindreset="on"><input name="who" value="林女士"/><textarea name="words" value="滴水"/><switch name="urgent" checked/><radio-group name="when"><radio value="早"/><radio value="晚" checked/></radio-group><checkbox-group name="tools"><checkbox value="扳手" checked/><checkbox value="电钻"/></checkbox-group><slider name="floor" value="{{6}}"/><picker name="room" range="{{rooms}}" value="{{1}}"><view>房间</view></picker><star name="stars"/><button form-type="submit">交</button><button form-type="reset">清</button></form>',
        { rooms: ['厨房', '卫生间'] },
      ),
      'pages/picker/picker': page(
        '<picker id="one" range="{{rooms}}" range-key="name" value="{{0}}" header-text="哪一间" bindchange="on" bindcancel="on"><view>选房间</view></picker><picker id="many" mode="multiSelector" range="{{columns}}" value="{{chosen}}" bindchange="on" bindcolumnchange="column"><view>选时段</view></picker><picker id="day" mode="date" value="2026-11-22" start="2026-11-20" end="2027-02-03" bindchange="on"><view>选日子</view></picker><picker id="time" mode="time" value="14:30" start="08:00" end="20:00" bindchange="on"><view>选钟点</view></picker>',
        {
          rooms: [{ name: '厨房' }, { name: '卫生间' }, { name: '阳台' }],
          columns: [
            ['今天', '明天'],
            ['14 点', '15 点'],
          ],
          chosen: [0, 0],
        },
        undefined,
        "column(e) { if (e.detail.column === 0) this.setData({ columns: [['今天', '明天'], e.detail.value === 1 ? ['8 点', '9 点'] : ['14 点', '15 点']], chosen: [e.detail.value, 0] }) }",
      ),
      'pages/picture/picture': page(
        `<image id="fill" src="${RED_SQUARE}" mode="aspectFill" style="width: 50px; height: 50px" bindload="on"/><image id="wide" src="/images/wide.svg" mode="widthFix" style="width: 100px" bindload="on"/><image id="gone" src="wxfile://tmp_nope.png" binderror="on"/><image id="none" style="width: 10px; height: 10px"/>`,
      ),
      'pages/scroll/scroll': page(
        '<scroll-view id="v" scroll-y style="height: 100px" scroll-into-view="{{into}}" lower-threshold="{{20}}" bindscroll="on" bindscrolltolower="on" bindscrolltoupper="on"><view wx:for="{{rows}}" wx:key="*this" id="row{{item}}" style="height: 50px">行{{item}}</view></scroll-view><swiper id="w" style="height: 80px" indicator-dots bindchange="on" current="{{current}}" duration="{{0}}"><swiper-item wx:for="{{rows}}" wx:key="*this">片{{item}}</swiper-item></swiper>',
        { rows: [0, 1, 2, 3, 4, 5], into: '', current: 0 },
      ),
      'pages/show/show': page(
        '<text id="t" user-select>一行\n两行</text><progress id="p" percent="{{40}}" show-info active-color="#0b5562" stroke-width="8"/><icon type="success" size="30"/><rich-text nodes="{{nodes}}"/><rich-text nodes="{{tree}}"/><navigator url="/pages/touch/touch">去触摸页</navigator><map id="m" style="width: 200px; height: 100px" scale="{{14}}" latitude="29.55" longitude="106.57" markers="{{markers}}" bindmarkertap="on" bindcallouttap="on"/><button loading type="primary" disabled bindtap="on" id="off">不能按</button><view hidden="{{true}}">藏着</view>',
        {
          nodes: '<p class="loud" onclick="alert(1)">富<b>文本</b><script>window.hacked = 1</script></p>',
          tree: [
            {
              name: 'div',
              attrs: { style: 'color: rgb(3, 3, 3)' },
              children: [
                { type: 'text', text: '树里的字' },
                { name: 'iframe', children: [{ type: 'text', text: '不可信的字' }] },
              ],
            },
          ],
          markers: [{ id: 3, latitude: 29.551, longitude: 106.571, callout: { content: '师傅在这', display: 'ALWAYS' } }],
        },
        '.loud { color: rgb(200, 1, 1) }',
      ),
      'pages/canvas/canvas': page(
        '<canvas type="2d" id="c" class="board" bindtouchstart="start" bindtouchmove="move"/><image src="{{shot}}" style="width: 50px; height: 50px" bindload="on" id="shot"/><root-portal wx:if="{{above}}"><view class="above">在最上面</view></root-portal>',
        { shot: '', above: false },
        '.board { width: 200px; height: 100px; margin: 10px } .above { position: fixed; left: 0; top: 0; color: var(--none, rgb(7, 7, 7)) }',
        `points: [],
        onReady() { wx.createSelectorQuery().select('#c').fields({ node: true, size: true, rect: true }).exec(([found]) => { this.canvas = found.node; this.size = found; found.node.width = found.width * 2; found.node.height = found.height * 2; this.context = found.node.getContext('2d'); this.context.scale(2, 2) }) },
        start(e) { const { x, y } = e.touches[0]; this.context.beginPath(); this.context.moveTo(x, y); this.points.push([Math.round(x), Math.round(y)]) },
        move(e) { const { x, y } = e.touches[0]; this.context.lineTo(x, y); this.context.stroke(); this.points.push([Math.round(x), Math.round(y)]) },
        write() { this.context.font = '600 20px sans-serif'; this.context.fillText('保修卡', 20, 60) },
        shoot() { return new Promise((ok, no) => wx.canvasToTempFilePath({ canvas: this.canvas, fileType: 'jpg', destWidth: 100, destHeight: 50, success: ({ tempFilePath }) => { this.setData({ shot: tempFilePath }); ok(tempFilePath) }, fail: no })) },`,
      ),
      'pages/meta/meta': page(
        '<page-meta page-style="background: rgb(5, 6, 7)" root-font-size="system" page-font-size="20px"><navigation-bar title="模板里的标题" background-color="#0b5562" front-color="#ffffff"/></page-meta><view>{{text}}</view>',
        { text: '页面' },
      ),
    },
    components: {
      star: {
        wxml: '<view bindtap="set">给星</view>',
        js: "Component({ behaviors: ['wx://form-field'], methods: { set() { this.setData({ value: 5 }) } } })",
      },
    },
    app: { usingComponents: { star: '/star' } },
    files: {
      'images/wide.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="40" height="10" fill="blue"/></svg>',
    },
  })
  phone = await fixture.open()
})

afterAll(() => fixture?.stop())
afterEach(() => phone.demandNoFaults())

async function open(name: string): Promise<void> {
  await phone.page.evaluate(
    (url) => (window as unknown as { wx: { reLaunch(options: { url: string }): Promise<unknown> } }).wx.reLaunch({ url }),
    `/pages/${name}/${name}`,
  )
  await phone.onPage(`pages/${name}/${name}`)
}
const here = <T>(expression: string): Promise<T> =>
  phone.page.evaluate<T>(`(() => { const page = getCurrentPages()[0]; return ${expression} })()`)
const heard = async (id?: string): Promise<[string, string, Record<string, unknown>][]> =>
  (await here<[string, string, Record<string, unknown>][]>('page.heard')).filter(([from]) => id === undefined || from === id)
const node = (id: string) => phone.page.locator(`.host-page:not([hidden]) [id="${id}"]`)

describe('touching', () => {
  test('a tap bubbles and is captured, with dataset, marks and the place in the page', async () => {
    await open('touch')
    await node('inner').click({ position: { x: 5, y: 7 } })
    expect((await heard()).map(([id, type]) => `${id} ${type}`)).toEqual(['outer tap', 'outer tap'])
    expect(await here('page.told')).toEqual({ dataset: {}, mark: { who: 'outer' }, touches: 1, x: 25, y: 27, client: 27 })
    expect(await here('page.kept')).toEqual(['touchstart:1', 'touchend:0'])
  })

  test('catch stops it', async () => {
    await open('touch')
    await phone.tapText('到此为止')
    expect((await heard()).map(([id]) => id)).toEqual(['caught'])
  })

  test('a long press is no tap, a drag neither', async () => {
    await open('touch')
    const box = await node('inner').boundingBox()
    await phone.page.mouse.move(box!.x + 5, box!.y + 5)
    await phone.page.mouse.down()
    await phone.page.waitForFunction('getCurrentPages()[0].heard.length > 0')
    await phone.page.mouse.up()
    expect((await heard()).map(([id, type]) => `${id} ${type}`)).toEqual(['inner longpress'])
    await phone.page.mouse.down()
    await phone.page.mouse.move(box!.x + 60, box!.y + 5, { steps: 3 })
    await phone.page.mouse.up()
    expect(await here<number>('page.heard.length')).toBe(1)
    expect(await here<string[]>('page.kept.slice(-4)')).toEqual(['touchmove:1', 'touchmove:1', 'touchmove:1', 'touchend:0'])
  })

  test('what is pressed takes its hover-class, as the page’s own style sheet has it', async () => {
    await open('touch')
    await node('inner').hover()
    await phone.page.mouse.down()
    await phone.page.waitForFunction("getComputedStyle(document.querySelector('[id=inner]')).color === 'rgb(1, 1, 1)'")
    await phone.page.mouse.up()
    await phone.page.waitForFunction("getComputedStyle(document.querySelector('[id=inner]')).color !== 'rgb(1, 1, 1)'")
  })

  test('fingers do the same as a mouse', async () => {
    const touching = await fixture.open('oTouch', { context: { hasTouch: true, isMobile: true } })
    await touching.page.locator('[id=inner]').tap()
    expect(await touching.page.evaluate('getCurrentPages()[0].heard.length')).toBe(2)
    expect(await touching.page.evaluate('getCurrentPages()[0].kept')).toEqual(['touchstart:1', 'touchend:0'])
    await touching.close()
  })
})

describe('typing', () => {
  test('input: model binding, length, events, placeholder with class and style', async () => {
    await open('typing')
    const hint = phone.page.getByText('写点什么')
    expect(await hint.evaluate((found) => [getComputedStyle(found).color, getComputedStyle(found).fontStyle])).toEqual([
      'rgb(9, 99, 9)',
      'italic',
    ])
    const field = node('a').locator('input')
    await field.focus()
    await phone.page.keyboard.type('123456789')
    await phone.see('写了：12345')
    await phone.page.keyboard.press('Enter')
    const events = await heard('a')
    expect(events.map(([, type]) => type)).toEqual(['focus', 'input', 'input', 'input', 'input', 'input', 'confirm', 'blur', 'change'])
    expect(events[1]?.[2]).toEqual({ value: '1', cursor: 1, keyCode: 0 })
    expect(await hint.isVisible()).toBe(false)
    await here("page.setData({ text: '' })")
    expect(await field.inputValue()).toBe('')
  })

  test('kinds, disabled, password, focus by the page', async () => {
    await open('typing')
    expect(
      await node('b')
        .locator('input')
        .evaluate((input: HTMLInputElement) => [input.value, input.inputMode, input.disabled]),
    ).toEqual(['42', 'numeric', true])
    expect(await node('e').locator('input').getAttribute('type')).toBe('password')
    await here('page.setData({ wanted: true })')
    expect(await node('d').evaluate((found) => found.contains(document.activeElement))).toBe(true)
  })

  test('textarea grows with its lines', async () => {
    await open('typing')
    const height = (): Promise<number> => node('c').evaluate((found) => found.clientHeight)
    const before = await height()
    await node('c').locator('textarea').fill('一\n二\n三\n四')
    expect(await height()).toBeGreaterThan(before * 2)
    expect((await heard('c')).map(([, type]) => type)).toEqual(expect.arrayContaining(['linechange', 'input']))
  })
})

describe('choosing', () => {
  test('radio, checkbox, switch, slider and their labels', async () => {
    await open('choice')
    await phone.tapText('选桃')
    await phone.tapText('要苹果')
    await phone.tapText('要桃')
    await phone.tapText('要苹果')
    await phone.tapLabel('在岗')
    await phone.see('在岗：true')
    await node('l').locator('input').fill('8')
    const values = (await heard()).map(([id, , detail]) => [id, detail.value])
    expect(values).toEqual([
      ['r', '桃'],
      ['k', ['苹果']],
      ['k', ['苹果', '桃']],
      ['k', ['桃']],
      ['s', true],
      ['l', 8],
    ])
  })

  test('a form gathers its fields by name and resets them', async () => {
    await open('form')
    await phone.tapText('给星')
    await phone.tapText('交')
    const submitted = (await heard()).at(-1)
    expect(submitted?.[2].value).toEqual({
      who: '林女士',
      words: '滴水',
      urgent: true,
      when: '晚',
      tools: ['扳手'],
      floor: 6,
      room: 1,
      stars: 5,
    })
    await phone.page.locator('wx-input input').fill('别人')
    await phone.tapText('清')
    expect(await phone.page.locator('wx-input input').inputValue()).toBe('林女士')
    expect((await heard()).at(-1)?.[1]).toBe('reset')
  })

  test('pickers: one column, depending columns, dates within bounds, times', async () => {
    await open('picker')
    await phone.tapText('选房间')
    await phone.see('哪一间')
    await phone.tapText('阳台')
    await phone.tapText('确定')
    await phone.tapText('选房间')
    await phone.tapText('取消')
    await phone.tapText('选时段')
    await phone.tapText('明天')
    await phone.tapText('9 点')
    await phone.tapText('确定')
    await phone.tapText('选日子')
    await phone.tapText('2027年')
    await phone.tapText('2月')
    await phone.tapText('3日')
    await phone.tapText('确定')
    await phone.tapText('选钟点')
    await phone.tapText('15 时')
    await phone.tapText('确定')
    const values = (await heard()).map(([id, type, detail]) => [id, type, detail.value])
    expect(values).toEqual([
      ['one', 'change', '2'],
      ['one', 'cancel', undefined],
      ['many', 'change', [1, 1]],
      ['day', 'change', '2027-02-03'],
      ['time', 'change', '15:30'],
    ])
  })
})

describe('showing', () => {
  test('images: modes, the app’s own files, and one that is not there', async () => {
    await open('picture')
    await phone.page.waitForFunction('getCurrentPages()[0].heard.length === 3')
    const events = await heard()
    expect(events).toContainEqual(['fill', 'load', { width: 40, height: 20 }])
    expect(events).toContainEqual(['gone', 'error', { errMsg: 'load fail: wxfile://tmp_nope.png' }])
    expect(
      await node('fill')
        .locator('img')
        .evaluate((image) => getComputedStyle(image).objectFit),
    ).toBe('cover')
    expect(await node('wide').evaluate((found) => [found.clientWidth, found.clientHeight])).toEqual([100, 25])
  })

  test('scroll-view and swiper', async () => {
    await open('scroll')
    await here("page.setData({ into: 'row3' })")
    await phone.page.waitForFunction("document.querySelector('[id=v]').scrollTop === 150")
    await node('v').evaluate((found) => (found.scrollTop = 200))
    await phone.page.waitForFunction("getCurrentPages()[0].heard.some(([, type]) => type === 'scrolltolower')")
    await node('v').evaluate((found) => (found.scrollTop = 0))
    await phone.page.waitForFunction("getCurrentPages()[0].heard.some(([, type]) => type === 'scrolltoupper')")
    await here('page.setData({ current: 2 })')
    const box = await node('w').boundingBox()
    expect((await phone.page.getByText('片2').boundingBox())?.x).toBe(box?.x)
    await phone.page.mouse.move(box!.x + 300, box!.y + 40)
    await phone.page.mouse.down()
    await phone.page.mouse.move(box!.x + 100, box!.y + 40, { steps: 4 })
    await phone.page.mouse.up()
    expect((await heard('w')).at(-1)?.[2]).toEqual({ current: 3, currentItemId: '', source: 'touch' })
    expect(await phone.page.locator('.host-swiper-dots i').count()).toBe(6)
  })

  test('text, progress, icon, rich text without anything that runs, navigator, map, a disabled button', async () => {
    await open('show')
    expect(await node('t').innerText()).toBe('一行\n两行')
    await phone.see('40%')
    expect(await phone.page.locator('wx-icon svg').count()).toBe(1)
    expect(
      await phone.page
        .getByText('富文本')
        .first()
        .evaluate((found) => [getComputedStyle(found).color, found.hasAttribute('onclick'), found.innerHTML]),
    ).toEqual(['rgb(200, 1, 1)', false, '富<b>文本</b>'])
    expect(await phone.page.evaluate('window.hacked')).toBeUndefined()
    expect(await phone.page.getByText('树里的字').evaluate((found) => [getComputedStyle(found).color, found.innerHTML])).toEqual([
      'rgb(3, 3, 3)',
      '树里的字',
    ])
    expect(await phone.page.getByText('藏着').isVisible()).toBe(false)
    await phone.tapText('师傅在这')
    await phone.page.getByText('不能按').click({ force: true })
    expect(await heard()).toEqual([['m', 'callouttap', { markerId: 3 }]])
    await phone.tapText('去触摸页')
    await phone.onPage('pages/touch/touch')
  })

  test('intersection observers tell what comes into view', async () => {
    await open('scroll')
    await here(
      "(page.observer = page.createIntersectionObserver({ thresholds: [0, 1] }), page.observer.relativeTo('#v').observe('#row5', (r) => page.heard.push(['row5', 'seen', { ratio: r.intersectionRatio }])), 0)",
    )
    const seen = (ratio: number) => phone.page.waitForFunction(`getCurrentPages()[0].heard.some(([from, , detail]) => from === 'row5' && detail.ratio === ${ratio})`)
    // The first it tells is how things stand; what happens before that is not told.
    await seen(0)
    await node('v').evaluate((found) => (found.scrollTop = 200))
    await seen(1)
  })

  test('page-meta and navigation-bar describe the page', async () => {
    await open('meta')
    expect(await phone.page.locator('.host-page:not([hidden]) .host-navigation-title').innerText()).toBe('模板里的标题')
    expect(
      await phone.page
        .locator('.host-page:not([hidden]) wx-page')
        .evaluate((found) => [getComputedStyle(found).backgroundColor, getComputedStyle(found).fontSize]),
    ).toEqual(['rgb(5, 6, 7)', '20px'])
  })
})

describe('canvas', () => {
  test('a drawn signature becomes a picture; Chinese is drawn too', async () => {
    await open('canvas')
    await phone.page.waitForFunction('getCurrentPages()[0].context !== undefined')
    expect(await here('({ width: page.size.width, height: page.size.height, left: page.size.left, top: page.size.top })')).toEqual({
      width: 200,
      height: 100,
      left: 10,
      top: 10,
    })
    await phone.draw('[id=c] canvas', [
      [0.1, 0.5],
      [0.5, 0.2],
      [0.9, 0.8],
    ])
    const points = await here<[number, number][]>('page.points')
    expect(points[0]).toEqual([20, 50])
    expect(points.at(-1)).toEqual([180, 80])
    const ink = (): Promise<number> =>
      here<number>(
        'page.context.getImageData(0, 0, 400, 200).data.reduce((sum, value, at) => sum + (at % 4 === 3 && value > 0 ? 1 : 0), 0)',
      )
    const drawn = await ink()
    expect(drawn).toBeGreaterThan(200)
    await here('page.write()')
    expect(await ink()).toBeGreaterThan(drawn + 200)
    expect(await here<string>('page.context.font')).toContain('Noto Sans SC Variable')
    expect(await here<string>('page.shoot()')).toMatch(/^wxfile:\/\/tmp_\w+\.jpg$/)
    await phone.page.waitForFunction('getCurrentPages()[0].heard.length === 1')
    expect(await heard('shot')).toEqual([['shot', 'load', { width: 100, height: 50 }]])
  })

  test('root-portal puts its children above the page and takes them away again', async () => {
    await open('canvas')
    await here('page.setData({ above: true })')
    expect(
      await phone.page.getByText('在最上面').evaluate((found) => [found.parentElement?.className, getComputedStyle(found).color]),
    ).toEqual(['portal', 'rgb(7, 7, 7)'])
    await here('page.setData({ above: false })')
    await phone.notSee('在最上面')
    expect(await phone.page.locator('.portal').count()).toBe(0)
  })
})
