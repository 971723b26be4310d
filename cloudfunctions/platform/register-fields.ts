import * as z from 'zod'
import { LARGEST_RADIUS_METRES } from './technician-document'

/** Fields of a technician's entry that more than one kind of people fill in (R52). */

/** 08:00 */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 08:00 这样').describe('08:00 这样')

export const shifts = z.array(z.strictObject({ weekday: z.int().min(1, '周一写 1').max(7, '周日写 7').describe('周一写 1，周日写 7'), from: clockTime, to: clockTime })).max(21, '一周最多 21 段')

export const radiusMetres = z.int('接单半径要是整数，单位米').min(500, '接单半径至少 500 米').max(LARGEST_RADIUS_METRES, `接单半径最多 ${LARGEST_RADIUS_METRES / 1_000} 公里`).describe(`米，500–${LARGEST_RADIUS_METRES}`)
