import { clearDraft, readDraft, saveDraft } from '../../../miniprogram/lib/draft'
import { installWx } from '../support/fake-wx'

const storage = new Map<string, unknown>()

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-22T05:20:00.000Z') })
  storage.clear()
  installWx({
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => storage.set(key, value),
    removeStorageSync: (key: string) => storage.delete(key),
  })
})
afterEach(() => jest.useRealTimers())

test('R02 what was typed is there again, until it is sent', () => {
  expect(readDraft('repair')).toBeNull()
  saveDraft('repair', { problem: '厨房龙头关不紧' })
  expect(readDraft('repair')).toEqual({ problem: '厨房龙头关不紧' })
  expect(readDraft('rating')).toBeNull()
  clearDraft('repair')
  expect(readDraft('repair')).toBeNull()
})

test('a fortnight later it is about something long past', () => {
  saveDraft('repair', { problem: '漏' })
  jest.advanceTimersByTime(14 * 24 * 3_600_000)
  expect(readDraft('repair')).not.toBeNull()
  jest.advanceTimersByTime(1)
  expect(readDraft('repair')).toBeNull()
})

test('a full storage does not disturb whoever is typing', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
  installWx({
    setStorageSync: () => {
      throw new Error('exceed storage max size 10Mb')
    },
    getStorageSync: () => {
      throw new Error('broken')
    },
  })
  expect(() => saveDraft('repair', {})).not.toThrow()
  expect(readDraft('repair')).toBeNull()
  warn.mockRestore()
})
