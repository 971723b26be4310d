import * as z from 'zod'
import { isInChina } from '../domain/china'
import type { Place } from '../domain/geography'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import type { Settings } from '../domain/settings'
import { after, MINUTE } from '../domain/shanghai'
import { isoTime } from './fields'

const degrees = { longitude: z.number().min(-180).max(180), latitude: z.number().min(-90).max(90) }
const NOT_IN_CHINA = '位置不在国内，请打开定位再试'

/** A place on the map, GCJ-02 degrees. */
export const place = z.strictObject(degrees).refine(isInChina, NOT_IN_CHINA)

/** Where a phone says that it is, GCJ-02 degrees, and when it measured that; at once when it does not say. */
export const position = z.strictObject({ ...degrees, measuredAt: isoTime.optional() }).refine(isInChina, NOT_IN_CHINA)

export type MeasuredPosition = z.infer<typeof position>

/** How far a phone's clock may go ahead of ours, ms. */
const AHEAD_MS = 2 * MINUTE

/** The place, unless it was measured too long ago to say where they are now (R05), or by a clock that is wrong. */
export const freshPlace = ({ longitude, latitude, measuredAt }: MeasuredPosition, now: Date, { dispatch }: Settings): (Place & { at: Date }) | Refusal => {
  const at = measuredAt ?? now
  const minutes = Math.floor((now.getTime() - at.getTime()) / MINUTE)
  const wrong = (message: string) => refuse('INVALID_INPUT', message, { 'position.measuredAt': message })
  if (minutes >= dispatch.positionFreshMinutes) return wrong(`这是 ${minutes} 分钟前的位置，请重新定位`)
  if (at > after(now, AHEAD_MS)) return wrong('定位的时间在将来，请核对手机的时间')
  return { longitude, latitude, at: at > now ? now : at }
}
