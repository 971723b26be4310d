/** Stars, questionnaire, free return visits (R31–R33, R54), through the functions. */
import { DAY, HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import { Repair } from '../support/repair'
import { repairAt } from '../support/repair-copies'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

const GOOD = { satisfied: true, answers: { holds: true, clean: true, overcharged: false }, conductProper: true, stars: 5, comment: '' }
const BAD = { satisfied: false, answers: { holds: false, clean: true, overcharged: false }, conductProper: true, stars: 3, comment: '又滴了' }

/** Done, closed, and the questionnaire sent. */
const asked = async (near = 1) => {
  const repair = await repairAt(product, 'closed', near)
  const { completedAt } = await repair.visit()
  await product.moveTo(new Date(completedAt!.getTime() + 2 * HOUR))
  return { repair, completedAt: completedAt!, orderId: repair.orderId, homeowner: repair.homeowner, technician: repair.technician, answer: (change: object = {}) => repair.homeowner.do('answerFollowUp', { orderId: repair.orderId, visitNo: 1, ...BAD, ...change }) }
}

test('R31 stars once per visit, changeable for seven days; the technician’s figure is the mean to 0.1', async () => {
  const unfinished = await Repair.file(product, { near: 1 })
  expect(await unfinished.homeowner.refused('rateVisit', { orderId: unfinished.orderId, visitNo: 1, stars: 5, tags: [], comment: '' })).toMatchObject({ code: 'WRONG_STATE' })
  const repair = await repairAt(product, 'closed')
  const rate = (stars: number, tags: string[] = []) => repair.homeowner.call('rateVisit', { orderId: repair.orderId, visitNo: 1, stars, tags, comment: '' })
  expect(await rate(4, ['准时'])).toMatchObject({ ok: true })
  expect((await repair.technician.document()).stars).toBe(4)
  await product.put('ratings', { _id: `earlier:${repair.orderId}`, technicianId: repair.technician.id, stars: 5, at: new Date('2026-01-01T00:00:00Z'), changedAt: new Date('2026-01-01T00:00:00Z') })
  await product.advance(6 * DAY)
  expect(await rate(3)).toMatchObject({ ok: true })
  expect((await repair.technician.document()).stars).toBe(4)
  expect(await product.find('ratings', { technicianId: repair.technician.id })).toHaveLength(2)
  await product.advance(DAY + SECOND)
  expect(await rate(5)).toMatchObject({ ok: false, error: { code: 'WRONG_STATE', message: expect.stringContaining('7 天') as unknown } })
  expect(await rate(5, ['不存在的标签'])).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { tags: expect.any(String) as unknown } } })
})

test('R54 a comment that WeChat finds risky is refused and nothing is kept; when it cannot be asked staff look at it', async () => {
  const { homeowner, orderId } = await asked()
  const rate = (comment: string) => homeowner.call('rateVisit', { orderId, visitNo: 1, stars: 5, tags: [], comment })
  expect(await rate('这师傅是王八蛋')).toMatchObject({ ok: false, error: { code: 'CONTENT_REFUSED', fields: { comment: expect.any(String) as unknown } } })
  expect((await product.order(orderId)).visits[0]?.rating).toBeNull()
  await product.workplace.post('/__openapi/answers', { api: 'security.msgSecCheck', openid: homeowner.openid, errcode: -1, times: 1 })
  expect(await rate('挺好的')).toMatchObject({ ok: true })
  expect(await product.todos(orderId)).toContain('content_review')
})

