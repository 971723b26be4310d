import type { Shift } from '../../cloudfunctions/domain/working-hours'
import type { Looks } from './portrait'

export interface CrewMember {
  name: string
  pinyin: string
  staffNumber: string
  skills: string[]
  /** Metres east and north of 梧桐里, where they stand and, when their position is stale, are reckoned to wait. */
  at: readonly [east: number, north: number]
  stars: number | null
  jobs: number
  looks: Looks
  /** Why this one is in the city. */
  note: string
  /** Minutes on duty at seeding; null when off duty. */
  dutyMinutes: number | null
  /** Category → days until it expires. */
  certificates?: Record<string, number>
  radiusMetres?: number
  suspendedReason?: string
  /** Weekly hours; none: any time. */
  shifts?: Shift[]
}

/** Every day of the week, with a break at noon. */
const SPLIT: Shift[] = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
  { weekday, from: '08:00', to: '12:00' },
  { weekday, from: '13:30', to: '19:30' },
])

const FAIR = '#e0b08c'
const WARM = '#d6a07a'
const TAN = '#c08a63'
const BLACK = '#2a2420'
const BROWN = '#4a352a'
const GREY = '#7f8587'

/** Distances in the comments are from 梧桐里. Everyone is invented. */
export const crew: readonly CrewMember[] = [
  // 0.5 km
  {
    name: '马俊',
    pinyin: 'MaJun',
    staffNumber: '0233',
    skills: ['plumbing', 'appliances'],
    at: [300, 400],
    stars: 4.8,
    jobs: 512,
    dutyMinutes: null,
    looks: { hair: 'curly', hairColour: BROWN, skin: WARM },
    note: '离梧桐里最近，但是下班了',
  },
  // 0.7 km
  {
    name: '吴大勇',
    pinyin: 'WuDayong',
    staffNumber: '0286',
    skills: ['electrical', 'appliances'],
    at: [-500, -480],
    stars: 4.9,
    jobs: 934,
    dutyMinutes: 130,
    certificates: { electrical: 400 },
    looks: { hair: 'short', hairColour: BLACK, skin: TAN, beard: true },
    note: '离得近，不会水路',
  },
  // 1.2 km
  {
    name: '周国平',
    pinyin: 'ZhouGuoping',
    staffNumber: '0317',
    skills: ['plumbing', 'waterproofing'],
    at: [-800, 895],
    stars: 4.9,
    jobs: 1286,
    dutyMinutes: 48,
    looks: { cap: true, hair: 'short', hairColour: BLACK, skin: WARM },
    note: '水路最近的两位之一',
  },
  // 1.8 km
  {
    name: '陈立',
    pinyin: 'ChenLi',
    staffNumber: '0522',
    skills: ['plumbing', 'electrical'],
    at: [1150, 1385],
    stars: 4.8,
    jobs: 867,
    dutyMinutes: 80,
    certificates: { electrical: 620 },
    looks: { hair: 'short', hairColour: BROWN, skin: FAIR },
    note: '水路最近的两位之二',
  },
  // 2.1 km
  {
    name: '罗建',
    pinyin: 'LuoJian',
    staffNumber: '0419',
    skills: ['plumbing', 'gas'],
    at: [-1800, -1080],
    stars: 4.5,
    jobs: 402,
    dutyMinutes: 65,
    certificates: { gas: 300 },
    looks: { cap: true, hair: 'short', hairColour: BLACK, skin: TAN, beard: true },
    note: '第 2 轮',
  },
  // 2.4 km
  {
    name: '蒋小川',
    pinyin: 'JiangXiaochuan',
    staffNumber: '0809',
    skills: ['plumbing'],
    at: [2100, -1160],
    stars: 3.9,
    jobs: 121,
    dutyMinutes: 30,
    suspendedReason: '违规累计 12 分，等经理处理',
    looks: { hair: 'parted', hairColour: BLACK, skin: FAIR },
    note: '停单中，什么都派不到',
  },
  // 2.5 km
  {
    name: '丁晓梅',
    pinyin: 'DingXiaomei',
    staffNumber: '0388',
    skills: ['locks', 'doors_windows'],
    at: [1900, -1650],
    stars: 4.9,
    jobs: 731,
    dutyMinutes: 95,
    certificates: { locks: 300 },
    looks: { hair: 'bob', hairColour: BLACK, skin: FAIR },
    note: '开锁换锁、门窗',
  },
  // 2.7 km
  {
    name: '方正',
    pinyin: 'FangZheng',
    staffNumber: '0467',
    skills: ['walls', 'floors', 'waterproofing'],
    at: [-900, -2500],
    stars: 4.7,
    jobs: 356,
    dutyMinutes: 150,
    looks: { hair: 'bald', hairColour: GREY, skin: WARM, glasses: true },
    shifts: SPLIT,
    note: '墙面、地面、防水，分上下午两段班',
  },
  // 2.8 km
  {
    name: '唐海',
    pinyin: 'TangHai',
    staffNumber: '0605',
    skills: ['plumbing', 'walls'],
    at: [-2700, 600],
    stars: 4.9,
    jobs: 648,
    dutyMinutes: 35,
    looks: { hair: 'curly', hairColour: BLACK, skin: WARM },
    note: '第 2 轮',
  },
  // 3.0 km
  {
    name: '韩冬',
    pinyin: 'HanDong',
    staffNumber: '0654',
    skills: ['plumbing', 'appliances'],
    at: [1500, 2600],
    stars: 4.8,
    jobs: 590,
    dutyMinutes: 70,
    certificates: { plumbing: -1 },
    looks: { hair: 'short', hairColour: GREY, skin: WARM, glasses: true },
    note: '水路证昨天过期，接不了水路',
  },
  // 3.0 km
  {
    name: '郑海涛',
    pinyin: 'ZhengHaitao',
    staffNumber: '0612',
    skills: ['electrical', 'appliances'],
    at: [500, 3000],
    stars: 4.6,
    jobs: 471,
    dutyMinutes: 55,
    certificates: { electrical: 200 },
    looks: { hair: 'parted', hairColour: BROWN, skin: FAIR, glasses: true },
    note: '电路、家电',
  },
  // 3.3 km
  {
    name: '何志远',
    pinyin: 'HeZhiyuan',
    staffNumber: '0148',
    skills: ['plumbing', 'appliances', 'gas'],
    at: [3300, 300],
    stars: 4.7,
    jobs: 1530,
    dutyMinutes: 110,
    certificates: { gas: 300 },
    looks: { hair: 'bald', hairColour: GREY, skin: TAN, beard: true },
    note: '第 3 轮',
  },
  // 3.8 km
  {
    name: '沈一鸣',
    pinyin: 'ShenYiming',
    staffNumber: '0736',
    skills: ['plumbing', 'waterproofing'],
    at: [2900, 2400],
    stars: null,
    jobs: 0,
    dutyMinutes: 20,
    looks: { hair: 'curly', hairColour: BROWN, skin: FAIR, glasses: true },
    note: '新来的，还没有评分；第 3 轮',
  },
  // 4.0 km
  {
    name: '谢青',
    pinyin: 'XieQing',
    staffNumber: '0743',
    skills: ['locks', 'doors_windows'],
    at: [-3300, 2200],
    stars: 4.8,
    jobs: 284,
    dutyMinutes: 40,
    certificates: { locks: 500 },
    looks: { hair: 'bun', hairColour: BROWN, skin: FAIR },
    note: '开锁换锁、门窗',
  },
  // 4.2 km
  {
    name: '邹平',
    pinyin: 'ZouPing',
    staffNumber: '0577',
    skills: ['plumbing', 'floors', 'gas'],
    at: [-3600, -2100],
    stars: 4.4,
    jobs: 217,
    dutyMinutes: 25,
    certificates: { gas: 300 },
    looks: { cap: true, hair: 'short', hairColour: GREY, skin: TAN },
    note: '三轮之外，可以手动派单',
  },
  // 5.0 km
  {
    name: '余强',
    pinyin: 'YuQiang',
    staffNumber: '0498',
    skills: ['plumbing'],
    at: [4300, 2600],
    stars: 4.6,
    jobs: 333,
    dutyMinutes: 90,
    radiusMetres: 3_000,
    looks: { hair: 'short', hairColour: BLACK, skin: WARM },
    note: '只接 3 公里内，梧桐里太远',
  },
]
