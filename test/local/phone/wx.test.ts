import type { MockRoute } from '../../../local/phone/preview/mock-server'
import type { PhoneInHand } from '../../support/browser'
import type { RunningFixture } from '../../support/phone-fixture'
import { startFixture } from '../../support/phone-fixture'

const NOON = Date.parse('2026-11-22T04:00:00Z')
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const uploaded = new Map<string, Buffer>()
const payments: string[] = []
const routes: Record<string, MockRoute> = {
  'POST /__upload': ({ url, body }) => {
    const path = url.searchParams.get('path') ?? ''
    uploaded.set(path, body)
    return { body: { fileID: `cloud://local.bucket/${path}` } }
  },
  'POST /__tempurl': ({ body }) => {
    const { fileList } = JSON.parse(body.toString()) as { fileList: string[] }
    return {
      body: {
        fileList: fileList.map((fileID) => ({
          fileID,
          tempFileURL: `data:image/png;base64,${PNG.toString('base64')}`,
          status: 0,
          errMsg: 'ok',
        })),
      },
    }
  },
  'POST /__pay/verify': ({ body }) => {
    const { paySign } = JSON.parse(body.toString()) as { paySign: string }
    return paySign === 'right'
      ? { body: { outTradeNo: 'P1', total: 31400, description: '换水龙头' } }
      : { status: 400, body: { error: '支付验证签名失败' } }
  },
  'POST /__pay/P1': ({ body }) => {
    payments.push(body.toString())
    return { body: { state: 'SUCCESS' } }
  },
  'GET /__templates': () => ({ body: { list: [{ id: 'T1', name: 'offer', title: '抢单提醒', fields: [] }] } }),
  'POST /__phonecode': () => ({ body: { code: 'c0de' } }),
  'GET /__people': () => ({ body: [{ openid: 'oTester', name: '林女士', phone: '13800001234' }] }),
  'GET /__places': () => ({
    body: [
      { name: '梧桐里', address: '梧桐里 8 号', latitude: 29.5, longitude: 106.5 },
      { name: '青禾园', address: '青禾园 1 栋', latitude: 29.6, longitude: 106.6 },
    ],
  }),
}

/** Each button of the page calls one API; what came of it is in `data.said`. */
const BUTTONS = [
  'subscribe',
  'late',
  'pay',
  'wrongPay',
  'payThenSubscribe',
  'call',
  'place',
  'locate',
  'media',
  'film',
  'scan',
  'sheet',
  'modal',
  'edit',
  'openSetting',
] as const
const PAGE = `
const tell = (page, promise) => promise.then((r) => page.setData({ said: JSON.stringify(r) }), (e) => page.setData({ said: e.errMsg }))
const payment = (paySign) => ({ timeStamp: '1', nonceStr: 'n', package: 'prepay_id=p', signType: 'RSA', paySign })
Page({
  data: { said: '', avatar: '', stored: '' },
  phoneNumber(e) { this.setData({ said: JSON.stringify(e.detail) }) },
  avatarChosen(e) { this.setData({ avatar: e.detail.avatarUrl, said: '有头像了' }) },
  subscribe() { tell(this, wx.requestSubscribeMessage({ tmplIds: ['T1', 'T2'] })) },
  late() { Promise.resolve().then(() => tell(this, wx.requestSubscribeMessage({ tmplIds: ['T1'] }))) },
  pay() { tell(this, wx.requestPayment(payment('right'))) },
  wrongPay() { tell(this, wx.requestPayment(payment('wrong'))) },
  payThenSubscribe() { const page = this; wx.requestPayment({ ...payment('right'), success() { tell(page, wx.requestSubscribeMessage({ tmplIds: ['T1'] })) } }) },
  call() { tell(this, wx.makePhoneCall({ phoneNumber: '4000555776' })) },
  place() { tell(this, wx.chooseLocation()) },
  locate() { tell(this, wx.getLocation({ type: 'gcj02' })) },
  media() { tell(this, wx.chooseMedia({ count: 2, mediaType: ['image'], sizeType: ['compressed'] }).then(async (r) => { this.files = r.tempFiles; return { n: r.tempFiles.length, type: r.tempFiles[0].fileType, path: /^wxfile:\\/\\/tmp_/.test(r.tempFiles[0].tempFilePath), size: r.tempFiles[0].size > 0 } })) },
  film() { tell(this, wx.chooseMedia({ count: 1, mediaType: ['video'], sizeType: ['compressed'], maxDuration: 60 }).then(({ tempFiles: [film] }) => { this.film = film.tempFilePath; return { ...film, tempFilePath: film.tempFilePath.split('.').pop() } })) },
  scan() { tell(this, wx.scanCode()) },
  sheet() { tell(this, wx.showActionSheet({ itemList: ['甲', '乙'] })) },
  modal() { tell(this, wx.showModal({ title: '标题', content: '内容', confirmText: '好' })) },
  edit() { tell(this, wx.showModal({ title: '写点', editable: true, placeholderText: '写在这里' })) },
  openSetting() { tell(this, wx.openSetting()) },
})`

