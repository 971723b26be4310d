/** A technician's working life in the rules: shifts, leave, who can be reached, who may join (R05, R41, R52). */
import fc from 'fast-check'
import { isIdentityNumber } from '../../cloudfunctions/domain/application'
import { eligibility, fittingSlot, slotAt } from '../../cloudfunctions/domain/eligibility'
import type { Need } from '../../cloudfunctions/domain/eligibility'
import { reachOf } from '../../cloudfunctions/domain/reach'
import type { ReachFacts } from '../../cloudfunctions/domain/reach'
import { daysOf, scheduleOf } from '../../cloudfunctions/domain/schedule'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { DAY, HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { beginsWithin, leaveRefusal, pruneLeave, shiftsRefusal } from '../../cloudfunctions/domain/working-hours'
import { MONDAY_9, O, plus, technician } from '../support/life'

const settings = defaultSettings()
const need = (from: Date, hours = 2): Need => ({ orderId: 'o1', visitNo: 1, category: 'plumbing', certificate: false, place: O, wanted: { from, to: plus(from, hours * HOUR) }, durationMs: HOUR, homeownerId: 'wx-home', radiusFactor: 1 })
const WEEK = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }))
const leave = (from: Date, to: Date) => ({ id: 'l1', from, to, reason: '家里有事' })
const TUESDAY_10 = plus(MONDAY_9, DAY + HOUR)

