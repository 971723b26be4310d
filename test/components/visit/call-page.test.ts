import { callClock } from '../../../miniprogram/technician/call/call-clock'
import { appointmentDays, openingDay } from '../../../miniprogram/technician/call/appointment-times'
import { check, checksOf, correctionsOf, EMPTY_NOTES, stillGood } from '../../../miniprogram/technician/call/corrections'
import { mainPoints, wordLines, wordPieces } from '../../../miniprogram/technician/call/opening-words'
import { JOB } from '../../support/mock-answers/job-answers'

const CLAIMED = Date.parse('2026-11-22T05:04:00.000Z')
const minutes = (count: number) => CLAIMED + count * 60_000

const RETRY = { retryAt: '2026-11-22T05:17:10.000Z', retryUntil: '2026-11-22T05:22:10.000Z' }

describe('R10 the clock of the call', () => {
  const call = JOB.call!
  const dialled = { ...call, dialledAt: '2026-11-22T05:07:10.000Z', attempts: 1 }
  test.each<[string, typeof call, boolean, number, object]>([
    [
      'at once: five minutes to dial',
      call,
      false,
      minutes(0),
      { endsAt: minutes(5), until: '13:09 前', note: '拨出就算数', urgent: false },
    ],
    ['a millisecond before five', call, false, minutes(5) - 1, { endsAt: minutes(5), urgent: false }],
    [
      'at five: late, and ten more before it is taken back',
      call,
      false,
      minutes(5),
      { endsAt: minutes(15), until: '13:19 前', urgent: true },
    ],
    ['at fifteen: nothing runs any more', call, false, minutes(15), { endsAt: null, urgent: true }],
    [
      'dialled: the outcome is due by fifteen',
      dialled,
      true,
      minutes(4),
      { endsAt: minutes(15), sentence: '13:07 拨出去了。打完选一个结果', urgent: false },
    ],
    [
      'no answer: until the next try',
      { ...dialled, ...RETRY },
      false,
      minutes(6),
      { endsAt: Date.parse('2026-11-22T05:17:10.000Z'), until: '13:17 再打' },
    ],
    [
      'R10 the next try is due: its five minutes run, and it is said until when',
      { ...dialled, ...RETRY },
      false,
      minutes(14),
      { startsAt: Date.parse(RETRY.retryAt), endsAt: Date.parse(RETRY.retryUntil), sentence: '到点了，请再打一次', until: '13:22 前', note: '拨出就算数', urgent: false },
    ],
    ['R10 the five minutes of a retry have passed', { ...dialled, ...RETRY }, false, minutes(19), { endsAt: null, sentence: '该再打了，请马上打', urgent: true }],
    ['R10 and the server has put them away', { ...dialled, ...RETRY, retryUntil: null }, false, minutes(20), { endsAt: null, sentence: '该再打了，请马上打', urgent: true }],
    ['dialled a second time: no take-back runs', { ...dialled, attempts: 2 }, true, minutes(40), { endsAt: null, urgent: false }],
    ['three times no answer', { ...dialled, outcome: 'no_answer' }, false, minutes(33), { endsAt: null, sentence: '三次没人接' }],
    ['wrong number', { ...dialled, outcome: 'wrong_number' }, false, minutes(6), { sentence: '客服在核对号码' }],
    ['agreed', { ...dialled, outcome: 'agreed' }, false, minutes(6), { sentence: '电话打好了', endsAt: null }],
    ['R13 the money is missing and the clock stands still', { ...dialled, outcome: 'agreed' }, true, minutes(90), { sentence: '业主还没付款，可以打电话另约' }],
    ['R13 paid late: agree anew, without the five minutes', { ...call, why: 'paid', dueAt: null }, false, minutes(6), { endsAt: minutes(15), sentence: '业主付款了，请打给业主约时间', urgent: false }],
    ['R45 the parts have come', { ...call, why: 'parts', dueAt: null }, false, minutes(0), { endsAt: minutes(15), sentence: '配件到了，请打给业主约时间' }],
    ['R07 assigned by hand', { ...call, why: 'assigned' }, false, minutes(0), { sentence: '调度派给您。请在 5 分钟内打给业主' }],
  ])('%s', (_what, state, canRecord, now, clock) => expect(callClock(state, canRecord, now, JOB.figures)).toMatchObject(clock))
})

