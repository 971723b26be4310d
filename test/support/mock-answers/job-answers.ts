/** One job in each of its moments: the numbers of the design pictures. */
import type { JobView, QuoteView, StepView, WarrantyCardView } from '../../../typings/contract'
import { allDone, DOOR, KIT, STEPS } from './checklist'
import { PHOTOS, SIGNATURE } from './demo-pictures'
import { FIGURES, OFFER } from './offer-answers'

export const QUOTE: QuoteView = {
  version: 1,
  state: 'sent',
  totalFen: 31_400,
  sentAt: '2026-11-22T05:05:00.000Z',
  expiresAt: '2026-11-25T05:05:00.000Z',
  confirmedAt: null,
  note: '',
  lines: [
    {
      id: 'l1',
      name: '换水龙头',
      quantity: 1,
      unit: '个',
      material: '泉源 K2 冷热龙头，精铜，泉源卫浴厂',
      materialFen: 16_800,
      labourFen: 6_000,
      amountFen: 22_800,
      warrantyMonths: 24,
    },
    {
      id: 'l2',
      name: '换角阀',
      quantity: 2,
      unit: '个',
      material: '泉源 J5 角阀，59 铜，泉源卫浴厂',
      materialFen: 5_600,
      labourFen: 3_000,
      amountFen: 8_600,
      warrantyMonths: 24,
    },
  ],
}

export const CARD: WarrantyCardView = {
  number: 'B1122-0486',
  code: 'K7M2-9QXP',
  until: '2028-11-22T07:30:00.000Z',
  months: 24,
  acceptedAt: '2026-11-22T07:30:00.000Z',
  lines: [
    { item: '换龙头', material: '泉源 K2 冷热龙头 1 个', amountFen: 22_800, months: 24, until: '2028-11-22T07:30:00.000Z' },
    { item: '换角阀', material: '泉源 J5 角阀 2 个', amountFen: 8_600, months: 24, until: '2028-11-22T07:30:00.000Z' },
  ],
  paidFen: 31_400,
  place: '江湾区梧桐里 ****',
  homeowner: { name: '林**', signedAt: '2026-11-22T07:31:00.000Z', signature: null },
  technician: { name: '周国平', staffNumber: '0317', signedAt: '2026-11-22T07:29:00.000Z', signature: SIGNATURE },
  hotline: '4000-555-776',
  valid: true,
}

export const JOB: JobView = {
  orderId: 'o-486',
  number: 'SF1122-0486',
  version: 7,
  visitNo: 1,
  kind: 'repair',
  state: { turn: 'yours', word: '打电话', fact: '抢到了，5 分钟内打给业主', sentence: '拨出就算数', joint: 1 },
  title: '换厨房龙头',
  category: OFFER.category,
  items: OFFER.items,
  problem: '厨房龙头关不紧，一直滴水。柜子里角阀也有点潮，怕泡坏地板',
  requests: '家里有小孩午睡，敲门轻一点',
  photos: [PHOTOS.tap, PHOTOS.valve],
  video: null,
  wanted: { from: OFFER.wanted.from, to: OFFER.wanted.to, text: '今天 14:00–16:00' },
  contact: { name: '林女士', honorific: '女士', phone: '138 **** 6621', onSite: '' },
  place: { address: '梧桐里 6 幢 2 单元 1102', district: '梧桐里', longitude: 120.2, latitude: 30.25, distanceMetres: 1_200 },
  call: {
    why: 'claimed',
    claimedAt: '2026-11-22T05:04:00.000Z',
    dueAt: '2026-11-22T05:09:00.000Z',
    takenBackAt: '2026-11-22T05:19:00.000Z',
    dialledAt: null,
    attempts: 0,
    outcome: null,
    retryAt: null,
    retryUntil: null,
    words: [
      '【林女士】，您好！',
      '我是师服到的【周国平】，工号【0317】。',
      '您报修【厨房龙头关不紧、角阀潮】，想约【今天下午两点到四点】，对吗？',
      '我【两点半】到，您看行不行？',
    ],
  },
  appointment: null,
  role: 'lead',
  crew: [{ id: 't0317', name: '周国平', staffNumber: '0317', photo: '', lead: true }],
  delay: null,
  delayBy: null,
  noShow: null,
  note: null,
  parts: null,
  unpaidFen: 31_400,
  progress: [],
  change: null,
  quote: null,
  onTheWayAt: null,
  arrivedAt: null,
  door: { open: false, triesLeft: 5, released: false },
  steps: [KIT, DOOR, ...STEPS.slice(2).map((one): StepView => ({ ...one, state: 'waiting', startedAt: null, doneAt: null }))],
  stepsDone: 0,
  missing: [],
  completedAt: null,
  acceptedAt: null,
  card: null,
  oldParts: null,
  main: { act: 'dial', label: '打电话' },
  more: [
    { act: 'navigate', label: '导航' },
    { act: 'give_back', label: '退单' },
  ],
  timeline: [
    { id: 'e2', at: '2026-11-22T05:04:00.000Z', text: '周师傅接单，离您 1.2 公里', by: '周师傅' },
    { id: 'e1', at: '2026-11-22T05:01:00.000Z', text: '收到报修，请了两位最近的师傅', by: '系统' },
  ],
  figures: FIGURES,
  hotline: '4000-555-776',
}

