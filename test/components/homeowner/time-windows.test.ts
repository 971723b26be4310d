import { dayChoices, emergencyWindow, wantedText } from '../../../miniprogram/homeowner/file-repair/time-windows'

const at = (iso: string): number => Date.parse(iso)
/** 13:02 on Sunday 22 November in Shanghai. */
const NOW = at('2026-11-22T05:02:00.000Z')

describe('times to choose from', () => {
  test('seven days, with the names people use', () => {
    expect(dayChoices(NOW).map(({ name, date }) => `${name} ${date}`)).toEqual([
      '今天 11 月 22 日',
      '明天 11 月 23 日',
      '后天 11 月 24 日',
      '周三 11 月 25 日',
      '周四 11 月 26 日',
      '周五 11 月 27 日',
      '周六 11 月 28 日',
    ])
  })

  test('a window that runs is offered from the next half hour, while an hour of it is left', () => {
    expect(dayChoices(NOW)[0]?.windows.map(({ text }) => text)).toEqual(['14:00–16:00', '16:00–18:00', '18:00–20:00'])
    const half = dayChoices(at('2026-11-22T06:20:00.000Z'))[0]
    expect(half?.windows.map(({ text }) => text)).toEqual(['14:30–16:00', '16:00–18:00', '18:00–20:00'])
    expect(half?.windows[0]?.from).toBe(at('2026-11-22T06:30:00.000Z'))
  })

  test('every window begins in the future and lasts at least an hour, at any minute of the day', () => {
    for (let minute = 0; minute < 24 * 60; minute += 7) {
      const now = NOW + minute * 60_000
      for (const { windows } of dayChoices(now))
        for (const { from, to } of windows) {
          expect(from).toBeGreaterThan(now)
          expect(to - from).toBeGreaterThanOrEqual(3_600_000)
        }
    }
  })

  test('late in the evening today is over', () => {
    expect(dayChoices(at('2026-11-22T10:59:00.000Z'))[0]?.name).toBe('今天')
    expect(dayChoices(at('2026-11-22T11:00:00.000Z'))[0]?.name).toBe('明天')
  })

  test('in words', () => {
    expect(wantedText({ from: '2026-11-23T06:00:00.000Z', to: '2026-11-23T08:00:00.000Z' }, NOW)).toBe('明天 14:00–16:00')
    expect(wantedText(null, NOW)).toBe('')
  })

  test('R50 an emergency begins with the next minute', () => {
    expect(emergencyWindow(NOW)).toEqual({ from: '2026-11-22T05:03:00.000Z', to: '2026-11-22T07:03:00.000Z' })
  })
})