describe('R52 R05 shifts and leave', () => {
  test('R52 no shifts: any time; shifts: a start inside one', () => {
    expect(eligibility(technician('a'), need(TUESDAY_10), MONDAY_9, settings)).toMatchObject({ eligible: true })
    const worker = technician('a', { shifts: WEEK })
    expect(eligibility(worker, need(TUESDAY_10), MONDAY_9, settings)).toMatchObject({ eligible: true, slot: { from: TUESDAY_10 } })
    // Saturday.
    expect(eligibility(worker, need(plus(MONDAY_9, 5 * DAY)), MONDAY_9, settings)).toMatchObject({ eligible: false, reason: '不在班次里' })
    // The window begins before the shift: the job begins with it.
    expect(fittingSlot(worker, need(plus(MONDAY_9, DAY - 2 * HOUR), 3), MONDAY_9, settings)).toMatchObject({ fits: true, slot: { from: plus(MONDAY_9, DAY - HOUR) } })
    // At the very end of a shift nothing begins.
    expect(slotAt(worker, need(TUESDAY_10), plus(MONDAY_9, DAY + 9 * HOUR), MONDAY_9, settings)).toMatchObject({ fits: false })
  })

  test('R05 as soon as can be: with today full, tomorrow when the night is over', () => {
    const passed = { ...need(plus(MONDAY_9, -3 * HOUR)), wanted: { from: plus(MONDAY_9, -3 * HOUR), to: plus(MONDAY_9, -HOUR) } }
    const full = technician('a', { dailyCapacity: 1, slots: [{ orderId: 'o2', visitNo: 1, from: plus(MONDAY_9, 5 * HOUR), to: plus(MONDAY_9, 6 * HOUR), place: O, heldUntil: null }] })
    expect(fittingSlot(full, passed, MONDAY_9, settings)).toMatchObject({ fits: true, slot: { from: plus(MONDAY_9, 22 * HOUR) } })
    // In a window of two days as well; not where it ends today.
    expect(fittingSlot(full, need(MONDAY_9, 30), MONDAY_9, settings)).toMatchObject({ fits: true, slot: { from: plus(MONDAY_9, 22 * HOUR) } })
    expect(fittingSlot(full, need(MONDAY_9, 8), MONDAY_9, settings)).toMatchObject({ fits: false, reason: '当天满了' })
  })

  test('R42 a window of a century costs no more looks than one of a month', () => {
    const century = { from: MONDAY_9, to: plus(MONDAY_9, 36_500 * DAY) }
    expect(beginsWithin({ shifts: [], leave: [], onDuty: true }, century.from, century.to, settings).length).toBeLessThanOrEqual(32)
    expect(beginsWithin({ shifts: WEEK, leave: [], onDuty: true }, century.from, century.to, settings).length).toBeLessThanOrEqual(32)
  })

  test('R52 who is on duty now works now, whatever the shifts say; two hours ahead, not later', () => {
    const evening = plus(MONDAY_9, 11 * HOUR)
    const worker = technician('a', { shifts: WEEK, positionAt: plus(evening, -MINUTE) })
    expect(slotAt(worker, need(evening), plus(evening, 2 * HOUR), evening, settings).fits).toBe(true)
    expect(slotAt(worker, need(evening), plus(evening, 2 * HOUR + MINUTE), evening, settings).fits).toBe(false)
    expect(slotAt({ ...worker, onDuty: false }, need(evening), plus(evening, HOUR), evening, settings).fits).toBe(false)
  })

  test('R52 leave binds everybody; shifts bind the search and the homeowner', () => {
    const away = technician('a', { shifts: WEEK, leave: [leave(plus(TUESDAY_10, -HOUR), plus(TUESDAY_10, 3 * HOUR))] })
    for (const by of ['offer', 'hand', 'self'] as const) expect(slotAt(away, need(TUESDAY_10), TUESDAY_10, MONDAY_9, settings, by)).toEqual({ fits: false, reason: '那天请了假' })
    const saturday = plus(MONDAY_9, 5 * DAY)
    expect([slotAt(away, need(saturday), saturday, MONDAY_9, settings, 'offer').fits, slotAt(away, need(saturday), saturday, MONDAY_9, settings, 'hand').fits, slotAt(away, need(saturday), saturday, MONDAY_9, settings, 'self').fits]).toEqual([false, true, true])
    // A job that would run into leave does not fit; right after it, it does.
    expect(slotAt(away, need(TUESDAY_10), plus(TUESDAY_10, -2 * HOUR + MINUTE), MONDAY_9, settings).fits).toBe(false)
    expect(fittingSlot(away, need(TUESDAY_10, 5), MONDAY_9, settings)).toMatchObject({ fits: true, slot: { from: plus(TUESDAY_10, 3 * HOUR) } })
  })

  test('R52 whatever the shifts, leave and window: a slot that is given lies in no leave, and begins in a shift or soon', () => {
    const hours = fc.integer({ min: 0, max: 20 })
    const shift = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), start: hours, length: fc.integer({ min: 1, max: 3 }) }).map(({ weekday, start, length }) => ({ weekday, from: `${String(start).padStart(2, '0')}:00`, to: `${String(start + length).padStart(2, '0')}:00` }))
    fc.assert(
      fc.property(fc.array(shift, { maxLength: 6 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 48 }), fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 10 }), fc.boolean(), (shifts, leaveAt, leaveHours, wantedAt, wantedHours, onDuty) => {
        const off = leave(plus(MONDAY_9, leaveAt * HOUR), plus(MONDAY_9, (leaveAt + leaveHours) * HOUR))
        const worker = technician('a', { shifts, leave: [off], onDuty })
        const found = fittingSlot(worker, need(plus(MONDAY_9, wantedAt * HOUR), wantedHours), MONDAY_9, settings)
        if (!found.fits) return
        const { from, to } = found.slot
        expect(from < off.to && off.from < to).toBe(false)
        const clock = new Date(from.getTime() + 8 * HOUR)
        const minutes = clock.getUTCHours() * 60 + clock.getUTCMinutes()
        const inShift = shifts.some((each) => each.weekday === (clock.getUTCDay() || 7) && Number(each.from.slice(0, 2)) * 60 <= minutes && minutes < Number(each.to.slice(0, 2)) * 60)
        expect(shifts.length === 0 || inShift || (onDuty && from.getTime() <= MONDAY_9.getTime() + 2 * HOUR)).toBe(true)
      }),
    )
  })

  test.each([
    ['ends before it begins', [{ weekday: 1, from: '18:00', to: '08:00' }], 'shifts.0.to'],
    ['ends as it begins', [{ weekday: 1, from: '08:00', to: '08:00' }], 'shifts.0.to'],
    ['overlaps', [{ weekday: 2, from: '08:00', to: '12:00' }, { weekday: 2, from: '11:59', to: '14:00' }], 'shifts.1.from'],
    ['lies within another', [{ weekday: 2, from: '08:00', to: '18:00' }, { weekday: 2, from: '09:00', to: '10:00' }], 'shifts.1.from'],
  ])('R52 a shift that %s is refused by name', (_what, shifts, field) => {
    expect(Object.keys(shiftsRefusal(shifts)?.fields ?? {})).toEqual([field])
  })

  test('R52 shifts side by side, or on other days, are fine', () => {
    expect(shiftsRefusal([...WEEK, { weekday: 1, from: '18:00', to: '20:00' }, { weekday: 6, from: '08:00', to: '18:00' }])).toBeNull()
  })

  test('R52 leave that is over keeps nobody from more', () => {
    const past = Array.from({ length: 40 }, (_, index) => leave(plus(MONDAY_9, -(index + 2) * HOUR), plus(MONDAY_9, -(index + 1) * HOUR)))
    expect(leaveRefusal({ leave: past, slots: [] }, { from: plus(MONDAY_9, DAY), to: plus(MONDAY_9, 2 * DAY) }, MONDAY_9)).toBeNull()
    const ahead = Array.from({ length: 30 }, (_, index) => leave(plus(MONDAY_9, (index + 1) * DAY), plus(MONDAY_9, (index + 1) * DAY + HOUR)))
    expect(leaveRefusal({ leave: ahead, slots: [] }, { from: plus(MONDAY_9, 60 * DAY), to: plus(MONDAY_9, 61 * DAY) }, MONDAY_9)).toMatchObject({ code: 'INVALID_INPUT' })
    expect(pruneLeave([...past, ...ahead], MONDAY_9)).toHaveLength(40)
  })

  test('R52 leave: backwards, past, too long, too far ahead, twice, over an agreed visit', () => {
    const asked = (from: Date, to: Date, change = {}) => leaveRefusal({ leave: [], slots: [], ...change }, { from, to }, MONDAY_9)
    expect(asked(TUESDAY_10, plus(TUESDAY_10, HOUR))).toBeNull()
    expect(asked(TUESDAY_10, TUESDAY_10)?.fields).toHaveProperty('to')
    expect(asked(plus(MONDAY_9, -2 * DAY), plus(MONDAY_9, -DAY))?.message).toContain('过去')
    expect(asked(TUESDAY_10, plus(TUESDAY_10, 61 * DAY))?.message).toContain('60 天')
    expect(asked(plus(MONDAY_9, 400 * DAY), plus(MONDAY_9, 401 * DAY))?.message).toContain('一年')
    expect(asked(TUESDAY_10, plus(TUESDAY_10, HOUR), { leave: [leave(MONDAY_9, plus(MONDAY_9, 2 * DAY))] })?.message).toContain('重了')
    const job = { orderId: 'o9', visitNo: 1, from: TUESDAY_10, to: plus(TUESDAY_10, HOUR), place: O, heldUntil: null }
    expect(asked(TUESDAY_10, plus(TUESDAY_10, HOUR), { slots: [job] })?.message).toContain('约了一家')
    expect(asked(TUESDAY_10, plus(TUESDAY_10, HOUR), { slots: [{ ...job, finishedAt: MONDAY_9 }] })).toBeNull()
  })
})

