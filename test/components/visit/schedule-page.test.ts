import { chosenDay, monthCells } from '../../../miniprogram/technician/schedule/month-grid'
import { markWrong, MOST_A_DAY, onePartMore, shiftsFrom, weekOf } from '../../../miniprogram/technician/schedule/week-hours'
import type { ScheduleView } from '../../../typings/contract'

const MORNING = { weekday: 1, from: '08:00', to: '12:00' }
const AFTERNOON = { weekday: 1, from: '14:00', to: '20:00' }

describe('R52 weekly hours', () => {
  test('R52 both shifts of a day are shown, changed, and saved', () => {
    const [monday, tuesday] = weekOf([MORNING, AFTERNOON])
    expect([monday?.text, tuesday?.text]).toEqual(['8:00–12:00、14:00–20:00', '休息'])
    expect(monday?.parts).toMatchObject([{ from: '08:00', to: '12:00' }, { from: '14:00', to: '20:00' }])
    expect(shiftsFrom(weekOf([MORNING, AFTERNOON]))).toEqual([MORNING, AFTERNOON])
  })

  test('R52 one more begins where it can stand: the usual day, an afternoon, what is left of the evening', () => {
    const one = onePartMore([])
    expect(one).toMatchObject([{ from: '08:00', to: '18:00' }])
    expect(onePartMore(weekOf([MORNING])[0]!.parts).slice(-1)).toMatchObject([{ from: '14:00', to: '20:00' }])
    const three = onePartMore(weekOf([MORNING, AFTERNOON])[0]!.parts)
    expect(three.slice(-1)).toMatchObject([{ from: '20:00', to: '23:00' }])
    expect([three.length, new Set(three.map(({ key }) => key)).size]).toEqual([MOST_A_DAY, MOST_A_DAY])
  })

  test('R52 what the server refuses is marked where it is shown, the second of a day too', () => {
    const week = weekOf([MORNING, AFTERNOON, { weekday: 3, from: '09:00', to: '10:00' }])
    const wrong = (fields: Record<string, string>) => markWrong(week, fields).flatMap(({ weekday, parts }) => parts.flatMap((part, place) => (part.wrong ? [`${weekday}.${place}`] : [])))
    expect(wrong({ 'shifts.1.from': '周一 14:00–20:00 和 08:00–15:00 重了' })).toEqual(['1.1'])
    expect(wrong({ 'shifts.2.to': '周三 …' })).toEqual(['3.0'])
    expect(wrong({})).toEqual([])
  })
})

describe('R52 the calendar', () => {
  const day = (date: string, weekday: number, change = {}): ScheduleView['days'][number] => ({ date, weekday, jobs: [], shifts: [], onLeave: false, room: 8, ...change })
  const job = { orderId: 'o1', number: 'SF1', title: '换龙头', district: '梧桐里', helping: false, from: '', to: '', text: '9:00–10:00', done: false }
  const view: ScheduleView = {
    month: '2026-12', today: '2026-12-01', shifts: [{ weekday: 2, from: '08:00', to: '12:00' }], leave: [], radiusMetres: 8_000, dailyCapacity: 8,
    days: [day('2026-12-01', 2, { shifts: [{ from: '08:00', to: '12:00' }] }), day('2026-12-02', 3), day('2026-12-03', 4, { onLeave: true }), day('2026-12-04', 5, { jobs: [job] })],
  }
  const cells = (of: ScheduleView) => monthCells(of, '2026-12-01').filter((cell) => cell.day > 0)

  test('R52 a day off says so in a word, to the eye and to a screen reader; grey alone is not enough', () => {
    expect(cells(view).map(({ off }) => off)).toEqual(['', '休', '假', '休'])
    expect(cells(view).map(({ label }) => label)).toEqual(['1 日，周二', '2 日，周三，休息', '3 日，周四，请假', '4 日，周五，1 家，休息'])
    expect(chosenDay(view, '2026-12-02').second).toContain('休息')
  })

  test('R52 without shifts no day is a day off', () => expect(cells({ ...view, shifts: [] }).map(({ off }) => off)).toEqual(['', '', '假', '']))
})
