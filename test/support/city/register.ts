import type { Technician } from '../../../cloudfunctions/domain/technician'
import { technician } from '../life'
import type { Worker } from './rules'

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))
const clockOf = (sinceMidnight: number): string => new Date(sinceMidnight).toISOString().slice(11, 16)

/** The product's own register entry of a worker. */
export const technicianFrom = (worker: Worker): Technician =>
  technician(worker.id, {
    openid: worker.account, base: worker.base, radiusMetres: worker.radius, dailyCapacity: worker.mostADay, skills: [...worker.trades], stars: worker.stars, onDuty: worker.onDuty, suspended: worker.suspended,
    certificates: worker.papers.map(({ trade, until }) => ({ category: trade, name: '上岗证', expiresAt: new Date(until) })), dutySince: dateOf(worker.dutySince), freeSince: dateOf(worker.freeSince),
    position: worker.told?.spot ?? null, positionAt: dateOf(worker.told?.at ?? null), shifts: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => worker.shifts.map(({ from, to }) => ({ weekday, from: clockOf(from), to: clockOf(to) }))),
  })
