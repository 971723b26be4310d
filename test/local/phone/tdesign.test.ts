/** The component library as it comes from npm, unmodified, in the browser host. */
import type { PhoneInHand } from '../../support/browser'
import type { RunningFixture } from '../../support/phone-fixture'
import { startFixture } from '../../support/phone-fixture'

const USED = [
  'button',
  'cell',
  'cell-group',
  'dialog',
  'input',
  'popup',
  'progress',
  'rate',
  'steps',
  'step-item',
  'stepper',
  'switch',
  'tabs',
  'tab-panel',
  'tag',
  'textarea',
  'toast',
  'loading',
  'check-tag',
  'notice-bar',
  'skeleton',
  'badge',
  'image',
]

let fixture: RunningFixture
let phone: PhoneInHand

beforeAll(async () => {
  fixture = await startFixture({
    app: { usingComponents: Object.fromEntries(USED.map((name) => [`t-${name}`, `tdesign-miniprogram/${name}/${name}`])) },
    pages: {
      'pages/a/a': {
        wxml: `<t-button theme="primary" block bind:tap="add" loading="{{busy}}">按了 {{count}} 次</t-button>
<t-stepper value="{{count}}" min="{{0}}" max="{{3}}" bind:change="step"/>
<t-rate value="{{stars}}" bind:change="rate"/><view>{{stars}} 颗星</view>
<t-switch value="{{duty}}" bind:change="duty"/><view>在岗 {{duty}}</view>
<t-input label="称呼" placeholder="您贵姓" value="{{name}}" bind:change="name"/><view>姓{{name}}</view>
<t-textarea placeholder="说两句" maxlength="{{20}}" indicator autosize bind:change="words"/>
<t-tabs value="{{tab}}" bind:change="tab"><t-tab-panel label="全部" value="all">全部的单</t-tab-panel><t-tab-panel label="待付" value="due">待付的单</t-tab-panel></t-tabs>
<t-steps current="{{1}}" layout="horizontal"><t-step-item title="报修"/><t-step-item title="派单"/><t-step-item title="上门"/></t-steps>
<t-cell-group><t-cell title="工单" note="3 条" arrow hover bind:click="cell"/></t-cell-group>
<t-tag theme="warning" variant="light">待付款</t-tag><t-check-tag bind:change="tag">满意</t-check-tag>
<t-progress percentage="{{40}}"/><t-progress theme="circle" percentage="{{60}}" label="1:30"/>
<t-notice-bar visible="{{true}}" content="微信还能叫您 3 次"/><t-badge count="{{5}}"/><t-loading text="稍等"/><t-skeleton row-col="{{[1]}}" loading/>
<t-button bind:tap="ask">问一声</t-button><t-button bind:tap="open">拉起来</t-button>
<t-dialog visible="{{asking}}" title="确定付款？" content="付了就出发" confirm-btn="付" cancel-btn="再想想" bind:confirm="answer" bind:cancel="answer"/>
<t-popup visible="{{opened}}" placement="bottom" bind:visible-change="closed"><view class="sheet">弹层里的字</view></t-popup>`,
        js: `Page({
          data: { count: 0, stars: 0, duty: false, name: '', tab: 'all', asking: false, opened: false, busy: false, said: [] },
          note(what) { this.data.said.push(what) },
          add() { this.setData({ count: this.data.count + 1 }) },
          step(e) { this.setData({ count: e.detail.value }) },
          rate(e) { this.setData({ stars: e.detail.value }) },
          duty(e) { this.setData({ duty: e.detail.value }) },
          name(e) { this.setData({ name: e.detail.value }) },
          words(e) { this.note(e.detail.value) },
          tab(e) { this.setData({ tab: e.detail.value }) },
          cell() { this.note('cell') }, tag(e) { this.note('tag ' + e.detail.checked) },
          ask() { this.setData({ asking: true }) }, answer(e) { this.note(e.type); this.setData({ asking: false }) },
          open() { this.setData({ opened: true }) }, closed(e) { this.setData({ opened: e.detail.visible }) },
        })`,
        wxss: '.sheet { height: 200px; padding: 20px }',
      },
    },
  })
  phone = await fixture.open('oTester', { height: 1600 })
})

afterAll(() => fixture?.stop())
afterEach(() => phone.demandNoFaults())

const said = (): Promise<string[]> => phone.page.evaluate<string[]>('getCurrentPages()[0].data.said')

test('buttons, steppers, stars and switches answer', async () => {
  await phone.tapText('按了 0 次')
  await phone.see('按了 1 次')
  await phone.page.locator('[class*=t-stepper__plus]').click()
  await phone.see('按了 2 次')
  await phone.page.locator('[class*=t-rate__wrapper] > *').nth(3).click()
  await phone.see('4 颗星')
  await phone.page.locator('[class*=t-switch__body]').first().click()
  await phone.see('在岗 true')
})

test('fields take what is typed', async () => {
  await phone.type('您贵姓', '林')
  await phone.see('姓林')
  await phone.type('说两句', '修得好')
  expect((await said()).at(-1)).toBe('修得好')
})

test('tabs, cells and tags answer; steps, progress and notices are drawn', async () => {
  expect(await phone.page.getByText('待付的单').isVisible()).toBe(false)
  await phone.tapText('待付')
  await phone.see('待付的单')
  await phone.tapText('工单')
  await phone.tapText('满意')
  expect((await said()).slice(-2)).toEqual(['cell', 'tag true'])
  for (const words of ['报修', '派单', '上门', '待付款', '微信还能叫您 3 次', '1:30']) await phone.see(words)
})

test('a dialog opens, answers and closes; a popup closes by its overlay', async () => {
  await phone.tapText('问一声')
  await phone.see('付了就出发')
  await phone.tapText('再想想')
  await phone.notSee('付了就出发')
  await phone.tapText('问一声')
  await phone.tapText('付')
  await phone.notSee('付了就出发')
  expect((await said()).slice(-2)).toEqual(['cancel', 'confirm'])
  await phone.tapText('拉起来')
  await phone.see('弹层里的字')
  await phone.page.mouse.click(195, 300)
  await phone.notSee('弹层里的字')
})
