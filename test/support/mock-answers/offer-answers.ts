/** What a technician sees before claiming, and their start page. */
import type { Figures, JobsView, OfferView, BadgeView, HomeownerApi } from '../../../typings/contract'
import { ZHOU } from './demo-pictures'

export const NOW = '2026-11-22T05:02:00.000Z'
export const TEMPLATES = Object.fromEntries(
  [
    'offer',
    'call_reminder',
    'claimed',
    'appointment',
    'quote',
    'payment',
    'on_the_way',
    'acceptance',
    'warranty_card',
    'follow_up',
    'return_visit',
    'order_closed',
  ].map((key) => [key, `tmpl-${key}`]),
) as JobsView['templates']

/** The settings' defaults. */
export const FIGURES: Figures = { offersPerWave: 2, callMinutes: 5, callTries: 3, earlyMinutes: 10, noticeMinutes: 60, aloneMinutes: 30, ratingDays: 7 }

export const OFFER: OfferView = {
  orderId: 'o-486',
  offerId: 'of-1',
  category: { code: 'water', name: '水路', icon: 'tap' },
  district: '梧桐里',
  distanceMetres: 1_200,
  rideMinutes: 6,
  problem: '厨房龙头关不紧，一直滴水',
  items: [
    { code: 'tap', name: '换龙头', unit: '个', quantity: 1 },
    { code: 'valve', name: '角阀', unit: '个', quantity: 2 },
  ],
  wanted: { from: '2026-11-22T06:00:00.000Z', to: '2026-11-22T08:00:00.000Z', text: '今天 14:00–16:00', fits: true },
  labourFen: 9_000,
  kind: 'repair',
  emergency: false,
  sentAt: '2026-11-22T05:01:14.000Z',
  endsAt: '2026-11-22T05:04:14.000Z',
  others: 1,
  callFirst: null,
  figures: FIGURES,
}

const stop = (orderId: string, title: string, district: string, at: string, done: boolean): JobsView['today'][number] => ({
  helping: false,
  orderId,
  number: `SF1122-${orderId}`,
  title,
  district,
  appointmentAt: at,
  doneAt: done ? at : null,
  kind: 'repair',
  state: done
    ? { turn: 'done', word: '办好了', fact: '做完了', sentence: '', joint: 4 }
    : { turn: 'ours', word: '已预约', fact: '今天 16:30 上门', sentence: '16:20 前到', joint: 2 },
})

export const JOBS: JobsView = {
  me: ZHOU,
  onDuty: true,
  positionAt: '2026-11-22T05:00:00.000Z',
  radiusMetres: 8_000,
  suspended: null,
  offerCredits: 3,
  offers: [OFFER],
  today: [
    stop('401', '换插座', '石桥巷', '2026-11-22T02:00:00.000Z', true),
    stop('412', '修马桶', '青禾园', '2026-11-22T03:40:00.000Z', true),
    stop('455', '装浴霸', '青石巷', '2026-11-22T08:30:00.000Z', false),
  ],
  current: null,
  callFirst: null,
  unread: 0,
  templates: TEMPLATES,
  figures: FIGURES,
}

export const BADGE: BadgeView = {
  me: ZHOU,
  code: '7QK4M2XP',
  expiresAt: '2026-11-22T05:06:00.000Z',
  certificates: [
    { name: '低压电工作业证', expiresAt: '2028-06-30T16:00:00.000Z' },
    { name: '水管工（四级）', expiresAt: '2026-10-31T16:00:00.000Z' },
  ],
}

export const PRICE_BOOK = {
  version: 3,
  categories: [
    {
      code: 'water',
      name: '水路',
      icon: 'tap',
      priceRange: '¥35–280',
      items: [
        {
          code: 'leak',
          name: '找漏水点',
          unit: '处',
          pricing: 'on_site',
          priceRange: '¥80–160 / 处',
          lowFen: 8_000,
          highFen: 16_000,
          minutes: 60,
          includes: [],
          excludes: [],
          warrantyMonths: 6,
        },
        {
          code: 'valve',
          name: '角阀',
          unit: '个',
          pricing: 'instant',
          priceRange: '¥35–60 / 个，含料',
          lowFen: 3_500,
          highFen: 6_000,
          minutes: 20,
          includes: [],
          excludes: [],
          warrantyMonths: 24,
        },
        {
          code: 'tap',
          name: '换龙头',
          unit: '个',
          pricing: 'instant',
          priceRange: '¥120–280 / 个，含料',
          lowFen: 12_000,
          highFen: 28_000,
          minutes: 40,
          includes: [],
          excludes: [],
          warrantyMonths: 24,
        },
      ],
    },
  ],
} satisfies HomeownerApi['priceBook']['data']
