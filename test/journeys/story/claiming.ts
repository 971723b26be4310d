import type { PhoneInHand } from '../../support/browser'
import { type Journey, LIN, MINUTE, SECOND } from '../../support/journey'
import { wordsOn } from './taps'

/** What pressing 抢单 leads to. The words that it is taken pass by, so they are waited for from before the tap. */
async function claim(phone: PhoneInHand): Promise<'has it' | 'taken'> {
  const outcome = phone.page.waitForFunction(() => {
    const words = document.body.innerText
    return words.includes('这单刚被另一位师傅抢走了') ? 'taken' : words.includes('照着念就行') ? 'has it' : null
  })
  await phone.tapText('抢 单')
  return (await outcome).evaluate((words) => words ?? 'taken')
}

/** R06: both press at the same moment; one has it, the other reads that it is taken. */
export async function claimTogether(
  city: Journey,
  one: PhoneInHand,
  other: PhoneInHand,
): Promise<{ winner: PhoneInHand; loser: PhoneInHand }> {
  const read = await Promise.all([claim(one), claim(other)])
  expect([...read].sort()).toEqual(['has it', 'taken'])
  const [winner, loser] = read[0] === 'has it' ? [one, other] : [other, one]
  const { offers } = await city.order(LIN)
  expect(offers).toMatchObject([{ state: winner === one ? 'claimed' : 'lost' }, { state: winner === one ? 'lost' : 'claimed' }])
  await winner.onPage('technician/call/call')
  await loser.see('暂时没有新单')
  return { winner, loser }
}

/** R10: who won does not call. Staff hear of it at five minutes; at fifteen it is dispatched again, without them. */
export async function neverCalls(city: Journey, { winner, loser, lin }: Record<'winner' | 'loser' | 'lin', PhoneInHand>): Promise<void> {
  const { _id, offers } = await city.order(LIN)
  const claimedAt = offers.find(({ state }) => state === 'claimed')?.endedAt
  if (!claimedAt) throw new Error('nobody has claimed')
  const minutesAfter = (minutes: number): Promise<unknown> =>
    city.workplace.clock.at(new Date(claimedAt.getTime() + minutes * MINUTE + SECOND).toISOString())

  await minutesAfter(4)
  expect((await city.inbox(winner.openid))[0]).toMatchObject({ template: 'call_reminder' })
  expect(await city.todos(_id)).toEqual([])

  await minutesAfter(5)
  expect(await city.todos(_id)).toMatchObject([{ kind: 'late_call' }])
  const [alert] = await city.staffMessages()
  expect(alert).toContain((await city.order(LIN)).number)
  expect(await city.workplace.db('violations', { orderId: _id })).toMatchObject([{ kind: 'late_call', rule: 'R10' }])
  await winner.pullDown()
  await winner.see(/超过 5 分钟|过了 5 分钟/)
  await winner.screenshot('story/05-late-call')

  await minutesAfter(15)
  const again = await city.order(LIN)
  expect(again).toMatchObject({ status: 'dispatching', dispatch: { wave: 1 } })
  const loserId = `t${loser.openid.slice(-4)}`
  expect(again.offeredTo).toContain(loserId)
  expect(again.offeredTo).toHaveLength(2)
  expect(again.offeredTo).not.toContain(`t${winner.openid.slice(-4)}`)
  await winner.pullDown()
  await winner.see(/不在您手上|没有这张|没找到|找不到/)
  await lin.pullDown()
  await lin.see('正在找师傅')
  await lin.see(/没有及时跟您定下时间，换人重新派单/)
}

/** R10, R11: the next one claims, says the opening words, dials from the app and writes down the agreed time. */
export async function callAndAgree(city: Journey, technician: PhoneInHand, time: string, kind: 'repair' | 'return'): Promise<void> {
  await technician.see('照着念就行')
  const words = await wordsOn(technician)
  expect(words).toContain('林女士，您好！')
  expect(words).toContain(`工号${technician.openid.slice(-4)}`)
  expect(words).toContain(kind === 'repair' ? '您报修水龙头漏水' : '没让您满意，对不住')
  await technician.screenshot(`story/06-call-${kind}`)
  await technician.tapText(/^拨打 138/)
  await technician.tapText('呼叫 13800006621')
  await technician.see(/^再拨 138/)
  await technician.tapText('约好了')
  await technician.see('约几点上门？')
  await technician.tapText(time)
  await technician.tapText(`就约 今天 ${time}`)
  await technician.tapText('约好了')
  await technician.tapText('对的')
  await technician.onPage('technician/job/job')
  await technician.see(`今天 ${time} 上门`)
  expect(await city.order(LIN)).toMatchObject({ status: 'scheduled' })
}