let fixture: RunningFixture
let phone: PhoneInHand

beforeAll(async () => {
  fixture = await startFixture(
    {
      app: { requiredPrivateInfos: ['chooseLocation', 'getLocation'] },
      appJs: 'App({ onLaunch() { wx.cloud.init() } })',
      pages: {
        'pages/a/a': {
          wxml: `${BUTTONS.map((name) => `<button bindtap="${name}">${name}</button>`).join('')}<button open-type="getPhoneNumber" bindgetphonenumber="phoneNumber">手机号</button><button open-type="chooseAvatar" bindchooseavatar="avatarChosen">头像</button><image src="{{avatar}}" style="width: 20px; height: 20px"/><image id="cloud" src="cloud://local.bucket/a.png" style="width: 20px; height: 20px"/><view>{{said}}</view>`,
          js: PAGE,
        },
      },
    },
    {
      routes,
      now: '2026-11-22T04:00:00Z',
      answers: { 'homeowner.openHome': { ok: true, data: { n: 1 }, serverNow: '2026-11-22T04:00:00Z' } },
    },
  )
  phone = await fixture.open()
})

afterAll(() => fixture?.stop())

/** Runs in the phone; `out` is what the promise gave or the errMsg of its failure. */
const wx = <T = unknown>(expression: string): Promise<T> =>
  phone.page.evaluate<T>(`Promise.resolve(${expression}).catch((error) => error.errMsg ?? error.message)`)
const said = async (words: string | RegExp): Promise<void> => phone.see(words)
const happened = (): Promise<Record<string, unknown>[]> => phone.control((controls) => controls.happened.map((one) => ({ ...one })))

