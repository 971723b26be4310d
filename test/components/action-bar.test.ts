import { shareOut } from '../../miniprogram/components/action-bar/bar-buttons'
import type { Button } from '../../typings/contract'
import { installWx } from './support/fake-wx'
import { mount } from './support/render'

const ACCEPT: Button = { act: 'accept', label: '去验收' }
const MORE: Button[] = [
  { act: 'report_missing', label: '还没弄好' },
  { act: 'call_hotline', label: '电话' },
  { act: 'cancel', label: '取消' },
]

beforeEach(() => installWx())

describe('the buttons that the server offers are shared out', () => {
  test('two stand beside the main one', () => {
    expect(shareOut(ACCEPT, MORE.slice(0, 2))).toMatchObject({
      main: { act: 'accept' },
      beside: [{ act: 'report_missing' }, { act: 'call_hotline', icon: 'phone' }],
      hidden: [],
    })
  })
  test('of three, one stands and two wait behind 更多', () => {
    const { beside, hidden } = shareOut(ACCEPT, MORE)
    expect(beside.map(({ act }) => act)).toEqual(['report_missing'])
    expect(hidden.map(({ act }) => act)).toEqual(['call_hotline', 'cancel'])
  })
  test('on a small phone with large letters one row is all: what is short and alone stands beside, the rest waits behind 更多', () => {
    const decline: Button = { act: 'decline', label: '不接' }
    expect(shareOut(ACCEPT, MORE.slice(0, 2), true)).toMatchObject({ beside: [], hidden: [{ act: 'report_missing' }, { act: 'call_hotline' }] })
    expect(shareOut(ACCEPT, [MORE[0]!], true)).toMatchObject({ beside: [], hidden: [{ act: 'report_missing' }] })
    expect(shareOut(ACCEPT, [decline], true)).toMatchObject({ beside: [decline], hidden: [] })
    // Without a main one they share the row.
    expect(shareOut(null, MORE.slice(0, 2), true).beside).toHaveLength(2)
  })
  test('none at all', () => expect(shareOut(null, [])).toEqual({ main: null, beside: [], hidden: [] }))
})

describe('action-bar', () => {
  test('says its words, and tells which act was pressed', async () => {
    const bar = mount('components/action-bar/action-bar', { main: ACCEPT, more: MORE.slice(0, 1) }, ['act'])
    expect(bar.text()).toBe('还没弄好去验收')
    await bar.tap('.bar__main')
    await bar.tap('.bar__beside')
    expect(bar.heard.act).toEqual([{ act: 'accept' }, { act: 'report_missing' }])
  })

  test('while one runs none can be pressed', async () => {
    const bar = mount('components/action-bar/action-bar', { main: ACCEPT, more: MORE.slice(0, 1), busy: 'accept' }, ['act'])
    await bar.tap('.bar__main')
    await bar.tap('.bar__beside')
    expect(bar.heard.act).toEqual([])
  })

  test('更多 lists the rest, and the one that is chosen is told', async () => {
    const showActionSheet = jest.fn(({ success }: { success: (result: { tapIndex: number }) => void }) => success({ tapIndex: 1 }))
    installWx({ showActionSheet })
    const bar = mount('components/action-bar/action-bar', { main: ACCEPT, more: MORE }, ['act'])
    expect(bar.text()).toBe('更多还没弄好去验收')
    await bar.tap('.bar__more')
    expect(showActionSheet.mock.calls[0]?.[0]).toMatchObject({ itemList: ['电话', '取消'] })
    expect(bar.heard.act).toEqual([{ act: 'cancel' }])
  })

  test('nothing to do, nothing there', () => {
    expect(mount('components/action-bar/action-bar', { main: null, more: [] }).component.querySelector('.bar')).toBeUndefined()
  })

  test('a button that the server takes away is gone', () => {
    const bar = mount('components/action-bar/action-bar', { main: ACCEPT, more: MORE })
    bar.set({ main: null, more: MORE.slice(2) })
    expect(bar.text()).toBe('取消')
  })
})
