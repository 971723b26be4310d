/**
 * Canned answers for looking at the technician's pages and those around a visit: invented people, the numbers of the design pictures.
 * `npx tsx test/support/mock-answers/write.ts DIR` writes a JSON file a scene, for `local/phone/preview.ts --mock`.
 */
import type {
  BadgeView,
  FileView,
  HomeownerApi,
  JobsView,
  JobView,
  OfferView,
  OrderView,
  QuoteView,
  StepView,
  TechnicianCard,
  VisitView,
  WarrantyCardView,
} from '../../../typings/contract'

const svg = (body: string): string => `data:image/svg+xml;utf8,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>${body}</svg>`)}`
const picture = (fileId: string, ground: string, body: string): FileView => ({ fileId: `cloud://demo/${fileId}`, url: svg(`<rect width='100' height='100' fill='${ground}'/>${body}`) })

export const PHOTOS = {
  tap: picture('tap.jpg', '#c9d3d2', "<rect y='62' width='100' height='38' fill='#8fa19f'/><path d='M30 70V38a20 20 0 0 1 40 0v6' fill='none' stroke='#f2f5f4' stroke-width='12'/>"),
  valve: picture('valve.jpg', '#7a6250', "<rect width='100' height='20' fill='#4c3c30'/><rect x='30' y='20' width='10' height='80' fill='#d8dcd8'/><circle cx='52' cy='52' r='14' fill='#c9ced0'/><ellipse cx='70' cy='88' rx='24' ry='6' fill='#7ba4ab'/>"),
  shoes: picture('shoes.jpg', '#c2a078', "<rect x='20' y='46' width='24' height='34' rx='8' fill='#6d9fc9'/><rect x='54' y='46' width='24' height='34' rx='8' fill='#6d9fc9'/>"),
  sheet: picture('sheet.jpg', '#8d7864', "<path d='M0 36L100 26V100H0z' fill='#eef0ee'/>"),
  water: picture('water.jpg', '#dfe6e4', "<rect y='64' width='100' height='36' fill='#a7b5b3'/><path d='M28 74V38a20 20 0 0 1 40 0v6' fill='none' stroke='#5f7478' stroke-width='14'/><rect x='62' y='46' width='8' height='24' fill='#79b3c9'/>"),
}