describe('R10 the words to say', () => {
  test('what must not be got wrong is stressed', () => {
    expect(wordPieces('我是师服到的【周国平】，工号【0317】。').map(({ text, strong }) => (strong ? `*${text}*` : text))).toEqual([
      '我是师服到的',
      '*周国平*',
      '，工号',
      '*0317*',
      '。',
    ])
    expect(wordPieces('【】没有要点【')).toEqual([{ at: 2, text: '没有要点【', strong: false }])
    expect(new Set(wordPieces('【啊】【啊】').map(({ at }) => at)).size).toBe(2)
  })
  test('the points alone', () => {
    expect(mainPoints(['【林女士】，您好！', '好。', '您报修【漏水】，想约【今天】'])).toEqual(['林女士', '漏水 · 今天'])
    expect(wordLines(['好', '好']).map(({ no }) => no)).toEqual([0, 1])
  })
})

describe('R10 what the call corrects', () => {
  const known = { honorific: '女士' as const, problem: '漏水' }
  test('only what differs is sent', () => {
    expect(correctionsOf(EMPTY_NOTES, known)).toBeUndefined()
    expect(correctionsOf({ ...EMPTY_NOTES, honorific: '女士', problem: ' 漏水 ', room: ' ' }, known)).toBeUndefined()
    expect(correctionsOf({ ...EMPTY_NOTES, honorific: '先生', problem: '水管爆了', room: ' 2 单元 1102 ' }, known)).toEqual({
      honorific: '先生',
      problem: '水管爆了',
      room: '2 单元 1102',
    })
  })
  test('a time kept from an earlier call goes once it has passed', () => {
    const notes = check(check(EMPTY_NOTES, 'room', { room: '1102' }), 'time', { appointmentAt: '2026-11-22T06:30:00.000Z' })
    expect(stillGood(notes, Date.parse('2026-11-22T06:29:00.000Z'))).toBe(notes)
    expect(stillGood(notes, Date.parse('2026-11-22T06:30:00.000Z'))).toEqual({ ...notes, checked: ['room'], appointmentAt: null })
  })
  test('what was gone through is ticked', () => {
    const notes = check(check(EMPTY_NOTES, 'time', { appointmentAt: '2026-11-22T06:30:00.000Z' }), 'time')
    expect(notes).toMatchObject({ checked: ['time'], appointmentAt: '2026-11-22T06:30:00.000Z' })
    expect(
      checksOf(notes)
        .filter(({ on }) => on)
        .map(({ label }) => label),
    ).toEqual(['时间'])
  })
})

describe('the times that can be agreed', () => {
  const now = Date.parse('2026-11-22T05:06:00.000Z')
  const days = appointmentDays(JOB.wanted, now)
  test('half hours over the day, quarters in the next two hours, nothing that is past', () => {
    const today = days[0]!
    expect(today).toMatchObject({ label: '今天', weekday: '周日' })
    expect(today.slots.map(({ label }) => label).slice(0, 9)).toEqual([
      '13:15',
      '13:30',
      '13:45',
      '14:00',
      '14:15',
      '14:30',
      '14:45',
      '15:00',
      '15:30',
    ])
    expect(today.slots.at(-1)?.label).toBe('21:00')
    expect(today.slots.filter(({ wanted }) => wanted).map(({ label }) => label)).toEqual([
      '14:00',
      '14:15',
      '14:30',
      '14:45',
      '15:00',
      '15:30',
    ])
    expect(today.slots.every(({ at }) => Date.parse(at) > now)).toBe(true)
  })
  test('it opens at the wanted day, reaches it however far it is, and skips a day that is over', () => {
    const far = { from: '2026-12-03T01:00:00.000Z', to: '2026-12-03T03:00:00.000Z' }
    const reaching = appointmentDays(far, now)
    expect(reaching.at(-1)).toMatchObject({ label: '12 月 3 日' })
    expect(openingDay(reaching, far)).toBe(reaching.at(-1)?.day)
    const atNight = Date.parse('2026-11-22T13:30:00.000Z')
    expect(appointmentDays(JOB.wanted, atNight)[0]?.label).toBe('明天')
    expect(openingDay(appointmentDays(JOB.wanted, atNight), JOB.wanted)).toBe(appointmentDays(JOB.wanted, atNight)[0]?.day)
  })
})
