/** The whole story of the main job through the addresses of the workplace alone (issue 2, §8): a dripping tap, from the homeowner's phone to the follow-up. */
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { TimelineLine } from '../../typings/contract'
import { north } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

const product = withProduct({ timer: true, env: { FUNCTION_CONCURRENCY: '2' } })
jest.setTimeout(120_000)

const texts = (timeline: readonly TimelineLine[]) => [...timeline].reverse().map((line) => line.text)

test('a dripping tap, from filing to a satisfied customer, told by every inbox and the timeline', async () => {
  const home = product.area()
  // A nearer one lacks the skill, another is off duty; two are the nearest who may come, a third is further away.
  const [, , winner, loser, third] = await Promise.all([
    product.technician(north(home, 0.4), { skills: ['electrical'] }),
    product.technician(north(home, 0.9), { onDuty: false, position: null, positionAt: null }),
    product.technician(north(home, 1.2), { name: '周国平' }),
    product.technician(north(home, 1.8), { name: '陈立' }),
    product.technician(north(home, 3), { name: '吴海' }),
  ])
  const homeowner = product.homeowner(home)
  await homeowner.allow('claimed', 'appointment', 'follow_up', 'quote')
  await winner.allow('offer', 'call_reminder')

  // Filed with a photo: exactly the two nearest are asked (R05), and it is priced at once (R17a).
  const draft = 'draft-story-0001'
  const photo = await homeowner.upload('filing', draft)
  const { orderId, number } = await homeowner.file({ photos: [photo] }, draft)
  expect(number).toMatch(/^SF0107-\d{4}$/)
  expect((await product.order(orderId)).offeredTo.sort()).toEqual([winner.id, loser.id].sort())
  expect(await homeowner.do('getOrder', { orderId })).toMatchObject({ state: { word: '派单中' }, quote: { totalFen: 31_400, state: 'sent' }, photos: [{ fileId: expect.stringContaining('/kept/') as unknown, url: expect.stringMatching(/^http/) }] })
  expect((await third.do('openJobs', {})).offers).toEqual([])
  const offer = await winner.do('seeOffer', { orderId })
  expect(JSON.stringify(offer)).not.toMatch(/林晓|13800006621|6 幢|2 单元/)

  // Both press claim at the same moment: one gets it, the other reads that it is taken (R06).
  const [one, other] = await Promise.all([winner.call('claimOffer', { orderId }), loser.call('claimOffer', { orderId })])
  const answers = [one, other]
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(answers.filter((answer) => !answer.ok && answer.error.code === 'TAKEN')).toHaveLength(1)
  const [has, lost] = one.ok ? [winner, loser] : [loser, winner]
  expect(await homeowner.titles()).toContain('师傅接单了')

  // Who won does not call: reminded at 4:00, staff alerted at 5:00, taken back at 15:00 and dispatched again without them (R10).
  await product.advance(4 * MINUTE)
  expect(await has.titles()).toContain('该打电话了')
  await product.advance(MINUTE)
  expect(await product.todos(orderId)).toEqual([])
  await product.advance(SECOND)
  expect(await product.todos(orderId)).toEqual(['late_call'])
  expect(await product.violations(orderId)).toMatchObject([{ technicianId: has.id, kind: 'late_call', rule: 'R10' }])
  await product.advance(10 * MINUTE)
  const again = await product.order(orderId)
  expect(again).toMatchObject({ status: 'dispatching', dispatch: { wave: 1, excluded: [has.id] } })
  expect(again.offeredTo.sort()).toEqual([lost.id, third.id].sort())
  expect(await has.refused('getJob', { orderId })).toMatchObject({ code: 'NOT_FOUND' })
  expect((await has.document()).claim).toBeNull()

  // The next one claims, calls and agrees a time (R10, R11).
  await lost.do('claimOffer', { orderId })
  const dialled = await lost.do('dial', { orderId })
  expect(dialled.phone).toBe('13800006621')
  expect(dialled.job.call?.words.join('')).toContain('【林女士】')
  const at = new Date((await product.now()).getTime() + 3 * HOUR)
  await lost.do('recordCall', { orderId, outcome: 'agreed', at: at.toISOString() })
  expect(await homeowner.do('getOrder', { orderId })).toMatchObject({ appointment: { at: at.toISOString() }, doorCode: null })

  // An unpaid order cannot be set out for; the quote is confirmed and paid (R17a, R19, R23).
  const repair = Repair.of(product, homeowner, [lost], { orderId, number })
  await repair.steps(['before_setting_out'])
  expect(await lost.refused('setOut', { orderId })).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED' })
  await homeowner.do('confirmQuote', { orderId, quoteVersion: 1 })
  expect(await lost.refused('setOut', { orderId })).toMatchObject({ code: 'UNPAID' })
  const { outTradeNo, params } = await homeowner.do('startPayment', { orderId, stageId: 'S1' })
  expect(await product.workplace.post('/__pay/verify', params, homeowner.openid)).toMatchObject({ outTradeNo, total: 31_400 })
  await product.workplace.pay(outTradeNo, { result: 'SUCCESS', notify: 'once' })
  expect(await homeowner.do('getOrder', { orderId })).toMatchObject({ stages: [{ id: 'S1', state: 'paid', amountFen: 31_400 }], doorCode: expect.stringMatching(/^\d{4}$/) as unknown })

  // Arrives ten minutes early, enters the code, works through the list; the test run cannot be shortened (R13, R14, R28).
  await product.moveTo(new Date(at.getTime() - 40 * MINUTE))
  await lost.do('setOut', { orderId })
  await product.moveTo(new Date(at.getTime() - 10 * MINUTE))
  await repair.arrive()
  expect((await product.order(orderId)).visits[0]?.arrival?.punctuality).toBe('early')
  await repair.openDoor()
  await repair.steps(['at_door'])
  const { visitNo, steps } = await repair.job()
  for (const step of steps.filter((each) => each.phase === 'work' && each.state !== 'done')) {
    if (step.id === 'test') {
      const photos = [await lost.upload('step', orderId)]
      expect(await lost.refused('completeStep', { orderId, visitNo, stepId: 'test', photos })).toMatchObject({ code: 'STEP_NOT_READY' })
      await lost.do('startStep', { orderId, visitNo, stepId: 'test' })
      await product.advance(119 * SECOND)
      expect(await lost.refused('completeStep', { orderId, visitNo, stepId: 'test', photos })).toMatchObject({ code: 'TOO_EARLY' })
      await product.advance(SECOND)
      await lost.do('completeStep', { orderId, visitNo, stepId: 'test', photos })
      continue
    }
    const photos = await Promise.all(Array.from({ length: step.photos?.min ?? 0 }, () => lost.upload('step', orderId)))
    await lost.do('completeStep', { orderId, visitNo, stepId: step.id, ticks: step.ticks.map((tick) => tick.id), photos })
  }
  await lost.do('reportCompletion', { orderId, visitNo, findings: '角阀也旧了', advice: '一年内换掉' })
  const completedAt = await product.now()

  // Accepted, card signed on both sides, old parts handed over, checked out, stars given (R30, R31).
  const closed = await repair.close()
  expect(closed).toMatchObject({ status: 'in_warranty', card: { months: 24, paidFen: 31_400, valid: true, homeowner: { name: '林**' } } })
  const code = closed.card?.code ?? ''
  expect(await product.homeowner().do('verifyCode', { code })).toMatchObject({ kind: 'card', genuine: true, card: { homeowner: { signature: null } } })
  await homeowner.do('rateVisit', { orderId, visitNo: 1, stars: 4, tags: ['准时'], comment: '挺好' })
  expect((await lost.document()).stars).toBe(4)
  expect((await lost.document()).jobs).toBe(1)

  // Two hours later the questionnaire asks; not satisfied, the same technician please: a free return visit is opened (R32, R33).
  await product.moveTo(new Date(completedAt.getTime() + 2 * HOUR))
  expect(await product.find('messages', { openid: homeowner.openid, title: '还好用吗' })).toMatchObject([{ delivery: 'sent' }])
  await homeowner.do('answerFollowUp', { orderId, visitNo: 1, satisfied: false, answers: { holds: false, clean: true, overcharged: false }, conductProper: true, stars: 3, comment: '又开始滴了', choice: 'same' })
  const opened = await product.order(orderId)
  expect(opened).toMatchObject({ status: 'dispatching', offeredTo: [lost.id] })
  expect(opened.visits).toHaveLength(2)

  await repair.claim()
  await repair.agree()
  await repair.work()
  const secondDone = await product.now()
  const resting = await repair.close()
  expect(resting.status).toBe('in_warranty')
  expect(resting.stages).toHaveLength(1)

  // Followed up, and it rests in its warranty.
  await product.moveTo(new Date(secondDone.getTime() + 2 * HOUR))
  await homeowner.do('answerFollowUp', { orderId, visitNo: 2, satisfied: true, answers: { holds: true, clean: true, overcharged: false }, conductProper: true, stars: 5, comment: '' })
  const end = await homeowner.do('getOrder', { orderId })
  expect(end).toMatchObject({ status: 'in_warranty', followUp: { visitNo: 2, answer: { satisfied: true } } })

  // The timeline tells all of it (R38), and staff can read it.
  const told = texts(end.timeline).join('\n')
  for (const part of ['收到报修', '第 1 轮：请了', '接单', '没有按时拨出电话', '换人重新派单', '给您打电话', '约好', '您确认了报价', '付款 ¥314.00', '出发了', '到了，比约定早', '口令对上了', '试用 2 分钟：做好了', '报完工', '您验收了', '在保修卡上签字', '旧件', '点清工具', '您打了 4 分', '开始保修', '请您说说还好用吗', '回访：不满意', '免费再上门', '返工：还请原来的师傅', '回访：满意']) {
    expect(told).toContain(part)
  }
  // To the technician it speaks of the homeowner, not to them.
  const job = await lost.do('getJob', { orderId })
  expect(texts(job.timeline).join('\n')).toMatch(/离业主 [\d.]+ 公里[^]*给业主打电话/)
  expect(texts(job.timeline).filter((line) => line.includes('您'))).toEqual([])
  const shown = await product.staffDo<{ text: string }>('showOrder', { order: number })
  expect(JSON.stringify(shown)).toContain('免费再上门')
  expect(await product.todos(orderId)).toEqual([])
})

test('R32 a questionnaire that stays unanswered: call task at hour 20, alert at 24', async () => {
  const repair = await Repair.file(product)
  await repair.complete()
  const completedAt = await product.now()
  await repair.close()
  const hour20 = new Date(completedAt.getTime() + 20 * HOUR)
  const { orderId } = repair
  const due = (await repair.order()).deadlines.find((deadline) => deadline.id === 'follow_up.call_task')?.dueAt
  await product.moveTo(due ?? hour20)
  expect(await product.todos(orderId)).toEqual([])
  await product.advance(SECOND)
  expect(await product.todos(orderId)).toEqual(['follow_up_call'])
  await product.moveTo(new Date(completedAt.getTime() + 24 * HOUR))
  expect(await product.todos(orderId)).toEqual(['follow_up_call'])
  await product.advance(SECOND)
  expect(await product.todos(orderId)).toEqual(['follow_up_call', 'follow_up_overdue'])
  const robot = (await product.workplace.messages('staff')).map((message) => JSON.stringify(message.data)).join('\n')
  expect(robot).toContain('完工 24 小时没有回访')
})
