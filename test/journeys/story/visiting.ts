import type { PhoneInHand } from '../../support/browser'
import { type Journey, LIN, MINUTE, picture, SECOND } from '../../support/journey'
import { allowPermission, rideTo, wordsOn } from './taps'

type Picture = Parameters<typeof picture>[0]

interface Evidence {
  photo?: { button: string; name: Picture }
  note?: { label: string; text: string }
}

/** One step of the checklist: every tick, the photo, the note; then it is done (R28, R48). */
export async function doStep(
  technician: PhoneInHand,
  title: string,
  ticks: readonly string[],
  { photo, note }: Evidence = {},
): Promise<void> {
  await technician.see(title)
  if (ticks.length > 0) await technician.see(`还有 ${ticks.length} 项没打勾`)
  for (const tick of ticks) await technician.tapText(tick)
  if (photo) await technician.chooseFiles([picture(photo.name)], () => technician.tapText(photo.button, { which: 'last' }))
  if (note) await technician.type(note.label, note.text)
  const before = await stepsDone(technician)
  await technician.tapText('这步做好了')
  await technician.page.waitForFunction((count) => {
    const data = window.__phone?.currentPage()?.data as { job?: { stepsDone: number } } | undefined
    return (data?.job?.stepsDone ?? 0) > count
  }, before)
}

const stepsDone = (technician: PhoneInHand): Promise<number> =>
  technician.control((phone) => (phone.currentPage()?.data as { job?: { stepsDone: number } } | undefined)?.job?.stepsDone ?? 0)

const KIT = ['工牌', '公司手册', '鞋套', '保护垫', '抹布', '本单的材料和工具']

/** R24 */
export const packKit = (technician: PhoneInHand): Promise<void> => doStep(technician, '出门前点齐东西', KIT)

/** R13: sets out, and is there twelve minutes early. */
export async function ride(city: Journey, technician: PhoneInHand, kind: 'repair' | 'return'): Promise<void> {
  const at = (await city.order(LIN)).visits.at(-1)?.appointmentAt
  if (!at) throw new Error('no time was agreed')
  await city.workplace.clock.at(new Date(at.getTime() - 35 * MINUTE).toISOString())
  await technician.pullDown()
  await technician.tapText('出发')
  await technician.see('到了，签到')
  await city.workplace.clock.at(new Date(at.getTime() - 12 * MINUTE).toISOString())
  expect((await city.reached(LIN))[0]).toBe('on_the_way')
  await rideTo(technician, LIN)
  await technician.tapText('到了，签到')
  // WeChat asks once for the position, and remembers.
  if (kind === 'repair') await allowPermission(technician, '使用您的位置')
  await technician.see('业主念，您按。对上了才是这家，才进门')
  expect((await city.order(LIN)).visits.at(-1)?.arrival).toMatchObject({ punctuality: 'early' })
}

/** R14: in by the code that the homeowner reads out from their own phone; a wrong one keeps the door shut. */
export async function enterByCode(
  { technician, lin }: Record<'technician' | 'lin', PhoneInHand>,
  kind: 'repair' | 'return',
): Promise<void> {
  await lin.pullDown()
  await lin.see('请把四位口令念给师傅')
  await lin.screenshot(`story/11-door-code-${kind}`)
  const code =
    /开门口令[^\d]*(\d[\d\s]*)/
      .exec(await wordsOn(lin))?.[1]
      ?.replace(/\s/g, '')
      .slice(0, 4) ?? ''
  expect(code).toMatch(/^\d{4}$/)
  if (kind === 'repair') {
    await technician.type('口令', code === '0000' ? '0001' : '0000')
    await technician.tapText('对口令')
    await technician.see('口令不对，还能试 4 次')
    await technician.screenshot('story/12-wrong-code')
  }
  await technician.type('口令', code)
  await technician.tapText('对口令')
  await technician.see('上门作业')
}

/** R28: the checklist with its photos; the two minutes of the test run cannot be shortened. */
export async function work(city: Journey, technician: PhoneInHand, kind: 'repair' | 'return'): Promise<void> {
  await doStep(technician, '出示工牌，穿鞋套', ['工牌给业主看过', '鞋套穿好了'])
  await doStep(
    technician,
    '铺好保护，拍旧痕',
    ['请业主收好贵重、易碎的东西', '要挪的东西业主同意了', '地面、墙边、软装盖好了', '工具放在垫子上'],
    {
      photo: { button: '修之前、旧痕', name: 'covered-floor' },
    },
  )
  if (kind === 'return') await doStep(technician, '听业主说哪里不对', [], { note: { label: '业主说的', text: '拧到底还是一秒一滴' } })
  await doStep(technician, kind === 'return' ? '重新修好' : '修理', [], { photo: { button: '修好以后', name: 'new-tap' } })
  await testRun(city, technician)
  await doStep(technician, '讲用法和保养', ['当面演示过了', '讲了怎么保养'])
  await technician.screenshot(`story/14-checklist-${kind}`)
  await doStep(technician, '擦净，东西放回原处', ['擦干净了', '挪过的东西放回去了', '垃圾带走'], {
    photo: { button: '收拾好以后', name: 'clean-sink' },
  })
}

/** A photo that the page did not take. */
async function uploadEvidence({ workplace }: Journey, orderId: string, openid: string): Promise<string> {
  const event = { action: 'grantUploads', input: { purpose: 'step', subject: orderId, files: [{ extension: 'jpg', bytes: 3 }] } }
  const answer = await workplace.invoke<{ data: { grants: { cloudPath: string }[] } }>('technician', event, openid)
  return workplace.upload(answer.data.grants[0]!.cloudPath, 'jpg', openid)
}

async function testRun(city: Journey, technician: PhoneInHand): Promise<void> {
  const { _id: orderId, visits } = await city.order(LIN)
  const visitNo = visits.length
  await technician.tapText('开始计时')
  await technician.notSee('开始计时')
  await technician.chooseFiles([picture('running-water')], () => technician.tapText('试用时', { which: 'last' }))
  await technician.see(/^还差 [12]:\d\d$/)
  await technician.screenshot('story/13-test-run')
  // Neither the button nor a call past the page makes it shorter.
  await technician.tapText(/^还差 [12]:\d\d$/)
  await city.advance(60 * SECOND)
  await technician.see(/^还差 0:\d\d$/)
  const photos = [await uploadEvidence(city, orderId, technician.openid)]
  const early = await city.workplace.invoke<{ ok: boolean; error?: { code: string } }>(
    'technician',
    { action: 'completeStep', input: { orderId, visitNo, stepId: 'test', photos }, requestId: `too-early-test-run-${visitNo}` },
    technician.openid,
  )
  expect(early).toMatchObject({ ok: false, error: { code: 'TOO_EARLY' } })
  expect((await city.order(LIN)).visits.at(-1)?.steps.find(({ id }) => id === 'test')).toMatchObject({ doneAt: null })
  await city.advance(60 * SECOND)
  await technician.tapText('这步做好了')
  await technician.see('讲用法和保养')
}
