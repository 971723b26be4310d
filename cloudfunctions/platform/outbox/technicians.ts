import { personOf } from '../../domain/order'
import type { Settings } from '../../domain/settings'
import { firstContest, violationNotice } from '../../domain/violations'
import { _, collection } from '../db'
import { confirmHold, freeTechnician, meanStars } from '../technicians'
import { forEntries, inBulk } from './job'
import type { EntryOf, Job, Outcomes } from './job'
import { deliver } from './messages'
import type { Outgoing } from './messages'

type DayJob = Job<EntryOf<'confirm_hold'> | EntryOf<'free_technician'>>

/** Holds confirmed and technicians freed, one after the other for each technician: a later entry must not run ahead of an earlier one that failed. */
export const changeDays = async (jobs: readonly DayJob[], settings: Settings, outcomes: Outcomes): Promise<void> => {
  const byTechnician = new Map<string, DayJob[]>()
  for (const job of jobs) byTechnician.set(job.entry.technicianId, [...(byTechnician.get(job.entry.technicianId) ?? []), job])
  await Promise.all(
    [...byTechnician.values()].map(async (own) => {
      for (const job of own) {
        await forEntries([job.entry.id], outcomes, () => changeDay(job, settings))
        if (outcomes.get(job.entry.id) !== 'done') return
      }
    }),
  )
}

const changeDay = ({ order, entry }: DayJob, settings: Settings): Promise<void> =>
  entry.kind === 'confirm_hold'
    ? confirmHold(entry.technicianId, entry.slot, entry.awaitsCall, settings)
    : freeTechnician(entry.technicianId, { orderId: order._id, visitNo: entry.visitNo, at: entry.at, finished: entry.finished, awaitsCallOnly: entry.awaitsCallOnly }, settings)

const MOST_MEANS = 8

/** Stars of one visit replace what was given for it before; the technician's figure is the mean of the last (R31). */
export const recordStars = ({ entry }: Job<EntryOf<'stars'>>, settings: Settings, outcomes: Outcomes): Promise<void> =>
  forEntries([entry.id], outcomes, async () => {
    const { visitKey, technicianId, stars, at } = entry
    // An older entry that comes late must not undo a newer one.
    const changed = await collection('ratings').update({ _id: visitKey, changedAt: _.lte(at) }, { stars: _.set(stars), changedAt: _.set(at) })
    if (changed === 0) await collection('ratings').add({ _id: visitKey, technicianId, stars, at, changedAt: at })
    // Another rating may come between reading them all and writing the mean: it is written until it is still true afterwards.
    let mean = await meanStars(technicianId, settings)
    for (let attempt = 0; attempt < MOST_MEANS; attempt += 1) {
      await collection('technicians').update({ _id: technicianId }, { stars: _.set(mean) })
      const now = await meanStars(technicianId, settings)
      if (now === mean) return
      mean = now
    }
    throw new Error(`technician ${technicianId}: their stars kept changing`)
  })

/** Missed deadlines on a technician's record, each once; they hear of it, and read it where they can contest it (R36). */
export const recordViolations = async (jobs: readonly Job<EntryOf<'violation'>>[], settings: Settings, outcomes: Outcomes): Promise<void> => {
  await inBulk(jobs, outcomes, (some) => collection('violations').addAll(some.map(({ entry: { violation: { id, ...violation } } }) => ({ ...violation, _id: id, contest: firstContest(violation), nextWorkAt: null }))))
  await deliver(jobs.filter(({ entry }) => outcomes.get(entry.id) === 'done').flatMap(noticeOf), settings, outcomes)
}

/** About their record and not about the order: whoever opens that has not read it. */
const noticeOf = ({ order, entry: { id, violation } }: Job<EntryOf<'violation'>>): Outgoing[] => {
  const person = personOf(order, violation.technicianId)
  if (!person?.openid || firstContest(violation)) return []
  const blanks = { ...violationNotice(violation), page: 'technician/record/record' }
  return [{ id, to: { role: 'technician', openid: person.openid }, template: 'register', blanks, at: violation.at, orderId: '', orderNumber: '', visitNo: 0, emergency: false, mustReach: false, whom: person.name }]
}

/** What they did and did not do, each once (R09, R52). */
export const recordDeeds = (jobs: readonly Job<EntryOf<'deed'>>[], outcomes: Outcomes): Promise<void> =>
  inBulk(jobs, outcomes, (some) => collection('deeds').addAll(some.map(({ entry: { deed: { id, ...deed } } }) => ({ ...deed, _id: id }))))
