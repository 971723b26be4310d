import { ringAt } from '../../miniprogram/components/ring/ring-time'
import { installWx } from './support/fake-wx'
import { mount } from './support/render'

const STARTED = Date.parse('2026-11-22T05:00:00.000Z')
const WAVE = { startedAt: STARTED, endsAt: STARTED + 180_000, mode: 'down' as const }

describe('a ring is worked out from its two ends', () => {
  test.each([
    [0, '3:00', 1, false, false],
    [1, '3:00', 179_999 / 180_000, false, false],
    [46_000, '2:14', 134 / 180, false, false],
    [149_999, '0:31', 30_001 / 180_000, false, false],
    [150_000, '0:30', 30 / 180, true, false],
    [179_999, '0:01', 1 / 180_000, true, false],
    [180_000, '0:00', 0, true, true],
    [400_000, '0:00', 0, true, true],
    [-5_000, '3:00', 1, false, false],
  ])('down, %d ms in: %s', (passed, text, share, urgent, over) => {
    expect(ringAt(WAVE, STARTED + passed)).toMatchObject({ text, share, urgent, over })
  })

  test.each([
    [0, '0:00', 0, false],
    [999, '0:00', 999 / 120_000, false],
    [1_000, '0:01', 1 / 120, false],
    [119_999, '1:59', 119_999 / 120_000, false],
    [120_000, '2:00', 1, true],
    [500_000, '2:00', 1, true],
  ])('R28 up, %d ms in: %s', (passed, text, share, over) => {
    expect(ringAt({ startedAt: STARTED, endsAt: STARTED + 120_000, mode: 'up' }, STARTED + passed)).toMatchObject({
      text,
      share,
      over,
      urgent: false,
    })
  })

  test('it wakes exactly when the text changes', () => {
    for (const passed of [0, 1, 400, 999, 1_000, 59_123, 179_998]) {
      const now = STARTED + passed
      const { text, nextInMs } = ringAt(WAVE, now)
      expect(ringAt(WAVE, now + nextInMs - 1).text).toBe(text)
      expect(ringAt(WAVE, now + nextInMs).text).not.toBe(text)
    }
  })

  test('an hour and more', () => expect(ringAt({ ...WAVE, endsAt: STARTED + 3_723_000 }, STARTED).text).toBe('1:02:03'))
  test('ends that coincide are over, and nothing is divided by nothing', () => {
    expect(ringAt({ ...WAVE, endsAt: STARTED }, STARTED)).toMatchObject({ share: 0, over: true, nextInMs: 0 })
  })
})

describe('ring', () => {
  const properties = { startedAt: '2026-11-22T05:00:00.000Z', endsAt: '2026-11-22T05:03:00.000Z', label: '本轮剩' }
  const vibrateShort = jest.fn()

  beforeEach(() => {
    vibrateShort.mockClear()
    installWx({ vibrateShort })
    jest.useFakeTimers()
  })
  afterEach(() => jest.useRealTimers())

  test('counts down by the clock, turns red with one buzz, tells its end once', () => {
    jest.setSystemTime(STARTED + 147_500)
    const ring = mount('components/ring/ring', properties, ['over'])
    expect(ring.text()).toBe('0:33本轮剩')
    expect(ring.component.querySelector('.ring--urgent')).toBeUndefined()
    jest.advanceTimersByTime(2_500)
    expect(ring.text()).toBe('0:30本轮剩')
    expect(ring.component.querySelector('.ring--urgent')).toBeDefined()
    jest.advanceTimersByTime(29_999)
    expect(ring.heard.over).toHaveLength(0)
    jest.advanceTimersByTime(1)
    expect(ring.text()).toBe('0:00本轮剩')
    jest.advanceTimersByTime(60_000)
    expect(ring.heard.over).toHaveLength(1)
    expect(vibrateShort).toHaveBeenCalledTimes(1)
  })

  test('R42 a phone that slept shows the right figure at once', () => {
    jest.setSystemTime(STARTED)
    const ring = mount('components/ring/ring', properties, ['over'])
    jest.setSystemTime(STARTED + 100_000)
    jest.advanceTimersByTime(1_000)
    expect(ring.text()).toBe('1:19本轮剩')
  })

  test('a homeowner’s ring neither turns red nor buzzes', () => {
    jest.setSystemTime(STARTED + 170_000)
    const ring = mount('components/ring/ring', { ...properties, alarm: false })
    expect(ring.component.querySelector('.ring--urgent')).toBeUndefined()
    expect(vibrateShort).not.toHaveBeenCalled()
  })

  test('a new end (the next wave) starts it anew', () => {
    jest.setSystemTime(STARTED + 180_000)
    const ring = mount('components/ring/ring', properties, ['over'])
    expect(ring.heard.over).toHaveLength(0) // told while it was being mounted, before anyone listened
    ring.set({ startedAt: '2026-11-22T05:03:00.000Z', endsAt: '2026-11-22T05:06:00.000Z' })
    expect(ring.text()).toBe('3:00本轮剩')
    jest.advanceTimersByTime(180_000)
    expect(ring.heard.over).toHaveLength(1)
  })

  test('nothing runs on once it is gone', () => {
    jest.setSystemTime(STARTED)
    const ring = mount('components/ring/ring', properties)
    expect(jest.getTimerCount()).toBe(1)
    ring.unmount()
    expect(jest.getTimerCount()).toBe(0)
  })
})
