import { HomeownerPhone, Product, TechnicianPhone } from '../../support/product'
import { Repair } from '../../support/repair'
import { crew } from '../../../local/seed/crew'
import type { PhoneInHand } from '../../support/browser'
import { HOUR, type Journey, SECOND, whereIs, XU } from '../../support/journey'

/** 许先生's leaking tap, repaired through the addresses alone: what matters here is what comes after. */
export async function repairForXu(city: Journey): Promise<Repair> {
  const product = Product.of(city.workplace)
  const xu = new HomeownerPhone(product, XU, whereIs(XU))
  const filed = await xu.file()
  const [nearest = ''] = (await product.order(filed.orderId)).offeredTo
  const member = crew.find(({ staffNumber }) => nearest === `t${staffNumber}`)
  if (!member) throw new Error(`nobody in the city is ${nearest}`)
  const technician = new TechnicianPhone(product, nearest, `oDemo${member.pinyin}${member.staffNumber}`)
  const repair = await Repair.of(product, xu, [technician], filed).complete()
  await repair.close()
  return repair
}

/** R32: the questionnaire stays unanswered: staff have a call task at hour 20, and are alerted at hour 24. */
export async function nobodyAnswers(city: Journey, xu: PhoneInHand, repair: Repair): Promise<void> {
  const completedAt = (await repair.visit()).completedAt
  if (!completedAt) throw new Error('the repair is not complete')
  const hour = (hours: number, seconds = 0): Promise<unknown> =>
    city.workplace.clock.at(new Date(completedAt.getTime() + hours * HOUR + seconds * SECOND).toISOString())
  const kinds = async (): Promise<string[]> => (await city.todos(repair.orderId)).map(({ kind }) => kind).sort()
  const posts = async (): Promise<number> => (await city.staffMessages()).filter((text) => text.includes(repair.number)).length

  await xu.pullDown()
  await xu.see('待评价')
  expect((await city.inbox(XU)).map(({ template }) => template)).toContain('follow_up')

  await hour(20, -30)
  expect(await kinds()).toEqual([])
  const before = await posts()
  await hour(20, 1)
  expect(await kinds()).toEqual(['follow_up_call'])
  expect(await posts()).toBe(before + 1)
  const { text } = await city.staff('listTodos', {}, 'tian-rui')
  expect(text).toContain('回访电话')
  expect(text).toContain(repair.number)

  await hour(24, -30)
  expect(await kinds()).toEqual(['follow_up_call'])
  await hour(24, 1)
  expect(await kinds()).toEqual(['follow_up_call', 'follow_up_overdue'])
  expect(await posts()).toBe(before + 2)

  // 客服 phones and writes down what was said: the task is done, and what was missed stays on record for the manager.
  await city.staff(
    'recordFollowUpCall',
    { order: repair.number, satisfied: true, holds: true, conductProper: true, stars: 5, comment: '业主说好用' },
    'tian-rui',
  )
  await city.pause()
  expect(await kinds()).not.toContain('follow_up_call')
  await xu.pullDown()
  await xu.see(/保修到 \d{4}\.\d\d\.\d\d/)
}