test('R32 two hours after completion, not a second before; answered once', async () => {
  const repair = await repairAt(product, 'closed')
  const completedAt = (await repair.visit()).completedAt!.getTime()
  const titles = async () => (await repair.homeowner.titles()).filter((title) => title === '还好用吗').length
  await product.moveTo(new Date(completedAt + 2 * HOUR - SECOND))
  expect(await titles()).toBe(0)
  await product.moveTo(new Date(completedAt + 2 * HOUR))
  expect(await titles()).toBe(1)
  const { orderId, homeowner } = repair
  await homeowner.do('answerFollowUp', { orderId, visitNo: 1, ...GOOD })
  expect(await homeowner.refused('answerFollowUp', { orderId, visitNo: 1, ...BAD })).toMatchObject({ code: 'WRONG_STATE' })
  await product.moveTo(new Date(completedAt + 25 * HOUR))
  expect(await product.todos(orderId, false)).toEqual([])
})

test('R32 done Monday 09:00: the call task is made at 20:00 that evening, an hour before closing', async () => {
  const now = await product.now()
  const shanghaiNine = new Date(Math.ceil((now.getTime() - HOUR) / DAY) * DAY + HOUR)
  await product.moveTo(new Date(shanghaiNine.getTime() - 30 * MINUTE))
  const repair = await Repair.file(product, { near: 1 })
  await repair.complete()
  const completed = (await product.now()).getTime()
  const due = (await repair.order()).deadlines.find((deadline) => deadline.id === 'follow_up.call_task')!.dueAt
  expect(due).toEqual(new Date(shanghaiNine.getTime() + 11 * HOUR))
  await product.moveTo(new Date(due.getTime() + SECOND))
  expect(await product.todos(repair.orderId)).toEqual(['follow_up_call', 'unreachable'])
  // Staff phone within the 24 hours: no alert, and what they were told counts.
  await product.staffDo('recordFollowUpCall', { order: repair.number, satisfied: true, holds: true, conductProper: true, stars: 5, comment: '业主说好用' }, { operator: 'tian-rui' })
  expect(await product.todos(repair.orderId)).toEqual([])
  await product.moveTo(new Date(completed + 25 * HOUR))
  expect(await product.todos(repair.orderId, false)).toEqual(['follow_up_call', 'unreachable'])
  expect(await repair.told()).toContain('follow_up_called')
})

test('R33 not satisfied, the same technician: theirs alone for 30 min, then R05 without them', async () => {
  const one = await asked(1)
  const other = await product.technician(north(one.repair.homeowner.home, 2))
  const view = await one.answer({ choice: 'same' })
  expect(view).toMatchObject({ status: 'dispatching', visits: [{}, { kind: 'return' }] })
  expect((await product.order(one.orderId)).offeredTo).toEqual([one.technician.id])
  await product.advance(30 * MINUTE - SECOND)
  expect((await product.order(one.orderId)).offeredTo).toEqual([one.technician.id])
  await product.advance(SECOND)
  expect((await product.order(one.orderId)).offeredTo).toEqual([other.id])
  expect(await one.technician.refused('claimOffer', { orderId: one.orderId })).toMatchObject({ code: 'OFFER_OVER' })
})

test('R33 another technician: not the one who was there', async () => {
  const one = await asked(2)
  await one.answer({ choice: 'another' })
  expect((await product.order(one.orderId)).offeredTo).toEqual([one.repair.technicians[1]!.id])
})

test('R33 no choice: asked at once, staff phone after two hours and choose for them', async () => {
  const one = await asked()
  const view = await one.answer()
  expect(view.returnChoice).toMatchObject({ visitNo: 2, technician: { id: one.technician.id } })
  expect(await one.homeowner.titles()).toContain('免费再上门')
  await product.advance(2 * HOUR)
  expect(await product.todos(one.orderId)).toEqual([])
  await product.advance(SECOND)
  expect(await product.todos(one.orderId)).toEqual(['return_choice'])
  await product.staffDo('chooseReturnFor', { order: one.repair.number, choice: 'same' }, { operator: 'tian-rui' })
  expect(await product.todos(one.orderId)).toEqual([])
  expect((await product.order(one.orderId)).offeredTo).toEqual([one.technician.id])
})