export const APPOINTMENT = { at: '2026-11-22T06:30:00.000Z', text: '今天 14:30', arriveBy: '2026-11-22T06:20:00.000Z' }
const agreed: JobView['call'] = JOB.call && { ...JOB.call, dialledAt: '2026-11-22T05:06:00.000Z', attempts: 1, outcome: 'agreed' }
export const PAID_QUOTE: QuoteView = { ...QUOTE, state: 'confirmed', confirmedAt: '2026-11-22T05:26:00.000Z' }
export const DIAL = { act: 'dial', label: '打电话' } as const

export const JOB_KIT: JobView = {
  ...JOB,
  version: 9,
  call: agreed,
  appointment: APPOINTMENT,
  quote: QUOTE,
  state: { turn: 'yours', word: '已预约', fact: '今天 14:30 上门', sentence: '业主还没付款，付了再出发', joint: 2 },
  main: { act: 'next_step', label: '出门前点一遍' },
  more: [DIAL, { act: 'give_back', label: '退单' }],
}
export const JOB_DOOR: JobView = {
  ...JOB_KIT,
  version: 12,
  unpaidFen: 0,
  quote: PAID_QUOTE,
  arrivedAt: '2026-11-22T06:19:00.000Z',
  onTheWayAt: '2026-11-22T06:05:00.000Z',
  stepsDone: 1,
  door: { open: false, triesLeft: 4, released: false },
  steps: [allDone(KIT, '2026-11-22T05:40:00.000Z'), { ...DOOR, state: 'current' }, ...JOB.steps.slice(2)],
  state: { turn: 'yours', word: '到门口', fact: '请业主念口令', sentence: '先亮工牌，再穿鞋套', joint: 2 },
  main: { act: 'enter_code', label: '对口令' },
  more: [DIAL],
}
export const JOB_WORK: JobView = {
  ...JOB_DOOR,
  version: 18,
  door: { open: true, triesLeft: 4, released: false },
  steps: STEPS,
  stepsDone: 4,
  state: { turn: 'yours', word: '上门作业', fact: '照清单一步步做', sentence: '每一步留下凭据', joint: 2 },
  main: { act: 'next_step', label: '下一步' },
  more: [DIAL],
}
export const FINISHED_STEPS = STEPS.map((one): StepView => ({ ...one, state: 'done', doneAt: one.doneAt ?? '2026-11-22T07:25:00.000Z' }))
export const JOB_WAITING: JobView = {
  ...JOB_WORK,
  version: 22,
  steps: FINISHED_STEPS,
  stepsDone: 7,
  completedAt: '2026-11-22T07:26:00.000Z',
  state: { turn: 'ours', word: '等验收', fact: '等业主验收', sentence: '业主在手机上试过再点', joint: 3 },
  main: null,
  more: [DIAL],
}
export const JOB_CLOSING: JobView = {
  ...JOB_WAITING,
  version: 24,
  acceptedAt: '2026-11-22T07:30:00.000Z',
  card: { ...CARD, homeowner: { ...CARD.homeowner, signedAt: null }, technician: { ...CARD.technician, signedAt: null, signature: null } },
  state: { turn: 'yours', word: '收尾', fact: '签保修卡', sentence: '', joint: 3 },
  main: { act: 'sign_card_technician', label: '签保修卡' },
}

export const JOB_COMPLETE: JobView = {
  ...JOB_WORK,
  version: 21,
  steps: FINISHED_STEPS,
  stepsDone: 7,
  main: { act: 'report_completion', label: '报完工' },
}
export const JOB_PARTS: JobView = {
  ...JOB_CLOSING,
  version: 25,
  card: CARD,
  state: { ...JOB_CLOSING.state, fact: '把旧件交给业主' },
  main: { act: 'hand_over_parts', label: '交旧件' },
}
export const JOB_CHECK_OUT: JobView = {
  ...JOB_PARTS,
  version: 26,
  oldParts: { handedOver: true, note: '旧龙头 1 个、旧角阀 2 个' },
  main: { act: 'check_out', label: '点清工具，离开' },
}
export const JOB_QUOTE: JobView = {
  ...JOB_WORK,
  version: 14,
  quote: null,
  stepsDone: 1,
  steps: JOB_DOOR.steps,
  main: { act: 'send_quote', label: '现场报价' },
}
