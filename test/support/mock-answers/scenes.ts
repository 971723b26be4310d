/**
 * Scenes to look at: when each plays, on which page, what the functions answer. Invented people, the numbers of the design pictures.
 * `npx tsx test/support/mock-answers/write.ts DIR` writes a JSON file a scene, for `local/phone/preview.ts --mock`.
 */
import type { JobView, OrderView } from '../../../typings/contract'
import * as jobs from './job-answers'
import { BADGE, JOBS, NOW, OFFER, PRICE_BOOK } from './offer-answers'
import * as orders from './order-answers'

const technicianJob = (job: JobView) => ({
  'technician.getJob': job,
  'technician.openJobs': JOBS,
  'homeowner.priceBook': PRICE_BOOK,
  'technician.dial': { phone: '13800006621', job },
})
const homeownerOrder = (order: OrderView) => ({ 'homeowner.getOrder': order })

/** A scene: when it plays, what the functions answer. */
export const SCENES: Record<string, { now: string; page: string; query?: string; answers: Record<string, unknown> }> = {
  jobs: { now: NOW, page: 'pages/jobs/jobs', answers: { 'technician.openJobs': JOBS } },
  'jobs-quiet': {
    now: NOW,
    page: 'pages/jobs/jobs',
    answers: { 'technician.openJobs': { ...JOBS, offers: [], today: [], onDuty: false, offerCredits: 0 } },
  },
  offer: { now: NOW, page: 'technician/offer/offer', query: 'id=o-486', answers: { 'technician.seeOffer': OFFER } },
  call: { now: '2026-11-22T05:05:18.000Z', page: 'technician/call/call', query: 'id=o-486', answers: technicianJob(jobs.JOB) },
  'call-dialled': {
    now: '2026-11-22T05:06:18.000Z',
    page: 'technician/call/call',
    query: 'id=o-486',
    answers: technicianJob({
      ...jobs.JOB,
      call: jobs.JOB.call && { ...jobs.JOB.call, dialledAt: '2026-11-22T05:06:00.000Z', attempts: 1 },
      main: { act: 'record_call', label: '记下结果' },
      more: [jobs.DIAL, ...jobs.JOB.more],
    }),
  },
  'job-kit': { now: '2026-11-22T05:30:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(jobs.JOB_KIT) },
  'job-door': { now: '2026-11-22T06:19:30.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(jobs.JOB_DOOR) },
  'job-work': { now: '2026-11-22T07:12:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(jobs.JOB_WORK) },
  'job-waiting': {
    now: '2026-11-22T07:28:00.000Z',
    page: 'technician/job/job',
    query: 'id=o-486',
    answers: technicianJob(jobs.JOB_WAITING),
  },
  'job-closing': {
    now: '2026-11-22T07:31:00.000Z',
    page: 'technician/job/job',
    query: 'id=o-486',
    answers: technicianJob(jobs.JOB_CLOSING),
  },
  'job-complete': {
    now: '2026-11-22T07:26:00.000Z',
    page: 'technician/job/job',
    query: 'id=o-486',
    answers: technicianJob(jobs.JOB_COMPLETE),
  },
  'job-parts': { now: '2026-11-22T07:32:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(jobs.JOB_PARTS) },
  'job-check-out': {
    now: '2026-11-22T07:33:00.000Z',
    page: 'technician/job/job',
    query: 'id=o-486',
    answers: technicianJob(jobs.JOB_CHECK_OUT),
  },
  'job-quote': { now: '2026-11-22T06:25:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(jobs.JOB_QUOTE) },
  badge: { now: NOW, page: 'technician/badge/badge', answers: { 'technician.showBadge': BADGE } },
  quote: { now: '2026-11-22T05:24:00.000Z', page: 'homeowner/quote/quote', query: 'id=o-486', answers: homeownerOrder(orders.ORDER) },
  acceptance: {
    now: '2026-11-22T07:28:00.000Z',
    page: 'homeowner/acceptance/acceptance',
    query: 'id=o-486',
    answers: homeownerOrder(orders.ORDER_ACCEPTANCE),
  },
  'warranty-card': {
    now: '2026-11-22T07:31:00.000Z',
    page: 'homeowner/warranty-card/warranty-card',
    query: 'id=o-486',
    answers: homeownerOrder(orders.ORDER_WARRANTY),
  },
  'card-to-sign': {
    now: '2026-11-22T07:31:00.000Z',
    page: 'homeowner/warranty-card/warranty-card',
    query: 'id=o-486',
    answers: homeownerOrder(orders.ORDER_TO_SIGN),
  },
  'follow-up': {
    now: '2026-11-23T02:04:00.000Z',
    page: 'homeowner/follow-up/follow-up',
    query: 'id=o-486&visit=1',
    answers: homeownerOrder(orders.ORDER_FOLLOW_UP),
  },
  rating: {
    now: '2026-11-23T02:04:00.000Z',
    page: 'homeowner/rating/rating',
    query: 'id=o-486&visit=1',
    answers: homeownerOrder(orders.ORDER_WARRANTY),
  },
}
