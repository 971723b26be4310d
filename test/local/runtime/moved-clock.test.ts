/** The moved clock, as functions see it: warm ones at once, through Date, dayjs and the payment library alike. */
import { startTestWorkplace, type TestWorkplace } from '../support/test-workplace'

interface Told {
  instance: string
  dateNow: number
  newDate: number
  dateCalled: number
  dayjs: number
  payPlugin: number
  fixed: string
  isDate: boolean
  waited: number
  zone: string
  offset: number
}

const DAY = 86_400_000
let workplace: TestWorkplace

beforeAll(async () => {
  workplace = await startTestWorkplace({ time: {} }, { clock: 'frozen', env: { FUNCTION_CONCURRENCY: '1' } })
})
afterAll(() => workplace.stop())

test('R42 a warm function sees a move at once, by every way of telling the time', async () => {
  const before = await workplace.invoke<Told>('time', {})
  const now = Date.parse(await workplace.clock.advance(DAY))
  const after = await workplace.invoke<Told>('time', {})
  expect(after.instance).toBe(before.instance)
  expect(after.dateNow - before.dateNow).toBe(DAY)
  expect([after.dateNow, after.newDate, after.dayjs]).toEqual([now, now, now])
  const second = Math.floor(now / 1000) * 1000
  expect([after.dateCalled, after.payPlugin]).toEqual([second, second])
})

test('dates that are given stay what they are, and are still Dates', async () => {
  await expect(workplace.invoke<Told>('time', {})).resolves.toMatchObject({ fixed: '2020-02-03T00:00:00.000Z', isDate: true })
})

test('functions run in UTC', async () => {
  await expect(workplace.invoke<Told>('time', {})).resolves.toMatchObject({ zone: 'UTC', offset: 0 })
})

test('timers run on real time: a frozen clock stops no timeout', async () => {
  const told = await workplace.invoke<Told>('time', { wait: 50 })
  expect(told.waited).toBeGreaterThanOrEqual(45)
})

test('R42 a move made while a function runs reaches it before it answers', async () => {
  const before = Date.parse(await workplace.clock.now())
  const [told] = await Promise.all([workplace.invoke<Told>('time', { wait: 300 }), workplace.clock.advance(DAY)])
  expect(told.dateNow - before).toBe(DAY)
})

test('the clock moves to a time of its own wish, in any time zone, and tells it', async () => {
  await expect(workplace.clock.at('2027-03-01T08:00:00+08:00')).resolves.toBe('2027-03-01T00:00:00.000Z')
  await expect(workplace.clock.at('2027-03-01T08:00+08:00')).resolves.toBe('2027-03-01T00:00:00.000Z')
  await expect(workplace.clock.now()).resolves.toBe('2027-03-01T00:00:00.000Z')
})

test.each([
  [{ advance: -1 }, /只能往前拨/],
  [{ at: '2020-01-01T00:00:00Z' }, /时钟只能往前拨：现在是 2027/],
  [{ at: 'tomorrow' }, /应是带时区的时间/],
  [{ advance: 1, at: '2028-01-01T00:00:00Z' }, /只能往前拨/],
  [{ advance: 0.5 }, /只能往前拨/],
  [{}, /只能往前拨/],
])('%j is refused in Chinese and nothing moves', async (body, words) => {
  const before = await workplace.clock.now()
  await expect(workplace.post('/__clock', body)).rejects.toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(words) as string },
  })
  await expect(workplace.clock.now()).resolves.toBe(before)
})

test('a restart does not fall back in time', async () => {
  const before = await workplace.clock.advance(3 * DAY)
  await workplace.kill()
  const again = await workplace.again()
  expect(Date.parse(await again.clock.now())).toBeGreaterThanOrEqual(Date.parse(before))
  await again.stop()
})
