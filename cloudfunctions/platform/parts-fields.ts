import * as z from 'zod'
import { line, quantity } from './fields'

/** Parts that are not there, each by its name (R45). */
export const missingParts = z.array(z.strictObject({ name: line('配件名称', 1, 30), quantity })).min(1, '请写缺哪样配件').max(5, '一次最多写 5 样配件')