const signature = (path: string): FileView => ({
  fileId: 'cloud://demo/sign.png',
  url: `data:image/svg+xml;utf8,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 120' width='320' height='120' fill='none' stroke='#15262a' stroke-width='5' stroke-linecap='round' stroke-linejoin='round'>${path}</svg>`)}`,
})
export const SIGNATURE = signature(
  "<path d='M40 24c-2 40-6 60-22 76M40 24h52v66c0 12-6 14-16 8M52 46h30M66 34v26M52 62h30M56 74h20v14h-20z'/><path d='M128 26h62v70h-62zM140 44h38M140 60h38M140 78h38M159 44v34'/><path d='M224 30h70M240 42l8 14M282 42l-10 14M214 66h90M259 30v76'/>",
)

export const ZHOU: TechnicianCard = {
  id: 't-0317', name: '周国平', staffNumber: '0317', stars: 4.9, jobs: 1286, skills: ['水路', '电路', '洁具'],
  photo: svg("<rect width='100' height='100' fill='#cfdedd'/><circle cx='50' cy='46' r='19' fill='#d8a883'/><path d='M30 40a20 20 0 0 1 40 0z' fill='#0f6b74'/><rect x='26' y='38' width='48' height='5' rx='2' fill='#0b5562'/><path d='M16 100c0-24 14-32 34-32s34 8 34 32z' fill='#1a6c79'/>"),
}

const NOW = '2026-11-22T05:02:00.000Z'
export const TEMPLATES = Object.fromEntries(
  ['offer', 'call_reminder', 'claimed', 'appointment', 'quote', 'payment', 'on_the_way', 'acceptance', 'warranty_card', 'follow_up', 'return_visit', 'order_closed'].map((key) => [key, `tmpl-${key}`]),
) as JobsView['templates']

export const OFFER: OfferView = {
  orderId: 'o-486', offerId: 'of-1', category: { code: 'water', name: '水路', icon: 'tap' }, district: '梧桐里', distanceMetres: 1_200, rideMinutes: 6,
  problem: '厨房龙头关不紧，一直滴水', items: [{ code: 'tap', name: '换龙头', unit: '个', quantity: 1 }, { code: 'valve', name: '角阀', unit: '个', quantity: 2 }],
  wanted: { from: '2026-11-22T06:00:00.000Z', to: '2026-11-22T08:00:00.000Z', text: '今天 14–16 点', fits: true },
  labourFen: 9_000, kind: 'repair', emergency: false, sentAt: '2026-11-22T05:01:14.000Z', endsAt: '2026-11-22T05:04:14.000Z', others: 1,
}

const stop = (orderId: string, title: string, district: string, at: string, done: boolean): JobsView['today'][number] => ({
  orderId, number: `SF1122-${orderId}`, title, district, appointmentAt: at, doneAt: done ? at : null, kind: 'repair',
  state: done ? { turn: 'done', word: '办好了', fact: '做完了', sentence: '', joint: 4 } : { turn: 'ours', word: '已预约', fact: '今天 16:30 上门', sentence: '16:20 前到', joint: 2 },
})

export const JOBS: JobsView = {
  me: ZHOU, onDuty: true, positionAt: '2026-11-22T05:00:00.000Z', radiusMetres: 8_000, suspended: null, offerCredits: 3, offers: [OFFER],
  today: [stop('401', '换插座', '石桥巷', '2026-11-22T02:00:00.000Z', true), stop('412', '修马桶', '青禾园', '2026-11-22T03:40:00.000Z', true), stop('455', '装浴霸', '青石巷', '2026-11-22T08:30:00.000Z', false)],
  current: null, unread: 0, templates: TEMPLATES,
}

const step = (id: string, title: string, changes: Partial<StepView>): StepView => ({
  id, title, hint: '', phase: 'work', state: 'waiting', ticks: [], photos: null, note: null, words: [], minSeconds: 0, startedAt: null, doneAt: null, ...changes,
})
const done = (at: string, changes: Partial<StepView> = {}): Partial<StepView> => ({ state: 'done', doneAt: at, ...changes })
const tick = (id: string, label: string, isDone = false) => ({ id, label, done: isDone })

const KIT = step('kit', '出门前带齐五样', {
  phase: 'before_setting_out', state: 'current', hint: '材料和工具照报价单点一遍',
  ticks: [tick('badge', '工牌'), tick('brochure', '公司手册'), tick('shoe_covers', '鞋套'), tick('sheets', '保护垫'), tick('cloth', '抹布'), tick('materials', '本单的材料和工具')],
})
const allDone = (one: StepView, at: string): StepView => ({ ...one, state: 'done', doneAt: at, ticks: one.ticks.map((each) => ({ ...each, done: true })) })

const DOOR = step('door', '出示工牌，穿鞋套', {
  phase: 'at_door', hint: '站在门外先亮工牌，再请业主念口令', ticks: [tick('badge_shown', '工牌给业主看过'), tick('shoe_covers_on', '鞋套穿好了')],
  words: ['林女士，您好！我是师服到的周国平，', '这是我的工牌，您可以扫码查一下。', '麻烦您念一下手机上的四位口令。'],
})

export const STEPS: StepView[] = [
  allDone(KIT, '2026-11-22T05:40:00.000Z'),
  { ...allDone(DOOR, '2026-11-22T06:19:00.000Z') },
  step('protect', '铺好保护，拍旧痕', done('2026-11-22T06:27:00.000Z', { ticks: [tick('covered', '地面、墙边、软装盖好了', true)], photos: { label: '修之前、旧痕', min: 1, files: [PHOTOS.sheet, PHOTOS.valve] } })),
  step('repair', '修理', done('2026-11-22T07:09:00.000Z', { startedAt: '2026-11-22T06:31:00.000Z', photos: { label: '修好以后', min: 1, files: [PHOTOS.valve] }, note: { label: '做了什么', required: false, text: '换了冷热龙头和两只角阀' } })),
  step('test', '试用 2 分钟', { state: 'running', hint: '开到最大，看接口、管道和柜底有没有问题', minSeconds: 120, startedAt: '2026-11-22T07:10:34.000Z', photos: { label: '拍柜底', min: 1, files: [PHOTOS.water] } }),
  step('explain', '讲用法和保养', { ticks: [tick('shown', '当面演示过了'), tick('care', '讲了怎么保养')] }),
  step('clean', '擦净，东西放回原处', {}),
]

export const QUOTE: QuoteView = {
  version: 1, state: 'sent', totalFen: 31_400, sentAt: '2026-11-22T05:05:00.000Z', expiresAt: '2026-11-25T05:05:00.000Z', confirmedAt: null,
  lines: [
    { id: 'l1', name: '换水龙头', quantity: 1, unit: '个', material: '泉源 K2 冷热龙头，精铜，泉源卫浴厂', materialFen: 16_800, labourFen: 6_000, amountFen: 22_800, warrantyMonths: 24 },
    { id: 'l2', name: '换角阀', quantity: 2, unit: '个', material: '泉源 J5 角阀，59 铜，泉源卫浴厂', materialFen: 5_600, labourFen: 3_000, amountFen: 8_600, warrantyMonths: 24 },
  ],
}

export const CARD: WarrantyCardView = {
  number: 'B1122-0486', code: 'K7M2-9QXP', until: '2028-11-22T07:30:00.000Z', months: 24, acceptedAt: '2026-11-22T07:30:00.000Z',
  lines: [
    { item: '换龙头', material: '泉源 K2 冷热龙头 1 个', amountFen: 22_800, months: 24, until: '2028-11-22T07:30:00.000Z' },
    { item: '换角阀', material: '泉源 J5 角阀 2 个', amountFen: 8_600, months: 24, until: '2028-11-22T07:30:00.000Z' },
  ],
  paidFen: 31_400, place: '江湾区梧桐里 ****',
  homeowner: { name: '林**', signedAt: '2026-11-22T07:31:00.000Z', signature: null },
  technician: { name: '周国平', staffNumber: '0317', signedAt: '2026-11-22T07:29:00.000Z', signature: SIGNATURE },
  hotline: '4000-555-776', valid: true,
}

export const JOB: JobView = {
  orderId: 'o-486', number: 'SF1122-0486', version: 7, visitNo: 1, kind: 'repair', state: { turn: 'yours', word: '打电话', fact: '抢到了，5 分钟内打给业主', sentence: '拨出就算数', joint: 1 },
  title: '换厨房龙头', category: OFFER.category, items: OFFER.items, problem: '厨房龙头关不紧，一直滴水。柜子里角阀也有点潮，怕泡坏地板', requests: '家里有小孩午睡，敲门轻一点', photos: [PHOTOS.tap, PHOTOS.valve],
  wanted: { from: OFFER.wanted.from, to: OFFER.wanted.to, text: '今天 14–16 点' }, contact: { name: '林女士', honorific: '女士', phone: '138 **** 6621', onSite: '' },
  place: { address: '梧桐里 6 幢 2 单元 1102', district: '梧桐里', longitude: 120.2, latitude: 30.25, distanceMetres: 1_200 },
  call: {
    claimedAt: '2026-11-22T05:04:00.000Z', dueAt: '2026-11-22T05:09:00.000Z', takenBackAt: '2026-11-22T05:19:00.000Z', dialledAt: null, attempts: 0, outcome: null, retryAt: null,
    words: ['【林女士】，您好！', '我是师服到的【周国平】，工号【0317】。', '您报修【厨房龙头关不紧、角阀潮】，想约【今天下午两点到四点】，对吗？', '我【两点半】到，您看行不行？'],
  },
  appointment: null, unpaidFen: 31_400, quote: null, onTheWayAt: null, arrivedAt: null, door: { open: false, triesLeft: 5, released: false },
  steps: [KIT, DOOR, ...STEPS.slice(2).map((one): StepView => ({ ...one, state: 'waiting', startedAt: null, doneAt: null }))], stepsDone: 0, missing: [], completedAt: null, acceptedAt: null, card: null, oldParts: null,
  main: { act: 'dial', label: '打电话' }, more: [{ act: 'navigate', label: '导航' }, { act: 'give_back', label: '退单' }],
  timeline: [{ id: 'e2', at: '2026-11-22T05:04:00.000Z', text: '周师傅接单，离您 1.2 公里', by: '周师傅' }, { id: 'e1', at: '2026-11-22T05:01:00.000Z', text: '收到报修，请了两位最近的师傅', by: '系统' }], hotline: '4000-555-776',
}

const APPOINTMENT = { at: '2026-11-22T06:30:00.000Z', text: '今天 14:30', arriveBy: '2026-11-22T06:20:00.000Z' }
const agreed: JobView['call'] = JOB.call && { ...JOB.call, dialledAt: '2026-11-22T05:06:00.000Z', attempts: 1, outcome: 'agreed' }
const paid: QuoteView = { ...QUOTE, state: 'confirmed', confirmedAt: '2026-11-22T05:26:00.000Z' }
const DIAL = { act: 'dial', label: '打电话' } as const

export const JOB_KIT: JobView = {
  ...JOB, version: 9, call: agreed, appointment: APPOINTMENT, quote: QUOTE, state: { turn: 'yours', word: '已预约', fact: '今天 14:30 上门', sentence: '业主还没付款，付了再出发', joint: 2 },
  main: { act: 'next_step', label: '出门前点一遍' }, more: [DIAL, { act: 'give_back', label: '退单' }],
}
export const JOB_DOOR: JobView = {
  ...JOB_KIT, version: 12, unpaidFen: 0, quote: paid, arrivedAt: '2026-11-22T06:19:00.000Z', onTheWayAt: '2026-11-22T06:05:00.000Z', stepsDone: 1, door: { open: false, triesLeft: 4, released: false },
  steps: [allDone(KIT, '2026-11-22T05:40:00.000Z'), { ...DOOR, state: 'current' }, ...JOB.steps.slice(2)], state: { turn: 'yours', word: '到门口', fact: '请业主念口令', sentence: '先亮工牌，再穿鞋套', joint: 2 }, main: { act: 'enter_code', label: '对口令' }, more: [DIAL],
}
export const JOB_WORK: JobView = {
  ...JOB_DOOR, version: 18, door: { open: true, triesLeft: 4, released: false }, steps: STEPS, stepsDone: 4, state: { turn: 'yours', word: '上门作业', fact: '照清单一步步做', sentence: '每一步留下凭据', joint: 2 }, main: { act: 'next_step', label: '下一步' }, more: [DIAL],
}
const finished = STEPS.map((one): StepView => ({ ...one, state: 'done', doneAt: one.doneAt ?? '2026-11-22T07:25:00.000Z' }))
export const JOB_WAITING: JobView = { ...JOB_WORK, version: 22, steps: finished, stepsDone: 7, completedAt: '2026-11-22T07:26:00.000Z', state: { turn: 'ours', word: '等验收', fact: '等业主验收', sentence: '业主在手机上试过再点', joint: 3 }, main: null, more: [DIAL] }
export const JOB_CLOSING: JobView = {
  ...JOB_WAITING, version: 24, acceptedAt: '2026-11-22T07:30:00.000Z', card: { ...CARD, homeowner: { ...CARD.homeowner, signedAt: null }, technician: { ...CARD.technician, signedAt: null, signature: null } },
  state: { turn: 'yours', word: '收尾', fact: '签保修卡', sentence: '', joint: 3 }, main: { act: 'sign_card_technician', label: '签保修卡' },
}

export const JOB_COMPLETE: JobView = { ...JOB_WORK, version: 21, steps: finished, stepsDone: 7, main: { act: 'report_completion', label: '报完工' } }
export const JOB_PARTS: JobView = { ...JOB_CLOSING, version: 25, card: CARD, state: { ...JOB_CLOSING.state, fact: '把旧件交给业主' }, main: { act: 'hand_over_parts', label: '交旧件' } }
export const JOB_CHECK_OUT: JobView = { ...JOB_PARTS, version: 26, oldParts: { handedOver: true, note: '旧龙头 1 个、旧角阀 2 个' }, main: { act: 'check_out', label: '点清工具，离开' } }
export const JOB_QUOTE: JobView = { ...JOB_WORK, version: 14, quote: null, stepsDone: 1, steps: JOB_DOOR.steps, main: { act: 'send_quote', label: '现场报价' } }
export const PRICE_BOOK = {
  version: 3,
  categories: [
    {
      code: 'water', name: '水路', icon: 'tap', priceRange: '¥35–280',
      items: [
        { code: 'leak', name: '找漏水点', unit: '处', pricing: 'on_site', priceRange: '¥80–160 / 处', lowFen: 8_000, highFen: 16_000, minutes: 60, includes: [], excludes: [], warrantyMonths: 6 },
        { code: 'valve', name: '角阀', unit: '个', pricing: 'instant', priceRange: '¥35–60 / 个，含料', lowFen: 3_500, highFen: 6_000, minutes: 20, includes: [], excludes: [], warrantyMonths: 24 },
        { code: 'tap', name: '换龙头', unit: '个', pricing: 'instant', priceRange: '¥120–280 / 个，含料', lowFen: 12_000, highFen: 28_000, minutes: 40, includes: [], excludes: [], warrantyMonths: 24 },
      ],
    },
  ],
} satisfies HomeownerApi['priceBook']['data']

const VISIT: VisitView = { no: 1, kind: 'repair', state: 'awaiting_acceptance', technician: ZHOU, appointmentAt: APPOINTMENT.at, arrivedAt: '2026-11-22T06:19:00.000Z', completedAt: '2026-11-22T07:26:00.000Z', acceptedAt: null, steps: finished, missing: [], rating: null }

export const ORDER: OrderView = {
  id: 'o-486', number: 'SF1122-0486', version: 9, status: 'scheduled', state: { turn: 'yours', word: '待确认', fact: '今天 14:30 上门', sentence: '看过报价，付好款师傅才出发', joint: 2 },
  title: '换厨房龙头', category: OFFER.category, items: OFFER.items, problem: JOB.problem, requests: JOB.requests, photos: JOB.photos, wanted: JOB.wanted,
  contact: { name: '林秋雨', honorific: '女士', phone: '13800006621', onSite: '' }, place: { address: JOB.place.address, district: '梧桐里' }, filedAt: '2026-11-22T05:01:00.000Z', emergency: false, dispatch: null, next: [],
  technician: ZHOU, doorCode: '4827', appointment: { at: APPOINTMENT.at, text: APPOINTMENT.text }, preparations: [], quote: QUOTE, stages: [{ id: 's1', name: '全款', amountFen: 31_400, state: 'not_due', paidAt: null, refundedFen: 0 }],
  visits: [VISIT], followUp: null, returnChoice: null, ratingTags: ['准时', '讲得明白', '手艺好', '有礼貌', '收拾得干净'], card: null, timeline: JOB.timeline,
  main: { act: 'confirm_and_pay', label: '确认并付款 ¥314.00' }, more: [], hotline: '4000-555-776',
}
const settled: OrderView = { ...ORDER, quote: paid, stages: [{ id: 's1', name: '全款', amountFen: 31_400, state: 'paid', paidAt: '2026-11-22T05:26:00.000Z', refundedFen: 0 }] }
export const ORDER_ACCEPTANCE: OrderView = { ...settled, status: 'awaiting_acceptance', state: { turn: 'yours', word: '待验收', fact: '修好了，请您试试', sentence: '试过再签字；哪里不对，写下来接着修', joint: 3 }, main: { act: 'accept', label: '试过了，去验收' } }
const closed: VisitView = { ...VISIT, state: 'closed', acceptedAt: CARD.acceptedAt }
export const ORDER_TO_SIGN: OrderView = {
  ...settled, status: 'closing', visits: [{ ...VISIT, state: 'closing', acceptedAt: CARD.acceptedAt }], card: { ...CARD, homeowner: { ...CARD.homeowner, signedAt: null } },
  state: { turn: 'yours', word: '待签字', fact: '请签保修卡', sentence: '签好保修卡就发给您', joint: 3 }, main: { act: 'sign_card', label: '签保修卡' },
}
export const ORDER_WARRANTY: OrderView = { ...settled, status: 'in_warranty', visits: [closed], card: CARD, state: { turn: 'done', word: '保修中', fact: '保修到 2028.11.22', sentence: '同样的毛病免费修', joint: 4 }, main: { act: 'view_card', label: '看保修卡' } }
export const ORDER_FOLLOW_UP: OrderView = {
  ...ORDER_WARRANTY, state: { turn: 'yours', word: '待评价', fact: '修好一阵了，还好用吗？', sentence: '您照实说，我们才改得了', joint: 4 }, main: { act: 'answer_follow_up', label: '说说还好用吗' },
  followUp: { visitNo: 1, sentAt: '2026-11-22T09:26:00.000Z', answer: null, questions: [{ id: 'holds', text: '修好的地方还好用吗？', yes: '好用', no: '又坏了' }, { id: 'clean', text: '收拾干净没有？', yes: '干净', no: '没有' }, { id: 'overcharged', text: '有没有多收钱？', yes: '有', no: '没有' }] },
}
export const BADGE: BadgeView = { me: ZHOU, code: '7QK4M2XP', expiresAt: '2026-11-22T05:06:00.000Z', certificates: [{ name: '低压电工作业证', expiresAt: '2028-06-30T16:00:00.000Z' }, { name: '水管工（四级）', expiresAt: '2026-10-31T16:00:00.000Z' }] }

const technicianJob = (job: JobView) => ({ 'technician.getJob': job, 'technician.openJobs': JOBS, 'homeowner.priceBook': PRICE_BOOK, 'technician.dial': { phone: '13800006621', job } })
const homeownerOrder = (order: OrderView) => ({ 'homeowner.getOrder': order })

/** A scene: when it plays, what the functions answer. */
export const SCENES: Record<string, { now: string; page: string; query?: string; answers: Record<string, unknown> }> = {
  jobs: { now: NOW, page: 'pages/jobs/jobs', answers: { 'technician.openJobs': JOBS } },
  'jobs-quiet': { now: NOW, page: 'pages/jobs/jobs', answers: { 'technician.openJobs': { ...JOBS, offers: [], today: [], onDuty: false, offerCredits: 0 } } },
  offer: { now: NOW, page: 'technician/offer/offer', query: 'id=o-486', answers: { 'technician.seeOffer': OFFER } },
  call: { now: '2026-11-22T05:05:18.000Z', page: 'technician/call/call', query: 'id=o-486', answers: technicianJob(JOB) },
  'call-dialled': {
    now: '2026-11-22T05:06:18.000Z', page: 'technician/call/call', query: 'id=o-486',
    answers: technicianJob({ ...JOB, call: JOB.call && { ...JOB.call, dialledAt: '2026-11-22T05:06:00.000Z', attempts: 1 }, main: { act: 'record_call', label: '记下结果' }, more: [DIAL, ...JOB.more] }),
  },
  'job-kit': { now: '2026-11-22T05:30:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_KIT) },
  'job-door': { now: '2026-11-22T06:19:30.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_DOOR) },
  'job-work': { now: '2026-11-22T07:12:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_WORK) },
  'job-waiting': { now: '2026-11-22T07:28:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_WAITING) },
  'job-closing': { now: '2026-11-22T07:31:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_CLOSING) },
  'job-complete': { now: '2026-11-22T07:26:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_COMPLETE) },
  'job-parts': { now: '2026-11-22T07:32:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_PARTS) },
  'job-check-out': { now: '2026-11-22T07:33:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_CHECK_OUT) },
  'job-quote': { now: '2026-11-22T06:25:00.000Z', page: 'technician/job/job', query: 'id=o-486', answers: technicianJob(JOB_QUOTE) },
  badge: { now: NOW, page: 'technician/badge/badge', answers: { 'technician.showBadge': BADGE } },
  quote: { now: '2026-11-22T05:24:00.000Z', page: 'homeowner/quote/quote', query: 'id=o-486', answers: homeownerOrder(ORDER) },
  acceptance: { now: '2026-11-22T07:28:00.000Z', page: 'homeowner/acceptance/acceptance', query: 'id=o-486', answers: homeownerOrder(ORDER_ACCEPTANCE) },
  'warranty-card': { now: '2026-11-22T07:31:00.000Z', page: 'homeowner/warranty-card/warranty-card', query: 'id=o-486', answers: homeownerOrder(ORDER_WARRANTY) },
  'card-to-sign': { now: '2026-11-22T07:31:00.000Z', page: 'homeowner/warranty-card/warranty-card', query: 'id=o-486', answers: homeownerOrder(ORDER_TO_SIGN) },
  'follow-up': { now: '2026-11-23T02:04:00.000Z', page: 'homeowner/follow-up/follow-up', query: 'id=o-486&visit=1', answers: homeownerOrder(ORDER_FOLLOW_UP) },
  rating: { now: '2026-11-23T02:04:00.000Z', page: 'homeowner/rating/rating', query: 'id=o-486&visit=1', answers: homeownerOrder(ORDER_WARRANTY) },
}
