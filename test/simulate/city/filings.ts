/** The day's orders, before anybody has filed one: who, where, what, when, and how it is meant to end. */
import { priceBook } from '../../../local/seed/price-book'
import type { FileRepairInput } from '../../../typings/contract'
import { DAY, HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Chance } from '../chance'
import { DAY_BEGINS, HABITS, type Size } from '../habits'
import type { City } from './districts'

export interface Filing {
  /** 0 … in the order of filing. */
  no: number
  /** ms. */
  at: number
  openid: string
  input: FileRepairInput
  /** Priced at once, so that it must be paid before anybody sets out. */
  pricedAtOnce: boolean
  /** Repaired to the end, if they come today; the others decide at the door. */
  toTheEnd: boolean
}

/** What breaks, of a hundred. */
const CATEGORIES: readonly (readonly [number, string])[] = [
  [36, 'plumbing'], [17, 'electrical'], [10, 'locks'], [22, 'appliances'], [8, 'doors_windows'], [4, 'walls'], [3, 'floors'],
]

const PROBLEMS: Record<string, readonly string[]> = {
  plumbing: ['厨房龙头关不紧，一直滴水', '卫生间下水慢，地上有水', '马桶一直流水', '水管接头渗水'],
  electrical: ['一开空调就跳闸', '客厅插座没电', '灯一闪一闪'],
  locks: ['门锁转不动', '钥匙断在锁里了'],
  appliances: ['洗衣机不脱水', '空调不制冷', '热水器点不着火'],
  doors_windows: ['窗户关不严，漏风', '移门推不动'],
  walls: ['墙上裂了一道缝', '墙砖空了'],
  floors: ['地板翘起来了', '地砖松了'],
}

const book = priceBook()

export function filings(chance: Chance, city: City, { orders, hours }: Size): Filing[] {
  const moments = Array.from({ length: orders }, (_none, index) => momentOf(chance, index, hours)).sort((a, b) => a - b)
  return moments.map((at, no) => filing(chance, city, no, at))
}

/** Seconds of the day by the curve of the hours; the first and last minutes are left for looking on. */
function momentOf(chance: Chance, index: number, hours: number): number {
  const curve = HABITS.filing.byHour
  const choices = Array.from({ length: hours }, (_none, hour) => [curve[(6 + hour) % 24] ?? 0, hour] as const)
  const hour = chance.pick(choices, 'filing', index, 'hour')
  return DAY_BEGINS + Math.round((hour + chance.of('filing', index, 'minute')) * 3_600) * 1_000
}

function filing(chance: Chance, city: City, no: number, at: number): Filing {
  const habits = HABITS.filing
  const about = ['order', no] as const
  const hour = shanghaiHour(at)
  const isNight = hour >= 22 || hour < 7
  const emergency = chance.is(isNight ? habits.emergenciesAtNight : habits.emergencies, ...about, 'emergency')
  const category = chance.pick(emergency ? CATEGORIES.slice(0, 3) : CATEGORIES, ...about, 'category')
  const wanted = emergency ? { from: at, to: at + HOUR } : windowOf(chance, no, at)
  const isToday = dayOf(wanted.from) === dayOf(at)
  const toTheEnd = isToday && !emergency && chance.is(habits.repairedToTheEnd, ...about, 'to the end')
  const pricedAtOnce = toTheEnd || (!isToday && chance.is(habits.pricedAtOnceLater, ...about, 'priced'))
  const { district, ...home } = city.address(...about)
  const problem = chance.pick((PROBLEMS[category] ?? ['坏了，来看看']).map((text) => [1, text] as const), ...about, 'problem')
  const input: FileRepairInput = {
    category,
    items: [{ code: itemOf(chance, no, category, pricedAtOnce), quantity: 1 }],
    problem,
    contact: { name: `${'林周吴陈许何高罗'[no % 8]}某`, honorific: no % 2 === 0 ? '女士' : '先生', phone: `138${String(no).padStart(8, '0')}` },
    place: { address: `${district}梧桐路 ${(no % 300) + 1} 号`, room: `${(no % 30) + 1} 幢 ${(no % 12) + 101}`, district, ...home },
    wanted: { from: new Date(wanted.from).toISOString(), to: new Date(wanted.to).toISOString() },
    emergency,
  }
  return { no, at, openid: `oSimHome${String(no).padStart(6, '0')}`, input, pricedAtOnce, toTheEnd }
}

/** Two hours that suit the homeowner, between 08:00 and 20:00. */
function windowOf(chance: Chance, no: number, at: number): { from: number; to: number } {
  const habits = HABITS.filing
  const about = ['order', no] as const
  const soonest = Math.max(8, Math.ceil(shanghaiHour(at) + 1.2))
  const today = soonest <= 18 && chance.is(habits.wantsToday, ...about, 'today')
  const days = today ? 0 : chance.pick(habits.wantsLater, ...about, 'later')
  // Today rather soon; another day at any hour.
  const hour = today ? Math.floor(soonest + (19 - soonest) * chance.of(...about, 'hour') ** 1.6) : Math.floor(chance.between(8, 19, ...about, 'hour'))
  const from = dayOf(at) * DAY - 8 * HOUR + days * DAY + hour * HOUR
  return { from, to: from + 2 * HOUR }
}

const dayOf = (at: number): number => Math.floor((at + 8 * HOUR) / DAY)
/** 0–24, with the minutes as a fraction. */
export const shanghaiHour = (at: number): number => ((at + 8 * HOUR) % DAY) / HOUR

function itemOf(chance: Chance, no: number, category: string, pricedAtOnce: boolean): string {
  const items = book.categories.find(({ code }) => code === category)?.items ?? []
  const fitting = items.filter(({ pricing }) => pricing === (pricedAtOnce ? 'instant' : 'on_site'))
  return chance.pick(fitting.map(({ code }) => [1, code] as const), 'order', no, 'item')
}

export const durationOf = ({ input }: Filing): number =>
  input.items.reduce((sum, { code, quantity }) => sum + quantity * (book.categories.flatMap(({ items }) => items).find((item) => item.code === code)?.minutes ?? 90), 0) * MINUTE
