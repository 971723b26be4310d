import type { JobView, OfferView } from '../../../typings/contract'
import { arriveAt, completeStep } from '../../../miniprogram/technician/job/job-actions'
import {
  currentStep,
  doneSteps,
  isLocked,
  moneyNotice,
  openMissing,
  phaseOf,
  restOfSteps,
  stepCount,
  strokes,
} from '../../../miniprogram/technician/job/job-view'
import { chosenItems, quoteRows, roughTotal } from '../../../miniprogram/technician/components/quote-sheet/quote-rows'
import {
  creditWords,
  dutyWords,
  freshOffers,
  nearestStops,
  networkedWords,
  offerInFront,
  offerRow,
  offersTitle,
  quietWords,
  stopsOf,
} from '../../../miniprogram/pages/jobs/jobs-view'
import { PHOTOS } from '../../support/mock-answers/demo-pictures'
import {
  JOB_CHECK_OUT,
  JOB_CLOSING,
  JOB_COMPLETE,
  JOB_DOOR,
  JOB_KIT,
  JOB_QUOTE,
  JOB_WAITING,
  JOB_WORK,
} from '../../support/mock-answers/job-answers'
import { JOBS, OFFER, PRICE_BOOK } from '../../support/mock-answers/offer-answers'
import { installWx } from '../support/fake-wx'

const NOW = Date.parse('2026-11-22T05:02:00.000Z')

