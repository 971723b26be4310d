import * as z from 'zod'

/** 08:00 */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 08:00 这样')