describe('calling style', () => {
  test('a promise without callbacks, callbacks otherwise, each with errMsg', async () => {
    expect(await wx("wx.setStorage({ key: 'a', data: 1 })")).toEqual({ errMsg: 'setStorage:ok' })
    expect(
      await wx("new Promise((ok) => wx.getStorage({ key: 'a', success: (r) => ok(['success', r]), fail: () => ok('fail') }))"),
    ).toEqual(['success', { errMsg: 'getStorage:ok', data: 1 }])
    expect(
      await wx(
        "new Promise((ok) => { const seen = []; wx.getStorage({ key: 'nope', fail: (e) => seen.push(e.errMsg), complete: () => ok(seen) }) })",
      ),
    ).toEqual(['getStorage:fail data not found'])
  })

  test('canIUse tells what is there', async () => {
    expect(await wx("[wx.canIUse('chooseMedia'), wx.canIUse('cloud.callFunction'), wx.canIUse('connectWifi')]")).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('storage', () => {
  test('keeps JSON for its user alone, within WeChat’s limits', async () => {
    expect(await wx("(wx.setStorageSync('draft', { a: [1, '字'] }), wx.getStorageSync('draft'))")).toEqual({ a: [1, '字'] })
    expect(await wx("wx.getStorageSync('nope')")).toBe('')
    expect(await wx("(() => { try { wx.setStorageSync('big', 'x'.repeat(1048577)) } catch (e) { return e.message } })()")).toBe(
      'setStorageSync:fail entry size limit reached',
    )
    const other = await phone.page.context().newPage()
    await other.goto(`${fixture.server.url}/phone/?as=oOther`)
    await other.evaluate(() => window.__phone?.ready)
    expect(await other.evaluate("wx.getStorageSync('draft')")).toBe('')
    await other.close()
    await phone.page.reload()
    await phone.page.evaluate(() => window.__phone?.ready)
    expect(await wx("wx.getStorageSync('draft')")).toEqual({ a: [1, '字'] })
  })
})

describe('cloud', () => {
  test('calls a function as this user and gives { result, errMsg, requestID }', async () => {
    expect(await wx("wx.cloud.callFunction({ name: 'homeowner', data: { action: 'openHome' } })")).toEqual({
      result: { ok: true, data: { n: 1 }, serverNow: '2026-11-22T04:00:00Z' },
      errMsg: 'cloud.callFunction:ok',
      requestID: expect.stringMatching(/^[\w-]{36}$/) as string,
    })
    expect(fixture.server.requests.findLast(({ path }) => path === '/__invoke/homeowner')).toMatchObject({
      openid: 'oTester',
      body: '{"action":"openHome"}',
    })
  })

  test('a function that fails, and no network, fail with WeChat’s fields', async () => {
    const failing = await fixture.open('oFailing', { tolerate: [/500 \(Internal Server Error\)/] })
    const outcome = (expression: string): Promise<unknown> => failing.page.evaluate(`${expression}.catch((e) => [e.errCode, e.errMsg])`)
    expect(await outcome("wx.cloud.callFunction({ name: 'homeowner', data: { action: 'nope' } })")).toEqual([
      -504002,
      expect.stringMatching(
        /^cloud\.callFunction:fail Error: errCode: -504002 functions execute fail \| errMsg: requestID .* no canned answer/,
      ),
    ])
    await failing.setNetwork(false)
    expect(await outcome("wx.cloud.callFunction({ name: 'homeowner', data: { action: 'openHome' } })")).toEqual([
      -1,
      expect.stringMatching(/^cloud\.callFunction:fail request:fail .*ERR_INTERNET_DISCONNECTED/),
    ])
    expect(await failing.page.evaluate('wx.getNetworkType()')).toMatchObject({ networkType: 'none' })
    const change = failing.page.evaluate('new Promise((ok) => wx.onNetworkStatusChange(ok))')
    await failing.setNetwork(true)
    expect(await change).toEqual({ isConnected: true, networkType: 'wifi' })
    await failing.close()
  })

  test('R46 the browser’s own network counts: it goes and comes back as on a phone in a lift, told once each way', async () => {
    const cut = await fixture.open('oLift', { tolerate: [/ERR_INTERNET_DISCONNECTED/] })
    await cut.page.evaluate('window.__told = []; wx.onNetworkStatusChange((status) => window.__told.push(status))')
    await cut.page.context().setOffline(true)
    await cut.page.waitForFunction('window.__told.length === 1')
    expect(await cut.page.evaluate('wx.getNetworkType()')).toMatchObject({ networkType: 'none' })
    expect(await cut.page.evaluate("wx.cloud.callFunction({ name: 'homeowner', data: { action: 'openHome' } }).catch((e) => e.errMsg)")).toMatch(/ERR_INTERNET_DISCONNECTED/)
    // Its network switched off as well: one without the other is no network.
    await cut.setNetwork(false)
    await cut.page.context().setOffline(false)
    await cut.page.waitForFunction('navigator.onLine')
    expect(await cut.page.evaluate('wx.getNetworkType()')).toMatchObject({ networkType: 'none' })
    await cut.setNetwork(true)
    expect(await cut.page.evaluate('window.__told')).toEqual([
      { isConnected: false, networkType: 'none' },
      { isConnected: true, networkType: 'wifi' },
    ])
    const silent = await cut.page.evaluate(
      'const heard = () => window.__told.push("off"); wx.onNetworkStatusChange(heard); wx.offNetworkStatusChange(heard); window.__phone.setNetwork(false); window.__told.includes("off")',
    )
    expect(silent).toBe(false)
    await cut.close()
  })

  test('photos: chosen, shown, uploaded with progress, read back through cloud://', async () => {
    await phone.chooseFiles(
      [
        { name: 'a.png', mimeType: 'image/png', buffer: PNG },
        { name: 'b.png', mimeType: 'image/png', buffer: PNG },
      ],
      () => phone.tapText('media'),
    )
    await said('{"n":2,"type":"image","path":true,"size":true}')
    const upload = `new Promise((ok, no) => { const seen = []; const page = getCurrentPages()[0]; const task = wx.cloud.uploadFile({ cloudPath: 'orders/o1/x.png', filePath: page.files[0].tempFilePath, success: (r) => ok({ ...r, seen }), fail: no }); task.onProgressUpdate((p) => seen.push(p.progress)) })`
    const { fileID, seen } = await wx<{ fileID: string; seen: number[] }>(upload)
    expect(fileID).toBe('cloud://local.bucket/orders/o1/x.png')
    expect(seen.at(-1)).toBe(100)
    expect(uploaded.get('orders/o1/x.png')!.length).toBeGreaterThan(0)
    expect(await wx("wx.cloud.uploadFile({ cloudPath: 'a', filePath: 'wxfile://tmp_nope.png' })")).toBe(
      'cloud.uploadFile:fail no such file or directory, open wxfile://tmp_nope.png',
    )
    await phone.page.waitForFunction("document.querySelector('[id=cloud] img').naturalWidth === 1")
  })
})

describe('files', () => {
  test('saved ones outlive the page, temporary ones do not', async () => {
    const saved = await wx<string>(
      `(async () => { const fs = wx.getFileSystemManager(); const path = wx.env.USER_DATA_PATH + '/note.txt'; await fs.writeFile({ filePath: path, data: '字', encoding: 'utf8' }); return path })()`,
    )
    expect(saved).toBe('wxfile://usr/note.txt')
    await phone.page.reload()
    await phone.page.evaluate(() => window.__phone?.ready)
    expect(
      await wx("wx.getFileSystemManager().readFile({ filePath: 'wxfile://usr/note.txt', encoding: 'utf8' }).then((r) => r.data)"),
    ).toBe('字')
    expect(await wx("wx.getFileSystemManager().unlink({ filePath: 'wxfile://usr/note.txt' })")).toEqual({ errMsg: 'unlink:ok' })
    expect(await wx("wx.getFileSystemManager().access({ path: 'wxfile://usr/note.txt' })")).toBe(
      "access:fail no such file or directory, access 'wxfile://usr/note.txt'",
    )
  })
})

describe('what the user is asked', () => {
  test('subscribe messages: only inside a tap, one choice a template, told to the workplace', async () => {
    await phone.tapText('late')
    await said('requestSubscribeMessage:fail can only be invoked by user TAP gesture.')
    await phone.tapText('subscribe')
    await phone.see('抢单提醒')
    await phone.page.getByLabel('T2').uncheck()
    await phone.tapText('允许')
    await said('{"errMsg":"requestSubscribeMessage:ok","T1":"accept","T2":"reject"}')
    expect(fixture.server.requests.findLast(({ path }) => path === '/__subscribe')?.body).toBe(
      '{"openid":"oTester","templates":{"T1":"accept","T2":"reject"}}',
    )
  })

  test('“总是保持” answers the same without asking', async () => {
    const always = await fixture.open('oAlways')
    await always.tapText('subscribe')
    await always.page.getByLabel('总是保持以上选择，不再询问').check()
    await always.tapText('允许')
    await always.see(/"T1":"accept"/)
    await always.page.evaluate("getCurrentPages()[0].setData({ said: '' })")
    await always.tapText('subscribe')
    await always.see(/"T2":"accept"/)
    expect(fixture.server.requests.filter(({ path, openid }) => path === '/__subscribe' && openid === 'oAlways')).toHaveLength(2)
    await always.close()
  })

  test('the main switch on the settings page: while it is off, nobody is asked', async () => {
    const silent = await fixture.open('oSilent')
    await silent.tapText('openSetting')
    await silent.page.getByLabel('接收消息').uncheck()
    await silent.tapText('完成')
    await silent.tapText('subscribe')
    await silent.see('requestSubscribeMessage:fail The main switch is switched off')
    await silent.tapText('openSetting')
    await silent.page.getByLabel('接收消息').check()
    await silent.tapText('完成')
    await silent.tapText('subscribe')
    await silent.see('抢单提醒')
    await silent.close()
  })

  test('payment: the amount from the gateway, paid, cancelled, wrongly signed', async () => {
    await phone.tapText('pay')
    await phone.see('¥314.00')
    await phone.tapText('支付')
    await said('{"errMsg":"requestPayment:ok"}')
    await phone.tapText('pay')
    await phone.tapText('取消')
    await said('requestPayment:fail cancel')
    expect(payments).toEqual(['{"result":"SUCCESS","notify":"once"}', '{"result":"CANCEL"}'])
    expect((await happened()).filter(({ kind }) => kind === 'payment')).toMatchObject([{ total: 31400, paid: true }, { paid: false }])
    const wrong = await fixture.open('oWrong', { tolerate: [/400 \(Bad Request\)/] })
    await wrong.tapText('wrongPay')
    await wrong.see('requestPayment:fail 支付验证签名失败')
    await wrong.close()
  })

  test('the callback of a payment may ask for messages, as a tap may', async () => {
    await phone.tapText('payThenSubscribe')
    await phone.tapText('支付')
    await phone.see('抢单提醒')
    await phone.tapText('允许')
    await said('{"errMsg":"requestSubscribeMessage:ok","T1":"accept"}')
  })

  test('the phone number: allowed and refused', async () => {
    await phone.tapText('手机号')
    await phone.see('138 **** 1234')
    await phone.tapText('允许')
    await said('{"errMsg":"getPhoneNumber:ok","code":"c0de"}')
    expect(fixture.server.requests.findLast(({ path }) => path === '/__phonecode')?.body).toBe('{"openid":"oTester","phone":"13800001234"}')
    await phone.tapText('手机号')
    await phone.tapText('不允许')
    await said('{"errMsg":"getPhoneNumber:fail user deny"}')
  })

  test('a video: chosen, played over the whole screen, closed; without its codec it has no length and can be sent all the same', async () => {
    await phone.chooseFiles([{ name: 'a.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no real film') }], () => phone.tapText('film'))
    await said('{"tempFilePath":"mp4","size":12,"fileType":"video","thumbTempFilePath":"","duration":0,"width":0,"height":0}')
    await wx("wx.previewMedia({ sources: [{ url: getCurrentPages()[0].film, type: 'video' }] })")
    const cover = phone.page.getByLabel('看视频')
    expect(await cover.locator('video').getAttribute('src')).toMatch(/^blob:/)
    await cover.click({ position: { x: 20, y: 20 } })
    await cover.waitFor({ state: 'detached' })
  })

  test('an avatar, a call, a code, a list, a question', async () => {
    await phone.chooseFiles([{ name: 'a.png', mimeType: 'image/png', buffer: PNG }], () => phone.tapText('头像'))
    await said('有头像了')
    await phone.tapText('call')
    await phone.tapText('呼叫 4000555776')
    await said('{"errMsg":"makePhoneCall:ok"}')
    expect((await happened()).at(-1)).toMatchObject({ kind: 'phoneCall', phoneNumber: '4000555776', called: true })
    await phone.tapText('scan')
    await phone.type('扫码', 'SF1122-0486')
    await phone.tapText('确定')
    await said(/"result":"SF1122-0486"/)
    await phone.tapText('sheet')
    await phone.tapText('乙')
    await said('{"errMsg":"showActionSheet:ok","tapIndex":1}')
    await phone.tapText('modal')
    await phone.tapText('好')
    await said('{"errMsg":"showModal:ok","confirm":true,"cancel":false,"content":null}')
    await phone.tapText('edit')
    await phone.type('写点', '水龙头')
    await phone.tapText('确定')
    await said('{"errMsg":"showModal:ok","confirm":true,"cancel":false,"content":"水龙头"}')
  })

  test('places by name; a place of one’s own; location with consent, remembered', async () => {
    await phone.tapText('place')
    await phone.type('搜索地点', '青禾')
    await phone.notSee('梧桐里 8 号')
    await phone.tapText('青禾园 1 栋')
    await said(/"name":"青禾园","address":"青禾园 1 栋","latitude":29.6,"longitude":106.6/)
    await phone.tapText('place')
    await phone.tapText('填一个地点')
    await phone.type('地点名称', '新家')
    await phone.type('纬度', '29.7')
    await phone.tapText('用这个地点')
    await said(/"name":"新家".*"latitude":29.7/)
    await phone.control((controls) => controls.setPosition(29.1, 106.1))
    await phone.tapText('locate')
    await phone.tapText('允许')
    await said(/"latitude":29.1,"longitude":106.1/)
    expect(await wx('wx.getSetting().then((r) => r.authSetting)')).toEqual({ 'scope.userLocation': true })
  })
})

describe('what leaves the app', () => {
  test('a picture to the album, looked at, text to the clipboard, a vibration', async () => {
    const picture = await wx<string>(
      "(() => { const canvas = wx.createOffscreenCanvas({ type: '2d', width: 8, height: 6 }); canvas.getContext('2d').fillText('字', 0, 6); return wx.canvasToTempFilePath({ canvas }).then((r) => r.tempFilePath) })()",
    )
    const [download] = await Promise.all([
      phone.page.waitForEvent('download'),
      (async () => {
        const saved = wx(`wx.saveImageToPhotosAlbum({ filePath: '${picture}' })`)
        await phone.tapText('允许')
        await saved
      })(),
    ])
    expect(download.suggestedFilename()).toMatch(/^photo-\d+\.png$/)
    await wx(`wx.previewImage({ urls: ['${picture}', '${picture}'], current: 1 })`)
    await phone.see('2 / 2')
    await phone.page.getByLabel('查看图片').click()
    await phone.notSee('2 / 2')
    await wx("wx.setClipboardData({ data: 'SF1122-0486' })")
    await phone.see('内容已复制')
    await wx('wx.vibrateLong()')
    expect((await happened()).slice(-3)).toMatchObject([
      { kind: 'saveImage', type: 'image/png' },
      { kind: 'clipboard', data: 'SF1122-0486' },
      { kind: 'vibrate', type: 'long' },
    ])
  })

  test('a compressed picture is smaller in both senses', async () => {
    const facts = await wx(`(async () => {
      const canvas = new OffscreenCanvas(3000, 1500); canvas.getContext('2d').fillRect(0, 0, 3000, 1500)
      const fs = wx.getFileSystemManager(); const path = wx.env.USER_DATA_PATH + '/big.png'
      await fs.writeFile({ filePath: path, data: await (await canvas.convertToBlob()).arrayBuffer() })
      const { tempFilePath } = await wx.compressImage({ src: path, quality: 50, compressedWidth: 300 })
      const { width, height, type } = await wx.getImageInfo({ src: tempFilePath })
      return { width, height, type }
    })()`)
    expect(facts).toEqual({ width: 300, height: 150, type: 'jpeg' })
  })
})

test('the workbench steers a phone in its frame by messages', async () => {
  const page = await fixture.browser.newPage()
  await page.goto(`${fixture.server.url}/phone/?as=oFrame`)
  await page.evaluate(() => window.__phone?.ready)
  await page.evaluate(
    "window.postMessage({ type: 'phone:network', on: false }, location.origin); window.postMessage({ type: 'phone:position', latitude: 29.9, longitude: 123.5 }, location.origin); window.postMessage({ type: 'phone:theme', theme: 'dark' }, location.origin)",
  )
  await page.waitForFunction("wx.getAppBaseInfo().theme === 'dark'")
  expect(await page.evaluate('wx.getNetworkType().then((r) => r.networkType)')).toBe('none')
  await page.close()
})

describe('the moved clock', () => {
  test('is what Date tells, at load and after each move, without network too', async () => {
    const near = (now: number): Promise<void> =>
      phone.page.waitForFunction((wanted) => Math.abs(Date.now() - wanted) < 120_000, now).then(() => undefined)
    await near(NOON)
    expect(await phone.page.locator('#status-bar time').innerText()).toBe('12:00')
    await phone.setNetwork(false)
    fixture.server.moveClock(NOON + 3 * 3_600_000)
    await near(NOON + 3 * 3_600_000)
    await phone.page.waitForFunction("document.querySelector('#status-bar time').innerText === '15:00'")
    expect(
      await phone.page.evaluate(
        '[new Date().getTime() - Date.now() < 5, new Date(5).getTime(), new Date() instanceof Date, typeof Date()]',
      ),
    ).toEqual([true, 5, true, 'string'])
    await phone.setNetwork(true)
  })

  test('reaches every phone of one browser over a single line', async () => {
    const frames = await fixture.browser.newContext()
    const pages = await Promise.all(Array.from({ length: 7 }, () => frames.newPage()))
    for (const [index, page] of pages.entries()) await page.goto(`${fixture.server.url}/phone/?as=o${index}`)
    await Promise.all(pages.map((page) => page.evaluate(() => window.__phone?.ready)))
    fixture.server.moveClock(NOON + 24 * 3_600_000)
    for (const page of pages) await page.waitForFunction((wanted) => Math.abs(Date.now() - wanted) < 120_000, NOON + 24 * 3_600_000)
    await pages[0]!.close()
    await pages[1]!.waitForFunction(
      async (lock) => (await navigator.locks.query()).held?.some(({ name }) => name === lock),
      'workplace-events',
    )
    fixture.server.moveClock(NOON + 48 * 3_600_000)
    for (const page of pages.slice(1))
      await page.waitForFunction((wanted) => Math.abs(Date.now() - wanted) < 120_000, NOON + 48 * 3_600_000)
    await frames.close()
  })
})

test('device facts are a 390 × 844 phone’s, with the user’s font size', async () => {
  const large = await fixture.open('oLarge', { font: 1.4 })
  expect(await large.page.evaluate('({ ...wx.getWindowInfo(), font: wx.getAppBaseInfo().fontSizeScaleFactor })')).toMatchObject({
    windowWidth: 390,
    windowHeight: 753,
    screenHeight: 844,
    statusBarHeight: 47,
    safeArea: { top: 47, bottom: 810 },
    font: 1.4,
  })
  await large.close()
})
