/** The checklist of a small repair with its test run under way, as the technician’s page gets it. */
import type { StepView } from '../../../typings/contract'
import { PHOTOS } from './demo-pictures'

const step = (id: string, title: string, changes: Partial<StepView>): StepView => ({
  id,
  title,
  hint: '',
  phase: 'work',
  state: 'waiting',
  ticks: [],
  photos: null,
  note: null,
  words: [],
  minSeconds: 0,
  startedAt: null,
  doneAt: null,
  ...changes,
})
const done = (at: string, changes: Partial<StepView> = {}): Partial<StepView> => ({ state: 'done', doneAt: at, ...changes })
const tick = (id: string, label: string, isDone = false) => ({ id, label, done: isDone })

export const KIT = step('kit', '出门前点齐东西', {
  phase: 'before_setting_out',
  state: 'current',
  hint: '材料和工具照报价单点一遍',
  ticks: [
    tick('badge', '工牌'),
    tick('brochure', '公司手册'),
    tick('shoe_covers', '鞋套'),
    tick('sheets', '保护垫'),
    tick('cloth', '抹布'),
    tick('materials', '本单的材料和工具'),
  ],
})
export const allDone = (one: StepView, at: string): StepView => ({
  ...one,
  state: 'done',
  doneAt: at,
  ticks: one.ticks.map((each) => ({ ...each, done: true })),
})

export const DOOR = step('door', '出示工牌，穿鞋套', {
  phase: 'at_door',
  hint: '站在门外先亮工牌，再请业主念口令',
  ticks: [tick('badge_shown', '工牌给业主看过'), tick('shoe_covers_on', '鞋套穿好了')],
  words: ['林女士，您好！我是师服到的周国平，', '这是我的工牌，您可以扫码查一下。', '麻烦您念一下手机上的四位口令。'],
})

export const STEPS: StepView[] = [
  allDone(KIT, '2026-11-22T05:40:00.000Z'),
  { ...allDone(DOOR, '2026-11-22T06:19:00.000Z') },
  step(
    'protect',
    '铺好保护，拍旧痕',
    done('2026-11-22T06:27:00.000Z', {
      ticks: [tick('covered', '地面、墙边、软装盖好了', true)],
      photos: { label: '修之前、旧痕', min: 1, files: [PHOTOS.sheet, PHOTOS.valve] },
    }),
  ),
  step(
    'repair',
    '修理',
    done('2026-11-22T07:09:00.000Z', {
      startedAt: '2026-11-22T06:31:00.000Z',
      photos: { label: '修好以后', min: 1, files: [PHOTOS.valve] },
      note: { label: '做了什么', required: false, text: '换了冷热龙头和两只角阀' },
    }),
  ),
  step('test', '试用 2 分钟', {
    state: 'running',
    hint: '开到最大，看接口、管道和柜底有没有问题',
    minSeconds: 120,
    startedAt: '2026-11-22T07:10:34.000Z',
    photos: { label: '拍柜底', min: 1, files: [PHOTOS.water] },
  }),
  step('explain', '讲用法和保养', { ticks: [tick('shown', '当面演示过了'), tick('care', '讲了怎么保养')] }),
  step('clean', '擦净，东西放回原处', {}),
]