test('R52 the calendar: days of the month in Shanghai, jobs, leave and room by day', () => {
  expect(daysOf('2026-11')).toHaveLength(30)
  expect(daysOf('2028-02')).toHaveLength(29)
  const job = { orderId: 'o9', visitNo: 1, from: TUESDAY_10, to: plus(TUESDAY_10, HOUR), place: O, heldUntil: null }
  const view = scheduleOf(technician('a', { shifts: WEEK, slots: [job], leave: [leave(plus(TUESDAY_10, 2 * DAY), plus(TUESDAY_10, 2 * DAY + HOUR))] }), [{ ...job, number: 'SF1124-0001', title: '换龙头', district: '江湾区', helping: false, done: false }], '2026-11', MONDAY_9)
  expect(view.days[23]).toMatchObject({ date: '2026-11-24', weekday: 2, jobs: [{ text: '10:00–11:00' }], shifts: [{ from: '08:00', to: '18:00' }], onLeave: false, room: 7 })
  expect(view.days[25]).toMatchObject({ date: '2026-11-26', onLeave: true, room: 8 })
  expect(view.days[27]).toMatchObject({ weekday: 6, shifts: [] })
  // A hold that lapsed takes no room.
  const lapsed = { ...job, heldUntil: plus(MONDAY_9, -MINUTE) }
  expect(scheduleOf(technician('a', { dailyCapacity: 1, slots: [lapsed] }), [], '2026-11', MONDAY_9).days[23]).toMatchObject({ room: 1 })
})

