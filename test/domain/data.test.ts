import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone'
import utc from 'dayjs/plugin/utc'
import fc from 'fast-check'
import { DEADLINES, dueText, MOMENTS } from '../../cloudfunctions/domain/deadlines'
import type { DeadlineId } from '../../cloudfunctions/domain/deadlines'
import { composeMessage, TEMPLATES } from '../../cloudfunctions/domain/messages'
import { maskPlace } from '../../cloudfunctions/domain/file-order'
import { fen, fenSchema, yuan, yuanRange } from '../../cloudfunctions/domain/money'
import { priceBookSchema, priceLines, totalFen } from '../../cloudfunctions/domain/price-book'
import { defaultSettings, settingsSchema } from '../../cloudfunctions/domain/settings'
import { clockText, dateText, dayStart, momentText, monthDayDigits, monthsAfter, spokenMoment, staffedMsBetween } from '../../cloudfunctions/domain/shanghai'
import { standardSchema } from '../../cloudfunctions/domain/standards/schema'
import { smallRepair } from '../../cloudfunctions/domain/standards/small-repair'
import { returnVisit } from '../../cloudfunctions/domain/standards/return-visit'
import type { TemplateKey } from '../../typings/contract'

const item = (change: object = {}) => ({
  code: 'tap', name: '换水龙头', unit: '个', pricing: 'instant', lowFen: 12000, highFen: 28000, material: { description: '冷热龙头', brand: '某牌', maker: '某厂', grade: '精铜', unitFen: 16800 }, labourUnitFen: 6000, minutes: 40,
  warrantyMonths: 24, ...change,
})
const book = (...items: object[]) => ({ version: 1, categories: [{ code: 'plumbing', name: '水路', icon: 'tap', items }] })
const complaint = (value: unknown) => priceBookSchema.safeParse(value).error?.issues[0]

describe('R20 R16 the price book', () => {
  test('R20 lines show quantity, unit, material, labour and months, in whole fen', () => {
    const lines = priceLines(priceBookSchema.parse(book(item(), item({ code: 'valve', name: '换角阀', material: null, labourUnitFen: 4300 }))), [{ code: 'tap', quantity: 1 }, { code: 'valve', quantity: 2 }])
    expect(lines[0]).toMatchObject({ name: '换水龙头', quantity: 1, unit: '个', maker: '某厂', grade: '精铜', materialFen: 16800, labourFen: 6000, amountFen: 22800, warrantyMonths: 24 })
    expect(totalFen(lines)).toBe(31400)
  })

  test.each(['上门费', '勘察费', '空跑费（未修）'])('R16 no quote can hold a line for coming or looking: %s is refused', (name) => {
    expect(complaint(book(item({ name })))).toMatchObject({ path: ['categories', 0, 'items', 0, 'name'], message: expect.stringContaining('不收费') })
  })

  test.each([
    [{ labourUnitFen: 60.5 }, 'labourUnitFen'],
    [{ labourUnitFen: -1 }, 'labourUnitFen'],
    [{ lowFen: 3, highFen: 2 }, 'lowFen'],
    [{ minutes: 0 }, 'minutes'],
    [{ code: '上门' }, 'code'],
  ])('R20 a mistake is refused with its place: %j', (change, field) => {
    expect(complaint(book(item(change)))?.path).toEqual(['categories', 0, 'items', 0, field])
  })

  test('R20 a code is in the book once', () => {
    expect(complaint(book(item(), item()))?.message).toContain('重复')
  })
})

describe('money', () => {
  test.each([
    [31400, '¥314.00'],
    [3200001, '¥32,000.01'],
    [5, '¥0.05'],
    [-100, '-¥1.00'],
  ])('%i fen reads %s', (amount, text) => expect(yuan(amount)).toBe(text))

  test('ranges are short', () => {
    expect(yuanRange(12000, 28000)).toBe('¥120–280')
    expect(yuanRange(3500, 3550)).toBe('¥35–35.50')
    expect(yuanRange(fen(100), fen(100))).toBe('¥1')
  })

  test.each([0.5, -1, Number.NaN, 1e12, '100'])('%p is no amount', (amount) => expect(fenSchema.safeParse(amount).success).toBe(false))
})

