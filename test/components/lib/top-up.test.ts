import type { Templates } from '../../../typings/contract'
import { rememberTemplates } from '../../../miniprogram/lib/subscribe'
import { topUpMessages } from '../../../miniprogram/lib/top-up'
import { installWx } from '../support/fake-wx'

const shown: string[] = []
let answer: 'accept' | 'reject'

beforeEach(() => {
  shown.length = 0
  installWx({
    requestSubscribeMessage: ({ tmplIds, success }: { tmplIds: string[]; success: (answers: Record<string, string>) => void }) => success(Object.fromEntries(tmplIds.map((id) => [id, answer]))),
    setStorage: () => undefined,
    // Of an earlier time one is left: that says nothing of this one.
    cloud: { callFunction: () => Promise.resolve({ result: { ok: true, serverNow: '2026-11-22T05:20:00.000Z', data: { left: { claimed: 1 } } } }) },
    showToast: ({ title }: { title: string }) => shown.push(title),
    showModal: ({ content }: { content: string }) => shown.push(content),
  })
  rememberTemplates({ offer: 'id-offer' } as Templates)
})

test.each([
  ['accept', /^多响一次$/],
  ['reject', /“订阅消息”，把提醒打开/],
] as const)('R41 asked for by the person, who answered %s: they are told what came of it', async (given, words) => {
  answer = given
  await topUpMessages('technician', ['offer'])
  expect(shown).toEqual([expect.stringMatching(words)])
})