describe('R41 whether the next offer can reach them', () => {
  const reach = (change = {}, credits: ReachFacts['credits'] = { offer: { left: 2, refusal: null }, call_reminder: { left: 1, refusal: null } }, missed: ReachFacts['missed'] = null) =>
    reachOf(technician('a', change), { credits, missed, categoryName: (code) => code, needsCertificate: (code) => code === 'gas', now: MONDAY_9, settings })
  const notOk = (view: ReturnType<typeof reach>) => view.lines.filter((line) => !line.ok).map((line) => line.id)

  test('R41 all is well', () => expect(reach()).toMatchObject({ ok: true, verdict: '新单派得到您，微信会响' }))
  test.each([
    [{ onDuty: false, position: null, positionAt: null }, ['duty', 'position'], '现在派不到您'],
    [{ suspended: true, suspendedReason: '证件待核' }, ['account'], '证件待核'],
    [{ positionAt: plus(MONDAY_9, -31 * MINUTE) }, ['position'], '微信会响'],
    [{ certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: plus(MONDAY_9, -DAY) }] }, ['trades', 'certificates'], '现在派不到您'],
    [{ skills: ['plumbing', 'electrical'], certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: plus(MONDAY_9, -DAY) }] }, ['certificates'], '微信会响'],
    [{ skills: ['gas'] }, ['trades'], '有效的证件'],
    [{ leave: [leave(plus(MONDAY_9, -HOUR), plus(MONDAY_9, 10 * DAY))] }, ['leave'], '12 月 3 日 周四 9:00 前在假里'],
    [{ leave: [leave(plus(MONDAY_9, HOUR), plus(MONDAY_9, 10 * DAY))] }, [], '微信会响'],
    [{ certificates: [{ category: 'plumbing', name: '管道工证', expiresAt: plus(MONDAY_9, 10 * DAY) }] }, ['certificates'], '微信会响'],
    [{ claim: { orderId: 'o5', visitNo: 1, until: null } }, ['claim'], '还没打电话'],
    [{ dailyCapacity: 0 }, ['day'], '微信会响'],
  ])('R41 %j', (change, ids, verdict) => {
    const view = reach(change)
    expect(notOk(view)).toEqual(ids)
    expect(view.verdict).toContain(verdict)
  })
  test('R41 run dry, and switched off in WeChat, are told apart', () => {
    expect(reach({}, {})).toMatchObject({ ok: false, verdict: expect.stringContaining('微信不会响') as unknown })
    const banned = reach({}, { offer: { left: 0, refusal: 'ban' }, call_reminder: { left: 3, refusal: null } })
    expect(banned.lines.find((line) => line.id === 'offers')).toMatchObject({ ok: false, text: expect.stringContaining('关掉') as unknown, act: 'top_up' })
  })
  test.each([
    [null, '次数用完了'],
    [43101, '次数用完了'],
    [47003, '微信没收'],
  ])('R41 the last that did not ring, and why (%p)', (errcode, why) => {
    const view = reach({}, undefined, { at: plus(MONDAY_9, -HOUR), title: '新单提醒', template: 'offer', errcode })
    // The next of that kind will ring: nothing is amiss any more.
    expect(view).toMatchObject({ ok: true, verdict: '新单派得到您，微信会响' })
    expect(view.lines.at(-1)).toMatchObject({ id: 'last', ok: true, text: '最近没响的一条：今天 8:00 新单提醒', hint: expect.stringContaining(why) as unknown, act: 'open_inbox' })
  })
})

test('R52 an identity number is checked by its last sign and its birthday', () => {
  expect(['11010119900307001', '110101199003070012', '110101199002300013', '11010519491231002x', 'abc'].map(isIdentityNumber)).toEqual([false, false, false, false, false])
  expect(isIdentityNumber('11010519491231002X')).toBe(true)
  fc.assert(
    fc.property(fc.stringMatching(/^\d{6}19[5-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}$/), (seventeen) => {
      expect([...'0123456789X'].filter((last) => isIdentityNumber(seventeen + last))).toHaveLength(1)
    }),
  )
})
