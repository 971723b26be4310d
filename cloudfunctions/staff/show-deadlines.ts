import * as z from 'zod'
import { ALERTED, DEADLINES, dueText, MOMENTS, NIGHT } from '../domain/deadlines'
import type { DeadlineId } from '../domain/deadlines'
import { readSettings } from '../platform/settings'
import { staffAction } from './staff-action'

const NATURE = { verdict: '判定', step: '动作', reminder: '提醒' } as const

/** R42 the table of deadlines, with the figures in force. */
export const showDeadlines = staffAction({
  summary: '看全部时限：从什么时候算、多久、告诉谁、到时怎么办',
  roles: ['dispatcher', 'estimator', 'customer_service', 'finance'],
  writes: false,
  input: z.strictObject({}),
  example: {},
  run: async () => {
    const settings = await readSettings()
    const rows = (Object.keys(DEADLINES) as DeadlineId[]).map((id) => {
      const { rule, nature, from, alerts, night, then } = DEADLINES[id]
      return { id, rule, nature: NATURE[nature], starts: MOMENTS[from], due: dueText(id, settings), tells: alerts ? ALERTED[alerts] : '', night: NIGHT[night], then }
    })
    return { text: rows.map((row) => `${row.rule}｜${row.nature}｜${row.starts}｜${row.due}｜${row.tells || '—'}｜夜里${row.night}｜${row.then}`).join('\n'), deadlines: rows }
  },
})
