/** The crew of the simulated city: trades, certificates, shifts, leave. Invented. */
import { settingsSchema } from '../../../cloudfunctions/domain/settings'
import { after, DAY, HOUR, MINUTE } from '../../../cloudfunctions/domain/shanghai'
import type { Technician } from '../../../cloudfunctions/domain/technician'
import type { Shift } from '../../../cloudfunctions/domain/working-hours'
import { toDocument, type TechnicianDocument } from '../../../cloudfunctions/platform/technician-document'
import type { Chance } from '../chance'
import { DAY_BEGINS, WEEKDAY } from '../habits'
import type { City } from './districts'

/** Trades, and how many of a hundred follow each. */
const TRADES: readonly (readonly [number, readonly string[]])[] = [
  [30, ['plumbing', 'doors_windows']],
  [8, ['plumbing', 'appliances', 'floors']],
  [22, ['electrical', 'appliances']],
  [12, ['appliances']],
  [12, ['locks', 'doors_windows']],
  [10, ['walls', 'floors', 'doors_windows']],
  [6, ['plumbing', 'electrical', 'locks']],
]

const CERTIFICATE: Record<string, string> = { electrical: '低压电工作业证', locks: '公安备案开锁证' }

/** Hours of a shift on one day; none at all: comes when it suits them. */
interface Hours {
  from: string
  to: string
}
const ROSTERS: readonly (readonly [number, Hours | 'free' | 'night'])[] = [
  [14, { from: '06:30', to: '15:30' }],
  [34, { from: '08:00', to: '18:00' }],
  [30, { from: '09:00', to: '21:00' }],
  [15, { from: '12:00', to: '22:00' }],
  [4, 'free'],
  [3, 'night'],
]

/** Somebody of the crew, as they begin the day. */
export interface CrewMember {
  document: TechnicianDocument
  /** Hours after the day begins that they mean to work; empty when they are off today. */
  works: { from: number; to: number }[]
}

export function crew(chance: Chance, city: City, count: number): CrewMember[] {
  return Array.from({ length: count }, (_none, index) => member(chance, city, index))
}

function member(chance: Chance, city: City, index: number): CrewMember {
  const about = ['technician', index] as const
  const roster = chance.pick(ROSTERS, ...about, 'roster')
  const dayOff = 1 + Math.floor(7 * chance.of(...about, 'day off'))
  const onLeave = chance.is(0.03, ...about, 'leave')
  const technician = person(chance, city, index, shiftsOf(roster, dayOff), onLeave)
  const works = dayOff === WEEKDAY || onLeave || technician.suspended || !technician.openid ? [] : hoursOf(roster).map((hours) => lived(chance, index, hours))
  return { document: toDocument(technician, new Date(DAY_BEGINS), settingsSchema.parse({})), works }
}

function shiftsOf(roster: Hours | 'free' | 'night', dayOff: number): Shift[] {
  if (typeof roster === 'string') return []
  return [1, 2, 3, 4, 5, 6, 7].filter((weekday) => weekday !== dayOff).map((weekday) => ({ weekday, ...roster }))
}

const hoursAfterSix = (clock: string): number => Number(clock.slice(0, 2)) + Number(clock.slice(3)) / 60 - 6

function hoursOf(roster: Hours | 'free' | 'night'): { from: number; to: number }[] {
  if (roster === 'free') return [{ from: 3, to: 15 }]
  // Until the morning's end, and again from nine in the evening.
  if (roster === 'night') return [{ from: 0, to: 1.5 }, { from: 15, to: 24.5 }]
  return [{ from: hoursAfterSix(roster.from), to: hoursAfterSix(roster.to) }]
}

/** People are early or late for work, and seldom stop on the minute. */
function lived(chance: Chance, index: number, { from, to }: { from: number; to: number }): { from: number; to: number } {
  return {
    from: Math.max(0.002, from + chance.normal(-0.05, 0.15, 'technician', index, 'begins', from)),
    to: to + chance.between(0, 0.6, 'technician', index, 'ends', to),
  }
}

function person(chance: Chance, city: City, index: number, shifts: Shift[], onLeave: boolean): Technician {
  const about = ['technician', index] as const
  const now = new Date(DAY_BEGINS)
  const number = String(index + 1).padStart(4, '0')
  const { district, ...base } = city.address(...about)
  const skills = [...chance.pick(TRADES, ...about, 'trade')]
  const certificates = skills.flatMap((category) => {
    const name = CERTIFICATE[category]
    // One in sixty let it expire; one in sixty never had it.
    if (!name || chance.is(1 / 60, ...about, 'none', category)) return []
    return [{ category, name, expiresAt: after(now, (chance.is(1 / 60, ...about, 'expired', category) ? -10 : 200) * DAY) }]
  })
  return {
    _id: `sim-${number}`,
    openid: chance.is(0.015, ...about, 'unbound') ? null : `oSimTechnician${number}`,
    staffNumber: number,
    name: `${'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'[index % 16]}师傅`,
    phone: '',
    photo: `cloud://local.6c6f-local-1300000000/technicians/${number}.jpg`,
    skills,
    levels: [],
    training: [],
    certificates,
    base,
    district,
    radiusMetres: Math.round(chance.between(5, 10, ...about, 'radius')) * 1_000,
    dailyCapacity: chance.pick([[2, 6], [2, 7], [7, 8], [1, 10]], ...about, 'capacity'),
    shifts,
    leave: onLeave ? [{ id: 'leave-1', from: after(now, -6 * HOUR), to: after(now, 18 * HOUR - MINUTE), reason: '家里有事' }] : [],
    suspended: chance.is(0.01, ...about, 'suspended'),
    suspendedReason: '',
    stars: chance.is(0.1, ...about, 'new') ? null : Math.round(chance.between(40, 50, ...about, 'stars')) / 10,
    jobs: Math.floor(chance.between(0, 900, ...about, 'jobs')),
    onDuty: false,
    dutySince: null,
    position: null,
    positionAt: null,
    freeSince: null,
    claim: null,
    slots: [],
    slotsVersion: 0,
  }
}