describe('R48 the standard is data', () => {
  test.each([smallRepair, returnVisit])('R48 $id is valid', (standard) => expect(standardSchema.safeParse(standard).success).toBe(true))

  test('R28 the test run lasts at least two minutes', () => {
    for (const standard of [smallRepair, returnVisit]) expect(Math.max(...standard.steps.map((step) => step.minSeconds))).toBeGreaterThanOrEqual(120)
  })

  test.each([
    ['two steps of one id', { steps: [smallRepair.steps[0], smallRepair.steps[0], smallRepair.steps[3]] }, ['steps', 1, 'id']],
    ['words that do not exist', { steps: [{ ...smallRepair.steps[3], moment: 'nowhere' }] }, ['steps', 0, 'moment']],
    ['no work at all', { steps: [smallRepair.steps[0]] }, ['steps']],
    ['a title that is empty', { steps: [{ ...smallRepair.steps[3], title: '' }] }, ['steps', 0, 'title']],
    ['a phase that is none', { steps: [{ ...smallRepair.steps[3], phase: 'lunch' }] }, ['steps', 0, 'phase']],
    ['a field that nobody reads', { colour: 'red' }, []],
  ])('R48 %s is refused with its place', (_, change, path) => {
    expect(standardSchema.safeParse({ ...smallRepair, ...change }).error?.issues[0]?.path).toEqual(path)
  })
})

describe('R41 messages fit what WeChat takes', () => {
  const LIMITS: Record<string, RegExp> = { thing: /^.{1,20}$/su, character_string: /^[\x21-\x7e]{1,32}$/, time: /^.{1,40}$/su, amount: /^¥?[\d.]{1,12}$/, phrase: /^\p{Script=Han}{1,5}$/u }

  test.each(Object.keys(TEMPLATES) as TemplateKey[])('R41 %s, whatever the blanks hold', (key) => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('orderId', 'problem', 'category', 'distance', 'wanted', 'what', 'name', 'staffNumber', 'until', 'number', 'at'), fc.string({ unit: 'binary', maxLength: 120 })), (blanks) => {
        const { data } = composeMessage(key, { ...blanks, amount: '¥1,234,567.00' })
        for (const [field, { value }] of Object.entries(data)) expect(value).toMatch(LIMITS[field.replace(/\d+$/, '')] ?? /^$/)
      }),
    )
  })
})

describe('R39 what may be read of a place', () => {
  test.each([
    ['梧桐里 6 幢', '梧桐里'],
    ['石桥巷 27 号', '石桥巷'],
    ['望江路188弄3号楼', '望江路'],
    ['青禾园三号楼', '青禾园'],
    ['国际广场 A 座 1201', '国际广场'],
    ['北亭新村（第 2 期）', '北亭新村'],
    ['6 幢 2 单元', ''],
    ['阳光花园3-2-501，靠东门', '阳光花园'],
    ['翠苑三区12-3-402(红门)', '翠苑三区'],
    ['第三人民医院对面 502 林晓家', '第三人民医院对面'],
    ['幸福小区A座301', '幸福小区'],
  ])('R39 %s is masked to %s', (address, masked) => expect(maskPlace(address)).toBe(masked))

  test('R39 no number or letter of an address is ever shown', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 9999 }), fc.string({ maxLength: 20 }), (street, door, rest) => expect(maskPlace(`${street}${door}${rest}`)).not.toMatch(/[0-9A-Za-z]/)))
  })
})

