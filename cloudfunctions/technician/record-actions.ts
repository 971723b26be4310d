import * as z from 'zod'
import type { RecordView } from '../../typings/contract'
import { personFrom } from '../domain/handlers/dispatch'
import type { DeedKind } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import { after, DAY } from '../domain/shanghai'
import { contestableUntil, counts as stillCounts, isHidden, violationView } from '../domain/violations'
import { technicianCard } from '../domain/views/parts'
import { figuresOf } from '../domain/views/reading'
import { defineAction } from '../platform/action'
import { finishContest, writeContest } from '../platform/contests'
import { _, collection } from '../platform/db'
import type { ViolationDocument } from '../platform/documents'
import { nothing, words } from '../platform/fields'
import { cardReading } from '../platform/reading'
import { readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { callingTechnician, readTechnician } from './me'
import type { Me } from './me'

const YEAR_MS = 365 * DAY
const MOST_VIOLATIONS = 100
const MOST_RATINGS = 1_000

const COUNTED: Record<keyof RecordView['counts'], DeedKind> = {
  claimed: 'claimed', assigned: 'assigned', declined: 'declined', letRunOut: 'let_run_out', givenBack: 'given_back', takenBack: 'taken_back', called: 'called', calledLate: 'called_late',
  arrivedEarly: 'arrived_early', arrived: 'arrived', arrivedLate: 'arrived_late', delays: 'delay_told', absent: 'absent', completed: 'completed', returned: 'returned',
}

/** Whole percents; null of none. */
const share = (good: number, bad: number): number | null => (good + bad === 0 ? null : Math.round((100 * good) / (good + bad)))

/** All of it in one trip. Deeds are counted, never loaded; of violations and ratings the latest are shown. */
const show = async (me: Me): Promise<RecordView | Refusal> => {
  const technicianId = me._id
  const now = new Date()
  const since = after(now, -YEAR_MS)
  const kinds = Object.entries(COUNTED) as [keyof RecordView['counts'], DeedKind][]
  const [document, violations, ratings, settings, ...numbers] = await Promise.all([
    readTechnician(me),
    collection('violations').find({ technicianId, at: _.gte(since) }, { order: { at: 'desc' }, limit: MOST_VIOLATIONS }),
    collection('ratings').find({ technicianId, at: _.gte(since) }, { order: { at: 'desc' }, limit: MOST_RATINGS }),
    readSettings(),
    ...kinds.map(([, kind]) => collection('deeds').count({ technicianId, kind, at: _.gte(since) })),
  ])
  if (document instanceof Refusal) return document
  const counts = Object.fromEntries(kinds.map(([name], index) => [name, numbers[index] ?? 0])) as RecordView['counts']
  const technician = toTechnician(document)
  return {
    me: technicianCard(personFrom(technician), await cardReading([technician])),
    since: since.toISOString(),
    counts,
    callsInTime: share(counts.called, counts.calledLate),
    arrivalsInTime: share(counts.arrivedEarly + counts.arrived, counts.arrivedLate),
    stars: { mean: technician.stars, count: ratings.length, byStars: [1, 2, 3, 4, 5].map((stars) => ratings.filter((rating) => rating.stars === stars).length) as RecordView['stars']['byStars'] },
    violations: violations.filter((violation) => !isHidden(violation)).map((violation) => violationView(violation, settings, now)),
    points: violations.filter(stillCounts).reduce((sum, violation) => sum + violation.points, 0),
    figures: figuresOf(settings),
  }
}

export const getRecord = defineAction({
  summary: '我的记录：一年里抢的单、电话和到达准不准时、退单、返工、评分、违规',
  input: nothing,
  example: {},
  run: async (_input, context) => show(await callingTechnician(context)),
})

/** R36 a technician says what is wrong with it, once; a manager decides. */
export const contestViolation = defineAction({
  summary: '对一条违规提出异议，只能提一次',
  input: z.strictObject({ violationId: z.string().min(3).max(200), reason: words('为什么不对', 5, 300) }),
  example: { violationId: 'o3f9a1c0d2b4e6f80718293a4b5c6d7:1:late_call:t0317:1795336200000', reason: '电话是用另一部手机打的，业主可以作证' },
  run: async ({ violationId, reason }, context) => {
    const me = await callingTechnician(context)
    const [violation, settings] = await Promise.all([collection('violations').get(violationId), readSettings()])
    if (!violation || violation.technicianId !== me._id || isHidden(violation)) return refuse('NOT_FOUND', '您的记录里没有这一条')
    // Sent again after a lost answer: it stands already (R04).
    if (violation.contest) return standing(violation, reason, me)
    const now = new Date()
    if (!contestableUntil(violation, settings, now)) return refuse('WRONG_STATE', `过了 ${settings.register.contestDays} 天，不能再提异议了`)
    const contested = await writeContest(violation, { reason, at: now, state: 'open', decision: '', decidedBy: null, decidedAt: null }, now)
    return standing(contested ?? (await collection('violations').get(violationId)) ?? violation, reason, me)
  },
})

/** What stands already is left; whatever a function that died left undone of it is done. */
const standing = async (violation: ViolationDocument, reason: string, me: Me): Promise<RecordView | Refusal> => {
  const isSame = violation.contest?.reason === reason
  const [record] = await Promise.all([isSame ? show(me) : null, finishContest(violation)])
  return record ?? refuse('WRONG_STATE', '这一条提过异议了，等公司答复')
}
