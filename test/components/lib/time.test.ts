import fc from 'fast-check'
import { clockText, countText, dayText, momentText, morningText, spanText, windowText } from '../../../cloudfunctions/domain/shanghai'
import {
  daysBetween,
  formatAgo,
  formatClock,
  formatCount,
  formatDate,
  formatDay,
  formatDuration,
  formatMoment,
  formatMorning,
  formatSpan,
  formatWeekday,
  formatWindow,
  nightEnd,
  shanghaiTime,
  spokenDuration,
  startOfDay,
} from '../../../miniprogram/lib/time'

/** Sunday 22 November 2026, 13:24 in Shanghai. */
const NOW = Date.parse('2026-11-22T05:24:00.000Z')

describe('times are shown in Asia/Shanghai, wherever the phone stands', () => {
  test('clock, moment and day', () => {
    expect(formatClock('2026-11-22T06:30:00.000Z')).toBe('14:30')
    expect(formatClock('2026-11-21T16:05:00.000Z')).toBe('0:05')
    expect(formatMoment('2026-11-22T06:30:00.000Z', NOW)).toBe('今天 14:30')
    expect(formatMoment('2026-11-25T05:05:00.000Z', NOW)).toBe('11 月 25 日 周三 13:05')
  })

  test.each([
    ['2026-11-20T15:59:59.999Z', '11 月 20 日 周五'],
    ['2026-11-20T16:00:00.000Z', '昨天'],
    ['2026-11-21T15:59:59.999Z', '昨天'],
    ['2026-11-21T16:00:00.000Z', '今天'],
    ['2026-11-22T15:59:59.999Z', '今天'],
    ['2026-11-22T16:00:00.000Z', '明天'],
    ['2026-11-23T16:00:00.000Z', '后天'],
    ['2026-11-24T16:00:00.000Z', '11 月 25 日 周三'],
    ['2027-01-02T16:00:00.000Z', '2027 年 1 月 3 日 周日'],
  ])('%s is %s', (at, day) => expect(formatDay(at, NOW)).toBe(day))

  test('across the turn of the year, days are counted by the calendar of Shanghai', () => {
    const newYearsEve = Date.parse('2026-12-31T15:59:00.000Z')
    expect(daysBetween(newYearsEve, newYearsEve + 60_000)).toBe(1)
    expect(formatDay(newYearsEve + 60_000, newYearsEve)).toBe('明天')
    expect(new Date(startOfDay(newYearsEve)).toISOString()).toBe('2026-12-30T16:00:00.000Z')
  })

  test('weekday, date of the card, parts', () => {
    expect(formatWeekday(NOW)).toBe('周日')
    expect(formatDate('2028-11-21T16:00:00.000Z')).toBe('2028.11.22')
    expect(shanghaiTime('2026-11-22T06:30:05.000Z')).toEqual({
      year: 2026,
      month: 11,
      day: 22,
      hour: 14,
      minute: 30,
      second: 5,
      weekday: 0,
    })
  })

  test.each([
    [0, '刚刚'],
    [59_999, '刚刚'],
    [60_000, '1 分钟前'],
    [3_599_999, '59 分钟前'],
    [3_600_000, '1 小时前'],
    [26 * 3_600_000, '昨天 11:24'],
  ])('%d ms ago reads %s', (ago, words) => expect(formatAgo(NOW - ago, NOW)).toBe(words))
})

describe('durations', () => {
  test.each([
    [-5, '0:00', '0 秒'],
    [0, '0:00', '0 秒'],
    [1, '0:01', '1 秒'],
    [60_000, '1:00', '1 分钟'],
    [134_000, '2:14', '2 分 14 秒'],
    [133_001, '2:14', '2 分 14 秒'],
    [3_734_000, '1:02:14', '62 分 14 秒'],
  ])('%d ms is %s, spoken %s', (ms, digits, words) => {
    expect(formatDuration(ms)).toBe(digits)
    expect(spokenDuration(ms)).toBe(words)
  })
})

describe('one way of writing times on both sides', () => {
  const moments = fc.date({ min: new Date('2025-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })

  test('clock, day, moment and window read on pages as the server writes them', () => {
    fc.assert(
      fc.property(moments, moments, fc.integer({ min: -3 * 86_400_000, max: 3 * 86_400_000 }), (now, far, near) => {
        for (const at of [far, new Date(now.getTime() + near)]) {
          const ms = at.getTime()
          expect(formatClock(ms)).toBe(clockText(at))
          expect(formatDay(ms, now.getTime())).toBe(dayText(at, now))
          expect(formatMoment(ms, now.getTime())).toBe(momentText(at, now))
          expect(formatMorning(ms, now.getTime())).toBe(morningText(at, now))
          const to = new Date(ms + 60_000)
          if (formatDay(ms, 0) === formatDay(ms + 60_000, 0)) expect(`${formatDay(ms, now.getTime())} ${formatWindow(ms, ms + 60_000)}`).toBe(windowText(at, to, now))
        }
      }),
    )
  })

  test('spans and counts', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), (minutes) => expect(formatSpan(minutes)).toBe(spanText(minutes))))
    for (const count of [1, 2, 3, 10, 25]) expect(formatCount(count)).toBe(countText(count))
    expect([formatSpan(20), formatSpan(60), formatSpan(90), formatSpan(80), formatCount(2)]).toEqual(['20 分钟', '1 小时', '1 个半小时', '1 小时 20 分钟', '两'])
  })
})

describe('R55 the night of the settings', () => {
  const at = (clock: string) => Date.parse(`2026-11-22T${clock}:00+08:00`)
  const NIGHT = { from: '22:00', to: '07:00' }
  test.each([
    ['21:59', NIGHT, null],
    ['22:00', NIGHT, '明早 7:00'],
    ['06:59', NIGHT, '今早 7:00'],
    ['07:00', NIGHT, null],
    ['02:00', { from: '01:30', to: '06:15' }, '今早 6:15'],
    ['01:00', { from: '01:30', to: '06:15' }, null],
    ['23:00', { from: '07:00', to: '07:00' }, null],
  ])('at %s of %j: %s', (clock, night, words) => {
    const ends = nightEnd(night, at(clock))
    expect(ends === null ? null : formatMorning(ends, at(clock))).toBe(words)
  })
})