describe('the start page', () => {
  test('on duty, off duty, suspended', () => {
    expect(dutyWords(JOBS, NOW)).toEqual({ title: '在岗，听单中', second: '位置 2 分钟前 · 接 8 公里内的活', stale: false })
    expect(dutyWords({ ...JOBS, onDuty: false }, NOW).title).toBe('没在岗')
    expect(dutyWords({ ...JOBS, radiusMetres: 7_500 }, NOW).second).toBe('位置 2 分钟前 · 接 7.5 公里内的活')
    expect(dutyWords({ ...JOBS, suspended: '积分满 12 分，等公司通知' }, NOW)).toEqual({
      title: '暂停接单',
      second: '积分满 12 分，等公司通知',
      stale: false,
    })
  })
  test('R05 a position that has not come for a while is asked for', () => {
    expect(dutyWords({ ...JOBS, positionAt: null }, NOW)).toMatchObject({ second: '还没有您的位置', stale: true })
    const told = Date.parse(JOBS.positionAt!)
    expect(dutyWords(JOBS, told + 15 * 60_000).stale).toBe(false)
    expect(dutyWords(JOBS, told + 15 * 60_000 + 1)).toMatchObject({ second: '好一会儿没有您的位置了', stale: true })
    expect(dutyWords({ ...JOBS, positionAt: null, onDuty: false }, NOW).stale).toBe(false)
  })
  test('without an offer: what to expect, and nothing that is not so', () => {
    expect(quietWords(JOBS).title).toBe('暂时没有新单')
    expect(quietWords({ suspended: null, onDuty: false }).title).toBe('您没在岗，不会派单给您')
    expect(quietWords({ suspended: '积分满 12 分', onDuty: true }).title).toBe('停单期间不派新单')
  })
  test('R06 R46 without a network nobody listens for offers: it is said, with what brings them back', () => {
    expect(dutyWords(JOBS, NOW, false)).toEqual({ title: '没网，收不到新单', second: '您还在岗，有网了自动接着听单', stale: false })
    expect(dutyWords({ ...JOBS, onDuty: false }, NOW, false)).toMatchObject({ title: '没在岗', second: '有网了再打开开关' })
    expect(dutyWords({ ...JOBS, suspended: '积分满 12 分' }, NOW, false).title).toBe('暂停接单')
    const { duty, quiet, note } = networkedWords(JOBS, NOW, false)
    expect([duty.title, duty.second, quiet.title, quiet.second, note.text].join('')).not.toMatch(/听单中|来单会震动/)
    expect(quiet.title).toBe('没有网络，新单来不了')
    expect(networkedWords(JOBS, NOW, true).note.text).toBe('来单会震动，屏幕别锁')
  })
  test('R06 the offer under the thumb stays while it stands; after it comes the one that ends first', () => {
    const early = { ...OFFER, offerId: 'early', endsAt: '2026-11-22T05:03:00.000Z' }
    const late = { ...OFFER, offerId: 'late', endsAt: '2026-11-22T05:06:00.000Z' }
    const open = { ...OFFER, offerId: 'open', endsAt: null }
    const shown = (offers: OfferView[], shownId: string | null) => {
      const { offer, others } = offerInFront(offers, shownId)
      return [offer?.offerId, ...others.map(({ offerId }) => offerId)]
    }
    expect(shown([open, late, early], null)).toEqual(['early', 'late', 'open'])
    expect(shown([early, late], 'late')).toEqual(['late', 'early'])
    expect(shown([early, late], 'gone')).toEqual(['early', 'late'])
    expect(shown([], 'gone')).toEqual([undefined])
  })
  test('R06 of several the emergency comes first, then the one that ends first; the headline says how many', () => {
    const offers = [{ ...OFFER, offerId: 'early', endsAt: '2026-11-22T05:03:00.000Z' }, { ...OFFER, offerId: 'late', emergency: true, endsAt: '2026-11-22T05:06:00.000Z' }]
    expect(offerInFront(offers, null)).toMatchObject({ offer: { offerId: 'late' }, others: [{ offerId: 'early' }] })
    expect([1, 2].map(offersTitle)).toEqual(['来新单了', '来新单了，2 张'])
  })
  test('R06 an offer behind it says how far and where, and runs down on a ring of its own', () => {
    const near = { ...OFFER, distanceMetres: 1_200, district: '梧桐里', sentAt: '2026-11-22T05:03:00.000Z' }
    expect(offerRow({ ...near, endsAt: '2026-11-22T05:06:00.000Z' })).toMatchObject({ note: '1.2 公里 · 梧桐里', startedAt: '2026-11-22T05:03:00.000Z', endsAt: '2026-11-22T05:06:00.000Z' })
    expect(offerRow({ ...near, emergency: true, endsAt: null })).toMatchObject({ note: '紧急 · 1.2 公里 · 梧桐里', endsAt: '' })
  })
  test('R05 while a claim waits for its call, the call comes first', () => {
    expect(networkedWords({ ...JOBS, callFirst: 'o1' }, NOW, true).note).toEqual({ icon: 'phone', text: '手上那单先打完电话、记下结果，才能抢' })
    expect(networkedWords(JOBS, NOW, true).note.icon).toBe('bell')
  })
  test('R41 how often WeChat can still call', () => {
    expect(creditWords(3)).toMatchObject({ before: '微信还能叫您', count: '3', after: '次', low: true })
    expect(creditWords(9).low).toBe(false)
    expect(creditWords(0)).toMatchObject({ before: '微信叫不响您了', count: '' })
  })
  test('the phone shakes for an offer once', () => {
    expect(freshOffers(new Set(), JOBS)).toEqual(['of-1'])
    expect(freshOffers(new Set(['of-1']), JOBS)).toEqual([])
  })
  test('today’s way shows the stretch around now', () => {
    const [first] = JOBS.today
    const day = Array.from({ length: 6 }, (_, at) => ({ ...first!, orderId: String(at), doneAt: at < 4 ? first!.appointmentAt : null }))
    const stops = stopsOf(day)
    expect(nearestStops(stops).map(({ orderId }) => orderId)).toEqual(['2', '3', '4'])
    expect(nearestStops(stopsOf(day.map((job) => ({ ...job, doneAt: job.appointmentAt })))).map(({ orderId }) => orderId)).toEqual([
      '3',
      '4',
      '5',
    ])
    expect(nearestStops(stops.slice(4))).toHaveLength(2)
    expect(stops.map(({ passed }) => passed)).toEqual([true, true, true, false, false, false])
    expect(stopsOf([{ ...first!, appointmentAt: null, doneAt: null, kind: 'return' }])[0]).toMatchObject({ time: '待约', mark: '返工' })
  })
})

test('today’s way goes by the clock, and who has no time yet comes last', () => {
  const [job] = JOBS.today
  const clocks = [null, '2026-11-23T06:00:00.000Z', '2026-11-23T00:30:00.000Z']
  const stops = stopsOf(clocks.map((appointmentAt) => ({ ...job!, appointmentAt })))
  expect(stops.map(({ time }) => time)).toEqual(['8:30', '14:00', '待约'])
})

