import { Collection } from '../../../local/cloud/database/indexes/collection'
import { Locked, whenUnlocked } from '../../../local/cloud/database/storage/locked'
import { documentLock, Transactions } from '../../../local/cloud/database/storage/transactions'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('a transaction expires after 30 s and its locks are free', () => {
  const transactions = new Transactions()
  const lock = documentLock(new Collection('c', 1), 'x')
  const t = transactions.use(transactions.begin())
  transactions.take(lock, t)
  jest.advanceTimersByTime(29_999)
  expect(transactions.find(t.id)).toBe(t)
  expect(transactions.holder(lock)).toBe(t)
  jest.advanceTimersByTime(1)
  expect(() => transactions.find(t.id)).toThrow(expect.objectContaining({ code: 'DATABASE_TRANSACTION_FAIL' }))
  expect(transactions.holder(lock)).toBeUndefined()
})

test('a plain write waits 5 s for a lock, then gives up', async () => {
  const transactions = new Transactions()
  const t = transactions.use(transactions.begin())
  const write = whenUnlocked(() => {
    throw new Locked(t)
  })
  const outcome = expect(write).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  await jest.advanceTimersByTimeAsync(4999)
  let settled = false
  void write.catch(() => (settled = true))
  await jest.advanceTimersByTimeAsync(0)
  expect(settled).toBe(false)
  await jest.advanceTimersByTimeAsync(1)
  await outcome
})

test('the five seconds count over all locks that it meets in turn', async () => {
  const transactions = new Transactions()
  const holders = [transactions.use(transactions.begin()), transactions.use(transactions.begin())]
  let tries = 0
  const write = whenUnlocked(() => {
    throw new Locked(holders[tries++ === 0 ? 0 : 1]!)
  })
  const outcome = expect(write).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  await jest.advanceTimersByTimeAsync(3000)
  transactions.end(holders[0]!)
  await jest.advanceTimersByTimeAsync(2000)
  await outcome
  expect(tries).toBe(2)
})

test('a write that is let through returns what it did', async () => {
  const transactions = new Transactions()
  const t = transactions.use(transactions.begin())
  let free = false
  const write = whenUnlocked(() => {
    if (!free) throw new Locked(t)
    return 'written'
  })
  free = true
  transactions.end(t)
  await expect(write).resolves.toBe('written')
})
