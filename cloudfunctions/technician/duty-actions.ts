import * as z from 'zod'
import type { Place } from '../domain/geography'
import { refuse, Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { after, MINUTE } from '../domain/shanghai'
import { defineAction } from '../platform/action'
import { openidOf } from '../platform/caller'
import { _, collection } from '../platform/db'
import type { Changes } from '../platform/db'
import { nothing } from '../platform/fields'
import { freshPlace, position } from '../platform/positions'
import { readSettings } from '../platform/settings'
import { reckon, toPoint, toTechnician } from '../platform/technician-document'
import { showJobs } from './jobs-view'
import { callingTechnician, readTechnician } from './me'

const EXAMPLE_POSITION = { longitude: 120.2, latitude: 30.2 }

export const openJobs = defineAction({
  summary: '接单页：派来的单、今天的活',
  input: nothing,
  example: {},
  run: async (_input, context) => showJobs((await callingTechnician(context))._id, openidOf(context.caller)),
})

/** R05 a position that was just told: where they are reckoned to be until it grows old. */
const positionChanges = ({ at, ...place }: Place & { at: Date }, { dispatch }: Settings): Changes => {
  return {
    position: _.set(toPoint(place)), positionAt: _.set(at), whereabouts: _.set(toPoint(place)), reckonAt: _.set(after(at, dispatch.positionFreshMinutes * MINUTE + 1)),
  }
}

export const goOnDuty = defineAction({
  summary: '上岗，开始接单',
  input: z.strictObject({ position }),
  example: { position: EXAMPLE_POSITION },
  run: async ({ position: told }, context) => {
    const me = await callingTechnician(context)
    const { _id, openid, suspended, suspendedReason, onDuty } = me
    if (suspended) return refuse('SUSPENDED', `停单中：${suspendedReason || '请联系公司'}`)
    const now = new Date()
    const technicians = collection('technicians')
    const settings = await readSettings()
    const place = freshPlace(told, now, settings)
    if (place instanceof Refusal) return place
    const changes = positionChanges(place, settings)
    // Their waiting time counts from here, unless they were on duty already. What was known some seconds ago says which to try first.
    const goOn = () => technicians.update({ _id, openid, onDuty: false, suspended: false }, { onDuty: _.set(true), dutySince: _.set(now), freeSince: _.set(null), ...changes })
    const stayOn = () => technicians.update({ _id, openid, onDuty: true, suspended: false }, changes)
    const [first, otherwise] = onDuty ? [stayOn, goOn] : [goOn, stayOn]
    // Neither: suspended since, or the account is theirs no more.
    if ((await first()) === 0 && (await otherwise()) === 0) {
      const document = await readTechnician(me)
      return document instanceof Refusal ? document : refuse('SUSPENDED', `停单中：${document.suspendedReason || '请联系公司'}`)
    }
    return showJobs(_id, openidOf(context.caller))
  },
})

/** The position is forgotten: nobody is followed off duty (R39). */
export const goOffDuty = defineAction({
  summary: '下岗，不再派新单',
  input: nothing,
  example: {},
  run: async (_input, context) => {
    const me = await callingTechnician(context)
    const { _id, openid } = me
    const gone = { onDuty: false, dutySince: null, position: null, positionAt: null }
    const { whereabouts } = reckon({ ...toTechnician(me), ...gone }, new Date(), await readSettings())
    await collection('technicians').update(
      { _id, openid },
      { onDuty: _.set(false), dutySince: _.set(null), position: _.set(null), positionAt: _.set(null), whereabouts: _.set(whereabouts), reckonAt: _.set(null) },
    )
    return showJobs(_id, openidOf(context.caller))
  },
})

export const reportPosition = defineAction({
  summary: '报位置，只在岗上用',
  input: z.strictObject({ position }),
  example: { position: EXAMPLE_POSITION },
  run: async ({ position: told }, context) => {
    const [me, settings] = await Promise.all([callingTechnician(context), readSettings()])
    const place = freshPlace(told, new Date(), settings)
    if (place instanceof Refusal) return place
    const updated = await collection('technicians').update({ _id: me._id, openid: me.openid, onDuty: true }, positionChanges(place, settings))
    if (updated === 1) return { positionAt: place.at.toISOString() }
    const document = await readTechnician(me)
    return document instanceof Refusal ? document : refuse('OFF_DUTY', '您还没上岗，先点上岗')
  },
})
