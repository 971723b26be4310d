import * as z from 'zod'
import { Refusal } from '../domain/refusal'
import { jobCard } from '../domain/views/technician'
import { defineAction } from '../platform/action'
import { collection } from '../platform/db'
import { before } from '../platform/fields'
import { pageBefore } from '../platform/paging'
import { readSettings } from '../platform/settings'
import { seenBy } from './job'
import { asOrder, NOT_FOR_LISTS } from '../platform/order-list'
import { callingTechnician, readTechnician } from './me'

const PAGE = 20
/** Offers do not show on the card of a job. */
const NOT_FOR_CARDS = [...NOT_FOR_LISTS, 'offers', 'dispatch'] as const

export const listJobs = defineAction({
  summary: '我做过的和手上的单，新的在前',
  input: z.strictObject({ before }),
  example: {},
  run: async ({ before: until }, context) => {
    const me = await callingTechnician(context)
    const { _id } = me
    const [document, settings, { items, nextBefore }] = await Promise.all([readTechnician(me), readSettings(), pageBefore(collection('orders'), { workedBy: _id }, { by: 'createdAt', before: until, size: PAGE, without: NOT_FOR_CARDS })])
    if (document instanceof Refusal) return document
    const now = new Date()
    return {
      jobs: items.flatMap((order) => {
        const seen = seenBy({ ...asOrder(order), offers: [] }, _id)
        return seen ? [jobCard(seen, _id, { now, settings })] : []
      }),
      nextBefore,
    }
  },
})
