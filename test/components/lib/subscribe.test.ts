import type { Templates } from '../../../typings/contract'
import { askForMessages, learnTemplates, rememberTemplates } from '../../../miniprogram/lib/subscribe'
import { installWx } from '../support/fake-wx'

interface Question {
  tmplIds: string[]
  success: (answers: Record<string, string>) => void
  fail: (error: { errMsg: string; errCode: number }) => void
}

const TEMPLATES = Object.fromEntries(
  [
    'offer',
    'call_reminder',
    'claimed',
    'appointment',
    'quote',
    'payment',
    'on_the_way',
    'acceptance',
    'warranty_card',
    'follow_up',
    'return_visit',
    'order_closed',
  ].map((key) => [key, `id-${key}`]),
) as Templates

const asked: Question[] = []
const NOTHING = { allowed: false, left: {} }
const callFunction = jest.fn()

beforeEach(() => {
  asked.length = 0
  callFunction.mockReset().mockResolvedValue({ result: { ok: true, serverNow: '2026-11-22T05:20:00.000Z', data: { left: { offer: 4 } } } })
  installWx({ requestSubscribeMessage: (question: Question) => asked.push(question), setStorage: () => undefined, cloud: { callFunction } })
  rememberTemplates(TEMPLATES)
})

test('R41 WeChat is asked within the tap, and the answers are recorded', async () => {
  const left = askForMessages('technician', ['offer', 'call_reminder'])
  // Not a microtask later: WeChat shows its question only in the tap itself.
  expect(asked[0]?.tmplIds).toEqual(['id-offer', 'id-call_reminder'])
  asked[0]?.success({ 'id-offer': 'accept', 'id-call_reminder': 'reject', errMsg: 'requestSubscribeMessage:ok' })
  expect(await left).toEqual({ allowed: true, left: { offer: 4 } })
  expect(callFunction).toHaveBeenCalledWith({
    name: 'technician',
    data: {
      action: 'recordSubscription',
      input: { answers: { offer: 'accept', call_reminder: 'reject' } },
      requestId: expect.stringMatching(/^\w{26}$/) as string,
    },
  })
})

test('at most five are asked for at once', () => {
  void askForMessages('homeowner', ['claimed', 'appointment', 'quote', 'payment', 'on_the_way', 'acceptance'])
  expect(asked[0]?.tmplIds).toHaveLength(5)
})

test('R41 a refused question, a lost record and an unknown template never stand in the way', async () => {
  const refused = askForMessages('homeowner', ['claimed'])
  asked[0]?.fail({ errMsg: 'requestSubscribeMessage:fail 10002', errCode: 10002 })
  expect(await refused).toEqual(NOTHING)

  callFunction.mockRejectedValue({ errMsg: 'request:fail' })
  const lost = askForMessages('homeowner', ['claimed'])
  asked[1]?.success({ 'id-claimed': 'accept' })
  expect(await lost).toEqual(NOTHING)

  rememberTemplates({ ...TEMPLATES, claimed: '' })
  expect(await askForMessages('homeowner', ['claimed'])).toEqual(NOTHING)
  expect(asked).toHaveLength(2)
})

test.each([
  [20004, 'off'],
  [20005, 'blocked'],
])('R41 WeChat asked nobody (%d): recorded as %s, so that the app can say what to switch on', async (errCode, answer) => {
  const refused = askForMessages('technician', ['offer', 'call_reminder'])
  asked[0]?.fail({ errMsg: 'requestSubscribeMessage:fail', errCode })
  expect(await refused).toEqual({ allowed: false, left: { offer: 4 } })
  expect(callFunction).toHaveBeenCalledWith(expect.objectContaining({ data: expect.objectContaining({ input: { answers: { offer: answer, call_reminder: answer } } }) as unknown }))
})

test('R41 whoever comes in by a message or a link can be asked too: the ids are fetched once, and a lost answer does no harm', async () => {
  rememberTemplates({} as Templates)
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
  callFunction.mockRejectedValue({ errMsg: 'request:fail' })
  await learnTemplates()
  expect(warn).toHaveBeenCalledTimes(1)
  warn.mockRestore()
  callFunction.mockReset().mockResolvedValue({ result: { ok: true, serverNow: '2026-11-22T05:20:00.000Z', data: { templates: TEMPLATES } } })
  await learnTemplates()
  void askForMessages('homeowner', ['claimed'])
  expect(asked[0]?.tmplIds).toEqual(['id-claimed'])
  callFunction.mockClear()
  await learnTemplates()
  expect(callFunction).not.toHaveBeenCalled()
})
