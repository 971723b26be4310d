/** What the host lacks, and what goes wrong in a page, is seen: by the user, by the console, by a test. */
import type { PhoneInHand } from '../../support/browser'
import type { RunningFixture } from '../../support/phone-fixture'
import { startFixture } from '../../support/phone-fixture'

let fixture: RunningFixture

beforeAll(async () => {
  fixture = await startFixture({
    appJs: 'App({ onLaunch() { wx.cloud.init() } })',
    pages: {
      'pages/a/a': {
        wxml: '<view class="row" wx:for="{{cases}}" wx:key="*this" data-name="{{item}}" bindtap="act">{{item}}</view><part value="{{passed}}"/><view>看到：{{shown}}</view>',
        js: `Page({
          data: { cases: ['api', 'cloud', 'throws', 'rejects', 'plain', 'node', 'border'], shown: '', passed: {} },
          act(e) { this[e.currentTarget.dataset.name]() },
          api() { wx.connectWifi({}) },
          cloud() { wx.cloud.database() },
          throws() { throw new Error('页面里的错') },
          async rejects() { throw new Error('没人接的错') },
          plain() { wx.navigateTo({ url: '/pages/nope/nope' }) },
          node() { wx.createSelectorQuery().select('.row').fields({ node: true }).exec() },
          border() { this.setData({ shown: JSON.stringify({ text: '在' }), 'passed.fn': () => 1, 'passed.none': undefined, 'passed.at': new Date(0), 'passed.list': [1, undefined] }) },
        })`,
        json: { usingComponents: { part: '/part' } },
      },
    },
    components: {
      part: {
        wxml: '<text>收到：{{keys}}</text>',
        js: "Component({ properties: { value: Object }, data: { keys: '' }, observers: { value(v) { this.setData({ keys: JSON.stringify(v || {}) }) } } })",
      },
    },
  })
})

afterAll(() => fixture?.stop())

/** Taps the case and gives what the phone reported. */
async function faultsOf(words: string, wait: RegExp): Promise<string> {
  const phone: PhoneInHand = await fixture.open('oFault')
  await phone.page.getByText(words, { exact: true }).click()
  await phone.page.locator('#faults pre').getByText(wait).waitFor()
  const { faults } = phone
  await expect(phone.see('看到')).rejects.toThrow(/phone reported/)
  await phone.page.context().close()
  return faults.join('\n')
}

test('an API that the host lacks is named', async () => {
  expect(await faultsOf('api', /wx\.connectWifi/)).toContain('MissingInHost: wx.connectWifi is not in the browser host')
})

test('a part of wx.cloud that the host lacks is named', async () => {
  expect(await faultsOf('cloud', /wx\.cloud\.database/)).toContain('wx.cloud.database is not in the browser host')
})

test('an error in a handler is a page error', async () => {
  expect(await faultsOf('throws', /页面里的错/)).toContain('页面里的错')
})

test('a rejection that nobody takes is a page error', async () => {
  expect(await faultsOf('rejects', /没人接的错/)).toContain('没人接的错')
})

test('a failed wx call that nobody takes is a page error too', async () => {
  expect(await faultsOf('plain', /navigateTo:fail page/)).toContain('navigateTo:fail page "pages/nope/nope" is not found')
})

test('the node of a component that has none is refused', async () => {
  expect(await faultsOf('node', /as a node of a selector query/)).toContain('<view> as a node of a selector query')
})

test('setData crosses the border to the view as JSON, and says what is lost', async () => {
  const phone = await fixture.open('oBorder')
  const warnings: string[] = []
  phone.page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
  await phone.page.getByText('border', { exact: true }).click()
  await phone.see('收到：{"at":"1970-01-01T00:00:00.000Z","list":[1,null]}')
  expect(warnings.map((text) => text.replace(/^setData in pages\/a\/a: /, ''))).toEqual([
    '"passed.fn" is a function, which does not reach the view in WeChat',
    '"passed.none" is undefined, which does not reach the view in WeChat',
    '"passed.at" is a Date (becomes text), which does not reach the view in WeChat',
    '"passed.list.1" is undefined, which does not reach the view in WeChat',
  ])
  await phone.close()
})
