import type { Technician } from '../../cloudfunctions/domain/technician'
import { DISTRICT, spot } from './city'
import { crew } from './crew'
import type { CrewMember } from './crew'
import { portrait } from './portrait'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const CERTIFICATES: Record<string, string> = { electrical: '低压电工证', gas: '燃气具维修证', locks: '开锁备案证', plumbing: '管道工证' }

/** The register of technicians as it stands at `now`: on-duty ones have just reported where they are (R05, R52). */
export const technicians = (now: Date): Technician[] =>
  crew.map((one) => {
    const place = spot(...one.at)
    const onDuty = one.dutyMinutes !== null
    return {
      _id: `t${one.staffNumber}`,
      openid: openidOf(one),
      staffNumber: one.staffNumber,
      name: one.name,
      photo: portrait(one.looks),
      phone: `1390000${one.staffNumber}`,
      skills: one.skills,
      levels: one.skills.map((category) => ({ category, level: one.jobs > 600 ? 3 : one.jobs > 150 ? 2 : 1 })),
      training: [{ name: '上门礼仪和成品保护', passedAt: new Date(now.getTime() - (200 + one.jobs / 4) * DAY) }],
      certificates: Object.entries(one.certificates ?? {}).map(([category, days]) => ({
        category,
        name: CERTIFICATES[category] ?? '上岗证',
        expiresAt: new Date(now.getTime() + days * DAY),
      })),
      base: place,
      district: DISTRICT,
      radiusMetres: one.radiusMetres ?? 8_000,
      dailyCapacity: 8,
      shifts: one.shifts ?? [],
      leave: [],
      suspended: one.suspendedReason !== undefined,
      suspendedReason: one.suspendedReason ?? '',
      stars: one.stars,
      jobs: one.jobs,
      onDuty,
      dutySince: one.dutyMinutes === null ? null : new Date(now.getTime() - one.dutyMinutes * MINUTE),
      position: onDuty ? place : null,
      positionAt: onDuty ? now : null,
      freeSince: null,
      claim: null,
      slots: [],
      slotsVersion: 0,
    }
  })

const openidOf = ({ pinyin, staffNumber }: Pick<CrewMember, 'pinyin' | 'staffNumber'>): string => `oDemo${pinyin}${staffNumber}`

/** Who can be looked over the shoulder of, for the list of phones. */
export const technicianAccounts: readonly { openid: string; name: string; staffNumber: string; note: string }[] = crew.map((one) => ({
  openid: openidOf(one),
  name: one.name,
  staffNumber: one.staffNumber,
  note: one.note,
}))