test('R33 “call me” goes to customer service at once; choosing in the app settles it', async () => {
  const one = await asked()
  await one.answer({ choice: 'call_me' })
  expect(await product.todos(one.orderId)).toEqual(['call_me'])
  await one.homeowner.do('chooseReturn', { orderId: one.orderId, visitNo: 2, choice: 'same' })
  expect(await product.todos(one.orderId)).toEqual([])
})

test('R33 two stars open a return visit once; changed stars open no second one', async () => {
  const one = await asked()
  const rate = (stars: number) => one.homeowner.do('rateVisit', { orderId: one.orderId, visitNo: 1, stars, tags: [], comment: '' })
  await rate(2)
  expect((await product.order(one.orderId)).visits).toHaveLength(2)
  await rate(1)
  await rate(2)
  expect((await product.order(one.orderId)).visits).toHaveLength(2)
})

test('R33 the return visit is free, has its own door code, acceptance and follow-up, again and again until satisfied', async () => {
  const one = await asked()
  const { repair, orderId, homeowner, technician } = one
  await one.answer({ choice: 'same' })
  for (const no of [2, 3]) {
    await repair.claim()
    await repair.agree()
    expect(await technician.refused('sendQuote', { orderId, items: [{ code: 'tap-replace', quantity: 1 }] })).toMatchObject({ code: 'WRONG_STATE' })
    await repair.work()
    const done = (await product.now()).getTime()
    expect((await repair.close()).status).toBe('in_warranty')
    await product.moveTo(new Date(done + 2 * HOUR))
    await product.byDay()
    await homeowner.do('answerFollowUp', { orderId, visitNo: no, ...(no === 2 ? { ...BAD, choice: 'same' as const } : GOOD) })
  }
  const order = await product.order(orderId)
  expect(order.visits.map((visit) => [visit.kind, visit.state])).toEqual([['repair', 'closed'], ['return', 'closed'], ['return', 'closed']])
  expect(order.stages).toHaveLength(1)
  expect(order.quotes).toHaveLength(1)
  expect(await product.todos(orderId)).toEqual(['return_owner'])
  expect(await technician.document()).toMatchObject({ jobs: 3 })
})

test('R33 “not needed any more”: the return visit alone is cancelled, the order rests in its warranty', async () => {
  const one = await asked()
  await one.answer({ choice: 'same' })
  expect(await one.homeowner.do('previewCancel', { orderId: one.orderId })).toMatchObject({ settledFen: 0, refundedFen: 0, sentence: expect.stringContaining('保修照旧') as unknown })
  await one.homeowner.do('cancelOrder', { orderId: one.orderId, reason: '又不滴了' })
  expect(await product.order(one.orderId)).toMatchObject({ status: 'in_warranty', stages: [{ state: 'paid' }], offeredTo: [] })
})

test('R36 conduct that was not proper goes to customer service', async () => {
  const one = await asked()
  await one.answer({ ...GOOD, conductProper: false, comment: '抽烟了' })
  expect(await product.todos(one.orderId)).toEqual(['conduct_report'])
})

test('R40 who did an earlier visit keeps their own list, and sees nothing of the next one', async () => {
  const one = await asked(2)
  await one.answer({ choice: 'another' })
  const next = one.repair.technicians[1]!
  await next.do('claimOffer', { orderId: one.orderId })
  expect((await one.technician.do('listJobs', { filter: 'done' })).jobs.map((job) => job.orderId)).toContain(one.orderId)
  const past = await one.technician.do('getJob', { orderId: one.orderId })
  expect(past).toMatchObject({ visitNo: 1, main: null })
  expect(JSON.stringify(past)).not.toContain(next.id)
  for (const [action, input] of [['dial', {}], ['setOut', {}], ['giveBack', { reason: '不是我的' }]] as const) {
    expect(await one.technician.refused(action, { orderId: one.orderId, ...input } as never)).toMatchObject({ code: 'NOT_FOUND' })
  }
})
