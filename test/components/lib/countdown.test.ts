import { CountdownTimer } from '../../../miniprogram/lib/countdown'
import { learnServerTime } from '../../../miniprogram/lib/server-clock'

const NOW = Date.parse('2026-11-22T05:20:00.000Z')
beforeEach(() => {
  jest.useFakeTimers({ now: NOW })
  learnServerTime(new Date(NOW).toISOString(), NOW, NOW)
})
afterEach(() => jest.useRealTimers())

test('what is left is reckoned from the end: a phone that slept shows the right figure at once', () => {
  const ticks: number[] = []
  new CountdownTimer({ endsAt: NOW + 180_000, onTick: (left) => ticks.push(left) }).start()
  jest.advanceTimersByTime(2_000)
  expect(ticks).toEqual([180_000, 179_000, 178_000])
  // 100 s pass without a timer, as on a locked screen.
  jest.setSystemTime(NOW + 102_000)
  jest.advanceTimersToNextTimer()
  expect(ticks.at(-1)).toBeLessThanOrEqual(78_000)
})

test('it follows the server, not the phone', () => {
  learnServerTime(new Date(NOW + 60_000).toISOString(), NOW, NOW)
  const ticks: number[] = []
  new CountdownTimer({ endsAt: NOW + 180_000, onTick: (left) => ticks.push(left) }).start()
  expect(ticks).toEqual([120_000])
})

test('ticks fall on full seconds, 0 on the end itself, and over is told once', () => {
  const ticks: number[] = []
  const over = jest.fn()
  new CountdownTimer({ endsAt: NOW + 2_300, onTick: (left) => ticks.push(left), onOver: over }).start()
  jest.advanceTimersByTime(10_000)
  expect(ticks).toEqual([2_300, 2_000, 1_000, 0])
  expect(over).toHaveBeenCalledTimes(1)
})

test('one that is over already shows 0 and tells nothing', () => {
  const over = jest.fn()
  const tick = jest.fn()
  new CountdownTimer({ endsAt: NOW - 1, onTick: tick, onOver: over }).start()
  jest.advanceTimersByTime(5_000)
  expect(tick.mock.calls).toEqual([[0]])
  expect(over).not.toHaveBeenCalled()
})

test('stopped, it is silent; no timer is left behind', () => {
  const tick = jest.fn()
  const timer = new CountdownTimer({ endsAt: NOW + 60_000, onTick: tick })
  timer.start()
  timer.start()
  timer.stop()
  tick.mockClear()
  jest.advanceTimersByTime(120_000)
  expect(tick).not.toHaveBeenCalled()
  expect(jest.getTimerCount()).toBe(0)
})
