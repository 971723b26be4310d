/** The day on one sheet, drawn from the figures alone. */
import type { Report, Series } from '../figures'
import { binned } from './bins'
import { bars, barsHeight, columns, type Frame } from './panels'
import { COLOURS, sheet, text } from './svg'
import { ALERT_WORDS, END_WORDS, HONESTLY, OFFER_WORDS, secondsText } from './words'

const WIDTH = 1_180
const MARGIN = 36
const COLUMN = (WIDTH - 3 * MARGIN) / 2
const PANEL = 290
const HEAD = 150

export function drawDay(report: Report, series: Series): string {
  const lower = Math.max(Object.keys(report.alerts).length, 5 + Object.keys(END_WORDS).length + 3)
  const height = HEAD + 2 * (PANEL + 24) + barsHeight(lower) + HONESTLY.length * 18 + 40
  const frame = (column: 0 | 1, row: number): Frame => ({ x: MARGIN + column * (COLUMN + MARGIN), y: HEAD + row * (PANEL + 24), width: COLUMN, height: PANEL })
  const foot = height - HONESTLY.length * 18 - 10
  return sheet(WIDTH, height, [
    ...head(report),
    ...columns(frame(0, 0), byHour(series)),
    ...columns(frame(1, 0), claimTimes(report, series)),
    ...columns(frame(0, 1), callTimes(report, series)),
    ...columns(frame(1, 1), arrivals(report, series)),
    ...bars(frame(0, 2), { title: '预警和待办', counted: '件，按种类', rows: Object.entries(report.alerts).map(([kind, count]) => ({ words: ALERT_WORDS[kind] ?? kind, count, colour: COLOURS.warn })) }),
    ...bars(frame(1, 2), { title: '派单的结果', counted: `张，共发出 ${report.offers.sent} 张`, rows: OFFERS.map((key) => ({ words: OFFER_WORDS[key] ?? key, count: report.offers[key] })) }),
    ...bars({ ...frame(1, 2), y: frame(1, 2).y + barsHeight(OFFERS.length) }, { title: '这一天过完时的工单', counted: '张', rows: ENDS.map((key) => ({ words: END_WORDS[key], count: report.ends[key] })) }),
    ...HONESTLY.map((words, index) => text(MARGIN, foot + index * 18, words, { size: 11, colour: COLOURS.soft })),
  ])
}

const OFFERS = ['claimed', 'lost', 'declined', 'expired', 'withdrawn'] as const
const ENDS = Object.keys(END_WORDS) as (keyof typeof END_WORDS)[]

function head({ technicians, orders, hours, seed, claims, calls, arrivals: arrived, invariantsBroken, quick }: Report): string[] {
  const facts: [string, string][] = [
    [secondsText(claims.p50Seconds), '一半的单，这么久就有人接'],
    [`${calls.inTimePercent}%`, '电话 5 分钟内拨出'],
    [`${arrived.inTimePercent}%`, '上门没有迟到'],
    [String(invariantsBroken), '处违背规则'],
  ]
  return [
    text(MARGIN, 44, `一座城的一天：${technicians} 位师傅，${orders} 张工单`, { size: 24, bold: true }),
    text(MARGIN, 68, `模拟 ${Math.round(hours)} 小时，早上 6 点起；种子 ${seed}${quick ? '；小城' : ''}`, { colour: COLOURS.soft }),
    ...facts.flatMap(([figure, words], index) => {
      const x = MARGIN + index * ((WIDTH - 2 * MARGIN) / 4)
      return [text(x, 108, figure, { size: 26, bold: true, colour: index === 3 && invariantsBroken > 0 ? COLOURS.bad : COLOURS.bar }), text(x, 128, words, { size: 12, colour: COLOURS.soft })]
    }),
  ]
}

const byHour = ({ filedByHour, claimedByHour }: Series) => ({
  title: '每小时报修和接单',
  counted: '浅色柱：报修（张）',
  axis: '钟点',
  bins: { from: 0, width: 1, counts: filedByHour },
  over: { words: '线：接单（张）', counts: claimedByHour },
  ticks: filedByHour.flatMap((_count, hour) => (hour % 3 === 0 ? [{ at: hour, words: `${(6 + hour) % 24}:00` }] : [])),
})

const claimTimes = ({ claims }: Report, series: Series) => ({
  title: '从报修到有人接',
  counted: `张；一半 ${secondsText(claims.p50Seconds)}内，九成 ${secondsText(claims.p90Seconds)}内；夜里收下的从早上算起`,
  axis: '分钟（最右一柱含更久的）',
  bins: binned(series.claims, 0, 600, 20),
  ticks: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((minutes) => ({ at: minutes * 60, words: String(minutes) })),
  marks: [{ at: 180, words: '第一轮到 3 分钟', colour: COLOURS.soft, side: 'right' as const }],
})

const callTimes = ({ calls }: Report, series: Series) => ({
  title: '从接单到拨出电话',
  counted: `次；按时 ${calls.inTime}，晚了 ${calls.late}，一直没打 ${calls.never}`,
  axis: '分钟（最右一柱含更久的）',
  bins: binned(series.calls, 0, 600, 20),
  badFrom: 300,
  ticks: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((minutes) => ({ at: minutes * 60, words: String(minutes) })),
  marks: [{ at: 240, words: '4 分钟提醒', colour: COLOURS.warn, side: 'left' as const }, { at: 300, words: '5 分钟，之后算违规', colour: COLOURS.bad, side: 'right' as const }],
})

const arrivals = ({ arrivals: arrived }: Report, series: Series) => ({
  title: '到门口比约定早晚',
  counted: `次；早到 ${arrived.early}，准时 ${arrived.onTime}，迟到 ${arrived.late}`,
  axis: '分钟，0 是约定的时间（两头的柱含更远的）',
  bins: binned(series.arrivals, -40, 30, 2),
  badFrom: 0,
  ticks: [-40, -30, -20, -10, 0, 10, 20, 30].map((minutes) => ({ at: minutes, words: String(minutes) })),
  marks: [{ at: -10, words: '提前 10 分钟', colour: COLOURS.warn, side: 'left' as const }, { at: 0, words: '约定的时间，之后算迟到', colour: COLOURS.bad, side: 'right' as const }],
})
