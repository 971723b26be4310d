import type { PhoneInHand } from '../../support/browser'
import { CHEN, type Journey, LIN, ZHOU } from '../../support/journey'
import { wordsOn } from './taps'

/** What the timeline tells of the whole story, in order (R38). */
const TOLD = [
  '收到报修：水龙头漏水',
  '第 1 轮：请了',
  '接单，离您',
  '没有按时拨出电话，已告诉调度',
  '没有及时跟您定下时间，换人重新派单',
  '给您打电话',
  '约好今天 14:00',
  '出门前点齐东西：做好了',
  '您确认了报价 ¥228.00',
  '付款 ¥228.00，微信支付',
  '出发了',
  '到了',
  '口令对上了，师傅进门',
  '试用 2 分钟：做好了',
  '报完工',
  '您验收了',
  '在保修卡上签字',
  '您在保修卡上签字，保修卡已发给您',
  '旧件',
  '点清工具，离开了',
  '您打了 4 分',
  '请您说说还好用吗',
  '回访：不满意',
  '不满意，免费再上门',
  '返工',
  '听业主说哪里不对：做好了',
  '回访：满意',
]

/** R38: the order's page tells all of it, from the first line to the last. */
export async function timelineTellsAll(lin: PhoneInHand): Promise<void> {
  await lin.pullDown()
  await lin.tapText(/^再看 \d+ 条$/)
  await lin.see('收到报修：水龙头漏水')
  const words = await wordsOn(lin)
  const newestFirst = words.slice(words.indexOf('进展'))
  let from = newestFirst.length
  for (const line of TOLD) {
    const at = newestFirst.lastIndexOf(line, from)
    if (at < 0) throw new Error(`the timeline does not tell "${line}" in its place:\n${newestFirst}`)
    from = at
  }
}

/** R38, R43: staff read the same, and what is theirs alone. */
export async function staffReadAll(city: Journey): Promise<void> {
  const { text } = await city.staff('showOrder', { order: (await city.order(LIN)).number })
  for (const line of ['口令没对上', '没有按时拨出电话', '回访：满意']) expect(text).toContain(line)
}

/** R41: every message is in the inbox of the one it is for, and the inbox page shows it. */
export async function inboxesHaveAll(city: Journey, phones: Record<'lin' | 'winner' | 'loser', PhoneInHand>): Promise<void> {
  const templates = async (openid: string): Promise<string[]> =>
    [...new Set((await city.inbox(openid)).map(({ template }) => template))].sort()
  const toHer = ['acceptance', 'appointment', 'claimed', 'follow_up', 'on_the_way', 'order_closed', 'payment', 'quote', 'warranty_card']
  expect(await templates(LIN)).toEqual(toHer)
  // `register`: the late call went on his record (R36).
  expect(await templates(phones.winner.openid)).toEqual(['call_reminder', 'offer', 'order_closed', 'register'])
  expect(await templates(phones.loser.openid)).toEqual(expect.arrayContaining(['offer']))
  for (const openid of [LIN, ZHOU, CHEN])
    for (const message of await city.inbox(openid)) expect(message.role).toBe(openid === LIN ? 'homeowner' : 'technician')
  const { _id } = await city.order(LIN)
  for (const message of await city.inbox(LIN)) expect(message.orderId).toBe(_id)

  await phones.lin.tapLabel('返回')
  await phones.lin.tapText('我的')
  await phones.lin.tapText('消息')
  await phones.lin.onPage('homeowner/inbox/inbox')
  for (const title of ['师傅接单了', '还好用吗', '保修卡']) await phones.lin.see(title)
  await phones.lin.screenshot('story/23-inbox')
}