describe('settings', () => {
  test('R05 R07 R10 R13 R14 R22 R32 R33 the published figures and the defaults of the spec', () => {
    const s = defaultSettings()
    expect(s.hotline).toBe('4000-555-776')
    expect(s.dispatch).toMatchObject({ offersPerWave: 2, waveMinutes: 3, maxWaves: 3, emergencyWaveMinutes: 1, emergencyRadiusFactor: 1.5, radiusMetres: 8000, positionFreshMinutes: 30, dailyCapacity: 8, bucketMetres: 100, starsWithout: 4.5, ratingsCounted: 50, detourFactor: 1.4, travelKmPerHour: 20, jobMinutes: 90 })
    expect(s.call).toMatchObject({ reminderMinutes: 4, breachMinutes: 5, takeBackMinutes: 15, retryMinutes: [10, 30], retryGraceMinutes: 5 })
    expect(s.arrival).toMatchObject({ reminderMinutes: 90, earlyMinutes: 10, farMetres: 500, doorCodeTries: 5 })
    expect([s.quote.reminderHours, s.quote.expiryHours, s.acceptance.reminderHours, s.acceptance.staffHours]).toEqual([24, 72, 24, 72])
    expect(s.followUp).toMatchObject({ questionnaireHours: 2, callTaskHours: 20, breachHours: 24 })
    expect(s.returnVisit).toMatchObject({ aloneMinutes: 30, choiceHours: 2 })
    expect(s.staffedHours).toEqual({ from: '08:00', to: '21:00' })
  })

  test.each([{ dispatch: { waveMinutes: 0 } }, { dispatch: { radiusMetres: 1 } }, { staffedHours: { from: '25:00' } }, { nonsense: 1 }, { call: { retryMinutes: [10] } }])('%j is refused', (change) => {
    expect(settingsSchema.safeParse(change).success).toBe(false)
  })

  test('R42 every deadline says what starts it, when it is due and what happens then', () => {
    for (const id of Object.keys(DEADLINES) as DeadlineId[]) expect([DEADLINES[id].rule, MOMENTS[DEADLINES[id].from], dueText(id, defaultSettings()), DEADLINES[id].then].every((text) => text.length > 0)).toBe(true)
  })
})

describe('times of the day in Shanghai', () => {
  dayjs.extend(utc)
  dayjs.extend(timezone)
  /** dayjs knows the zone's history; since 1992 it is +08:00 all year. */
  const moments = fc.date({ min: new Date('1992-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })

  test('days, clocks and months are what dayjs reckons for Asia/Shanghai', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 240 }), (moment, months) => {
        const there = dayjs(moment).tz('Asia/Shanghai')
        expect(dateText(moment)).toBe(there.format('YYYY.MM.DD'))
        expect(clockText(moment)).toBe(there.format('H:mm'))
        expect(monthDayDigits(moment)).toBe(there.format('MMDD'))
        expect(dayStart(moment)).toEqual(there.startOf('day').toDate())
        expect(monthsAfter(moment, months)).toEqual(there.add(months, 'month').toDate())
      }),
    )
  })

  const shanghai = (text: string) => new Date(`${text}+08:00`)
  const now = shanghai('2026-11-22T09:00')

  test.each([
    ['2026-11-22T14:30', '今天 14:30', '今天下午两点半'],
    ['2026-11-23T00:05', '明天 0:05', '明天凌晨零点零五分'],
    ['2026-11-22T14:02', '今天 14:02', '今天下午两点零二分'],
    ['2026-11-22T18:10', '今天 18:10', '今天晚上六点十分'],
    ['2026-11-22T18:22', '今天 18:22', '今天晚上六点二十二分'],
    ['2026-11-22T18:40', '今天 18:40', '今天晚上六点四十分'],
    ['2026-11-21T12:00', '昨天 12:00', '昨天中午十二点'],
    ['2027-01-02T08:15', '2027 年 1 月 2 日 周六 8:15', '2027 年 1 月 2 日 周六上午八点一刻'],
  ])('%s reads %s and is said %s', (moment, read, said) => {
    expect(momentText(shanghai(moment), now)).toBe(read)
    expect(spokenMoment(shanghai(moment), now)).toBe(said)
  })

  test('months end on the last day of a shorter one', () => {
    expect(monthsAfter(shanghai('2026-01-31T10:00'), 1)).toEqual(shanghai('2026-02-28T10:00'))
    expect(monthsAfter(shanghai('2026-11-22T10:00'), 24)).toEqual(shanghai('2028-11-22T10:00'))
  })

  test('R55 staffed time between two moments', () => {
    expect(staffedMsBetween(shanghai('2026-11-22T20:00'), shanghai('2026-11-23T09:30'), { from: '08:00', to: '21:00' })).toBe(2.5 * 3_600_000)
  })
})
