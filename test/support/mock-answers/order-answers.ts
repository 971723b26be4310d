/** The same order on its homeowner’s phone. */
import type { OrderView, VisitView } from '../../../typings/contract'
import { ZHOU } from './demo-pictures'
import { APPOINTMENT, CARD, FINISHED_STEPS, JOB, PAID_QUOTE, QUOTE } from './job-answers'
import { FIGURES, OFFER } from './offer-answers'

const VISIT: VisitView = {
  no: 1,
  kind: 'repair',
  state: 'awaiting_acceptance',
  technician: ZHOU,
  appointmentAt: APPOINTMENT.at,
  arrivedAt: '2026-11-22T06:19:00.000Z',
  completedAt: '2026-11-22T07:26:00.000Z',
  acceptedAt: null,
  steps: FINISHED_STEPS,
  missing: [],
  rating: null,
}

export const ORDER: OrderView = {
  id: 'o-486',
  number: 'SF1122-0486',
  version: 9,
  status: 'scheduled',
  state: { turn: 'yours', word: '待确认', fact: '今天 14:30 上门', sentence: '看过报价，付好款师傅才出发', joint: 2 },
  title: '换厨房龙头',
  category: OFFER.category,
  items: OFFER.items,
  problem: JOB.problem,
  requests: JOB.requests,
  photos: JOB.photos,
  video: null,
  wanted: JOB.wanted,
  contact: { name: '林秋雨', honorific: '女士', phone: '13800006621', onSite: null },
  place: { address: JOB.place.address, district: '梧桐里' },
  filedAt: '2026-11-22T05:01:00.000Z',
  emergency: false,
  dispatch: null,
  next: [],
  technician: ZHOU,
  doorCode: '4827',
  appointment: { at: APPOINTMENT.at, text: APPOINTMENT.text },
  delay: null,
  waitingAtDoor: null,
  rebook: null,
  parts: null,
  helpers: [],
  preparations: [],
  change: null,
  quote: QUOTE,
  stages: [{ id: 's1', name: '全款', amountFen: 31_400, state: 'not_due', paidAt: null, refundedFen: 0 }],
  visits: [VISIT],
  followUp: null,
  returnChoice: null,
  ratingTags: ['准时', '讲得明白', '手艺好', '有礼貌', '收拾得干净'],
  card: null,
  timeline: JOB.timeline,
  main: { act: 'confirm_and_pay', label: '确认并付款 ¥314.00' },
  more: [],
  hotline: '4000-555-776',
  figures: FIGURES,
}
const settled: OrderView = {
  ...ORDER,
  quote: PAID_QUOTE,
  stages: [{ id: 's1', name: '全款', amountFen: 31_400, state: 'paid', paidAt: '2026-11-22T05:26:00.000Z', refundedFen: 0 }],
}
export const ORDER_ACCEPTANCE: OrderView = {
  ...settled,
  status: 'awaiting_acceptance',
  state: { turn: 'yours', word: '待验收', fact: '修好了，请您试试', sentence: '试过再签字；哪里不对，写下来接着修', joint: 3 },
  main: { act: 'accept', label: '试过了，去验收' },
}
const closed: VisitView = { ...VISIT, state: 'closed', acceptedAt: CARD.acceptedAt }
export const ORDER_TO_SIGN: OrderView = {
  ...settled,
  status: 'closing',
  visits: [{ ...VISIT, state: 'closing', acceptedAt: CARD.acceptedAt }],
  card: { ...CARD, homeowner: { ...CARD.homeowner, signedAt: null } },
  state: { turn: 'yours', word: '待签字', fact: '请签保修卡', sentence: '签好保修卡就发给您', joint: 3 },
  main: { act: 'sign_card', label: '签保修卡' },
}
export const ORDER_WARRANTY: OrderView = {
  ...settled,
  status: 'in_warranty',
  visits: [closed],
  card: CARD,
  state: { turn: 'done', word: '保修中', fact: '保修到 2028.11.22', sentence: '同样的毛病免费修', joint: 4 },
  main: { act: 'view_card', label: '看保修卡' },
}
export const ORDER_FOLLOW_UP: OrderView = {
  ...ORDER_WARRANTY,
  state: { turn: 'yours', word: '待评价', fact: '修好一阵了，还好用吗？', sentence: '您照实说，我们才改得了', joint: 4 },
  main: { act: 'answer_follow_up', label: '说说还好用吗' },
  followUp: {
    visitNo: 1,
    sentAt: '2026-11-22T09:26:00.000Z',
    answer: null,
    questions: [
      { id: 'holds', text: '修好的地方还好用吗？', yes: '好用', no: '又坏了', good: 'yes', returns: true },
      { id: 'clean', text: '收拾干净没有？', yes: '干净', no: '没有', good: 'yes', returns: false },
      { id: 'overcharged', text: '有没有多收钱？', yes: '有', no: '没有', good: 'no', returns: false },
    ],
  },
}
