import { ActionFailure } from '../../../miniprogram/lib/action-failure'
import { ButtonCalls } from '../../../miniprogram/lib/button-calls'
import { installWx } from '../support/fake-wx'

const modal = jest.fn().mockResolvedValue({ confirm: true })
const toast = jest.fn().mockResolvedValue({})

function page() {
  const history: string[] = []
  const data = { busy: '' }
  return {
    data,
    history,
    setData(changes: { busy: string }) {
      Object.assign(data, changes)
      history.push(changes.busy)
    },
  }
}

beforeEach(() => {
  installWx({ showModal: modal, showToast: toast })
  modal.mockClear()
  toast.mockClear()
})

test('a button turns while its call runs, and no second call begins meanwhile', async () => {
  const on = page()
  const buttons = new ButtonCalls(on)
  let finish: (value: string) => void = () => undefined
  const first = buttons.run('claim', () => new Promise<string>((resolve) => (finish = resolve)))
  expect(on.data.busy).toBe('claim')
  const second = jest.fn()
  expect(await buttons.run('decline', second)).toBeNull()
  expect(second).not.toHaveBeenCalled()
  finish('mine')
  expect(await first).toBe('mine')
  expect(on.history).toEqual(['claim', ''])
})

test('R04 pressed again after a lost answer, the same requestId goes out; after success a new one', async () => {
  const buttons = new ButtonCalls(page())
  const sent: string[] = []
  const lost = (requestId: string) => {
    sent.push(requestId)
    return Promise.reject(new ActionFailure('TIMEOUT', '等了一会儿没有回音。再点一次就行，不会重复办理'))
  }
  const through = (requestId: string) => {
    sent.push(requestId)
    return Promise.resolve('ok')
  }
  await buttons.run('pay', lost)
  await buttons.run('pay', through)
  await buttons.run('pay', through)
  expect(sent[1]).toBe(sent[0])
  expect(sent[2]).not.toBe(sent[1])
})

test('a long refusal waits to be read, a short one passes by', async () => {
  const buttons = new ButtonCalls(page())
  await buttons.run('claim', () => Promise.reject(new ActionFailure('TAKEN', '被抢走了')))
  expect(toast).toHaveBeenCalledWith(expect.objectContaining({ title: '被抢走了', icon: 'none' }))
  await buttons.run('set_out', () => Promise.reject(new ActionFailure('UNPAID', '业主还有 ¥314.00 没付，付了才能继续')))
  expect(modal).toHaveBeenCalledWith(expect.objectContaining({ content: '业主还有 ¥314.00 没付，付了才能继续', showCancel: false }))
})

test('what the page has shown beside its field is not said twice', async () => {
  const buttons = new ButtonCalls(page())
  await buttons.run(
    'rate',
    () => Promise.reject(new ActionFailure('CONTENT_REFUSED', '换个说法')),
    () => true,
  )
  expect(toast.mock.calls.length + modal.mock.calls.length).toBe(0)
})
