import { currentTabs } from '../../../miniprogram/custom-tab-bar/tabs'
import { readMessagesOf } from '../../../miniprogram/lib/read-messages'
import { installWx } from '../support/fake-wx'

const callFunction = jest.fn()
beforeEach(() => {
  callFunction.mockReset().mockResolvedValue({ result: { ok: true, serverNow: '2026-11-22T05:20:00.000Z', data: { unread: 3 } } })
  installWx({ getStorageSync: () => '', setStorage: () => undefined, cloud: { callFunction } })
})
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}
const meBadge = () => currentTabs().find(({ text }) => text === '我的')?.badge

test('R41 whoever opens an order has read what was said of it: the badge counts the others', async () => {
  readMessagesOf('o1', 'technician')
  await settled()
  expect(callFunction).toHaveBeenCalledWith({ name: 'technician', data: { action: 'markRead', input: { orderId: 'o1' }, requestId: expect.stringMatching(/^\w{26}$/) as string } })
  expect(meBadge()).toBe(3)
})

test('R41 not reached: they stay unread, and the page does not mind', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
  callFunction.mockRejectedValue({ errMsg: 'request:fail' })
  readMessagesOf('o1', 'homeowner')
  await settled()
  expect(warn).toHaveBeenCalledTimes(1)
  expect(meBadge()).toBe(3)
  warn.mockRestore()
})

test('a page opened without an order asks nothing', () => {
  readMessagesOf('', 'homeowner')
  expect(callFunction).not.toHaveBeenCalled()
})
