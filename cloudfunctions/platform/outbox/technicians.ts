import type { Settings } from '../../domain/settings'
import { _, collection } from '../db'
import { confirmHold, freeTechnician, meanStars } from '../technicians'
import { forEntries } from './job'
import type { EntryOf, Job, Outcomes } from './job'

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

/** Stars of one visit replace what was given for it before; the technician's figure is the mean of the last (R31). */
export const recordStars = ({ entry }: Job<EntryOf<'stars'>>, settings: Settings, outcomes: Outcomes): Promise<void> =>
  forEntries([entry.id], outcomes, async () => {
    const { visitKey, technicianId, stars, at } = entry
    // An older entry that comes late must not undo a newer one.
    const changed = await collection('ratings').update({ _id: visitKey, at: _.lte(at) }, { stars: _.set(stars), at: _.set(at) })
    if (changed === 0) await collection('ratings').add({ _id: visitKey, technicianId, stars, at })
    await collection('technicians').update({ _id: technicianId }, { stars: _.set(await meanStars(technicianId, settings)) })
  })

/** Missed deadlines on a technician's record, each once (R36). */
export const recordViolations = async (jobs: readonly Job<EntryOf<'violation'>>[], outcomes: Outcomes): Promise<void> => {
  await forEntries(
    jobs.map(({ entry }) => entry.id),
    outcomes,
    () => collection('violations').addAll(jobs.map(({ entry: { violation } }) => ({ ...violation, _id: violation.id }))),
  )
}

/** R09 give-backs are counted, each once. */
export const countGiveBack = ({ entry }: Job<EntryOf<'give_back_count'>>, outcomes: Outcomes): Promise<void> =>
  forEntries([entry.id], outcomes, async () => {
    await collection('give_backs').add({ _id: entry.eventKey, technicianId: entry.technicianId, at: entry.at })
  })