describe('where the visit stands', () => {
  test.each<[string, JobView, string, string | null]>([
    ['before setting out: the kit', JOB_KIT, 'before', 'kit'],
    ['on the way nothing is ticked', { ...JOB_KIT, steps: JOB_DOOR.steps, onTheWayAt: '2026-11-22T06:05:00.000Z' }, 'before', null],
    ['at the door: code and badge', JOB_DOOR, 'door', 'door'],
    ['at work: the running step', JOB_WORK, 'work', 'test'],
    ['all steps done: completion to be reported', JOB_COMPLETE, 'work', null],
    ['a quote at the door', JOB_QUOTE, 'work', 'door'],
    ['completed: the homeowner’s turn', JOB_WAITING, 'waiting', null],
    ['R30 something missing: back to work', { ...JOB_WORK, completedAt: '2026-11-22T07:26:00.000Z' }, 'work', 'test'],
    ['accepted: closing', JOB_CLOSING, 'closing', null],
    ['checked out', { ...JOB_CHECK_OUT, main: null }, 'done', null],
  ])('%s', (_what, job, phase, step) => {
    expect(phaseOf(job)).toBe(phase)
    expect(currentStep(job, phaseOf(job))?.id ?? null).toBe(step)
  })

  test('done, now and to come', () => {
    expect(doneSteps(JOB_WORK).map(({ title, second, thumbs }) => [title, second, thumbs.length])).toEqual([
      ['出门前点齐东西', '13:40 · 6 项都打了勾', 0],
      ['出示工牌，穿鞋套', '14:19 · 2 项都打了勾', 0],
      ['铺好保护，拍旧痕', '14:27 · 1 项都打了勾', 2],
      ['修理', '14:31–15:09', 1],
    ])
    expect(restOfSteps(JOB_WORK)).toMatchObject({ count: 2, line: '讲用法和保养 · 擦净，东西放回原处' })
    expect(strokes(JOB_WORK).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'now', 'rest', 'rest'])
    expect(stepCount(JOB_WORK)).toEqual({ now: '第 5 步', all: '共 7 步' })
    expect(stepCount(JOB_COMPLETE).now).toBe('都做好了')
  })

  test('R30 a step that is opened again is the one that is counted, not how many are done', () => {
    const steps = JOB_COMPLETE.steps.map((step, at) => (at === 4 ? { ...step, state: 'current' as const, doneAt: null } : step))
    expect(stepCount({ ...JOB_COMPLETE, steps, stepsDone: 6 }).now).toBe('第 5 步')
  })

  test('R14 after too many wrong codes only staff open the door', () => {
    const door = { ...JOB_DOOR.door, triesLeft: 0 }
    expect(isLocked(JOB_DOOR)).toBe(false)
    expect(isLocked({ ...JOB_DOOR, door })).toBe(true)
    expect(isLocked({ ...JOB_DOOR, door: { ...door, open: true } })).toBe(false)
  })

  test('R19 unpaid money is said with its figure, as long as it stands in the way', () => {
    expect(moneyNotice(JOB_KIT, 'before')).toContain('¥314.00')
    expect(moneyNotice({ ...JOB_KIT, quote: null }, 'before')).toContain('不收现金')
    expect(moneyNotice({ ...JOB_KIT, quote: null }, 'work')).toContain('动手')
    expect(moneyNotice(JOB_DOOR, 'door')).toBe('')
    expect(moneyNotice({ ...JOB_CLOSING, unpaidFen: 100 }, 'closing')).toBe('')
  })

  test('only what is still missing is listed', () =>
    expect(
      openMissing({
        ...JOB_WORK,
        missing: [
          { text: '渗水', reportedAt: 'x', doneAt: null },
          { text: '没擦', reportedAt: 'x', doneAt: 'y' },
        ],
      }),
    ).toEqual(['渗水']))
})

describe('what is sent', () => {
  const callFunction = jest.fn()
  const sheet = jest.fn()
  const answer = (data: unknown) => ({ result: { ok: true, serverNow: '2026-11-22T06:19:00.000Z', data } })
  const refusal = (error: object) => ({ result: { ok: false, serverNow: '2026-11-22T06:19:00.000Z', error } })
  const sent = () => callFunction.mock.calls.map(([{ data }]: [{ data: unknown }]) => data)
  const install = (position: object | null) =>
    installWx({
      cloud: { callFunction },
      showActionSheet: sheet,
      getLocation: ({ success, fail }: { success: (place: object) => void; fail: (error: object) => void }) =>
        position ? success(position) : fail({ errMsg: 'getLocation:fail auth deny' }),
    })
  beforeEach(() => {
    callFunction.mockReset()
    sheet.mockReset()
  })

  test('R13 checking in with a position', async () => {
    install({ longitude: 120.2, latitude: 30.25 })
    callFunction.mockResolvedValue(answer(JOB_DOOR))
    expect(await arriveAt('o-486', 'r1')).toMatchObject({ orderId: 'o-486' })
    expect(sent()).toEqual([
      { action: 'arrive', input: { orderId: 'o-486', position: { longitude: 120.2, latitude: 30.25, measuredAt: expect.any(String) as unknown } }, requestId: 'r1' },
    ])
  })

  test('R13 without a position, or too far, the server asks why: the reason goes out as another request', async () => {
    install(null)
    callFunction
      .mockResolvedValueOnce(
        refusal({ code: 'INVALID_INPUT', message: '没有定位，请写一句原因', fields: { reason: '没有定位，请写一句原因' } }),
      )
      .mockResolvedValueOnce(answer(JOB_DOOR))
    sheet.mockResolvedValue({ tapIndex: 2 })
    expect(await arriveAt('o-486', 'r1')).not.toBeNull()
    expect(sheet).toHaveBeenCalledWith(expect.objectContaining({ alertText: '没有定位，请写一句原因' }))
    expect(sent()).toEqual([
      { action: 'arrive', input: { orderId: 'o-486' }, requestId: 'r1' },
      { action: 'arrive', input: { orderId: 'o-486', reason: '在地下车库' }, requestId: 'r1-why' },
    ])
  })

  test('R13 who gives no reason is not checked in', async () => {
    install(null)
    callFunction.mockResolvedValueOnce(refusal({ code: 'INVALID_INPUT', message: '没有定位', fields: { reason: '没有定位' } }))
    sheet.mockRejectedValue({ errMsg: 'showActionSheet:fail cancel' })
    expect(await arriveAt('o-486', 'r1')).toBeNull()
    expect(sent()).toHaveLength(1)
  })

  test('R13 any other refusal is passed on', async () => {
    install(null)
    callFunction.mockResolvedValueOnce(refusal({ code: 'WRONG_STATE', message: '还没出发' }))
    await expect(arriveAt('o-486', 'r1')).rejects.toMatchObject({ code: 'WRONG_STATE' })
    expect(sheet).not.toHaveBeenCalled()
  })

  test('R48 a step sends the evidence that its standard asks for, and nothing else', async () => {
    install(null)
    callFunction.mockResolvedValue(answer(JOB_WORK))
    const draft = { ticks: ['x'], photos: [PHOTOS.water], note: ' 好了 ' }
    await completeStep(JOB_WORK, 'test', draft, 'r1')
    await completeStep(JOB_WORK, 'repair', draft, 'r2')
    await completeStep(JOB_WORK, 'explain', draft, 'r3')
    expect(sent().map((request) => (request as { input: object }).input)).toEqual([
      { orderId: 'o-486', visitNo: 1, stepId: 'test', photos: [PHOTOS.water.fileId] },
      { orderId: 'o-486', visitNo: 1, stepId: 'repair', photos: [PHOTOS.water.fileId], note: '好了' },
      { orderId: 'o-486', visitNo: 1, stepId: 'explain', ticks: ['x'] },
    ])
  })
})

describe('R17b R20 the quote at the door', () => {
  const rows = quoteRows(PRICE_BOOK.categories, 'water', OFFER.items)
  test('what was asked for stands first, filled in; the rest of the trade below', () => {
    expect(rows.map(({ name, quantity }) => [name, quantity])).toEqual([
      ['角阀', 2],
      ['换龙头', 1],
      ['找漏水点', 0],
    ])
    expect(chosenItems(rows)).toEqual([
      { code: 'valve', quantity: 2 },
      { code: 'tap', quantity: 1 },
    ])
  })
  test('an item of another trade that the order holds is not lost', () => {
    const [water] = PRICE_BOOK.categories
    const power = { ...water!, code: 'power', items: [{ ...water!.items[0]!, code: 'socket', name: '换插座' }] }
    expect(quoteRows([water!, power], 'power', OFFER.items).map(({ code }) => code)).toEqual(['valve', 'tap', 'socket'])
  })
  test('roughly, from the book’s own range', () => {
    expect(roughTotal(rows, PRICE_BOOK.categories)).toBe('¥190.00–400.00')
    expect(
      roughTotal(
        rows.map((row) => ({ ...row, quantity: 0 })),
        PRICE_BOOK.categories,
      ),
    ).toBe('')
  })
})
