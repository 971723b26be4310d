/** The day in the terminal. */
import type { Report, Series } from '../figures'
import { binned, type Bins } from './bins'
import { ALERT_WORDS, END_WORDS, HONESTLY, OFFER_WORDS, secondsText, VIOLATION_WORDS } from './words'

const WIDEST = 48

export function printDay(report: Report, series: Series, sheet: string): void {
  const { claims, calls, arrivals, offers, ends } = report
  const lines = [
    `一座城的一天：${report.technicians} 位师傅，${report.orders} 张工单，模拟 ${report.hours} 小时，种子 ${report.seed}${report.quick ? '（--quick）' : ''}`,
    `用了 ${report.seconds} 秒，是真实时间的 ${report.timesLife} 倍；${report.functionCalls} 次云函数调用`,
    '',
    `从报修到有人接：一半 ${secondsText(claims.p50Seconds)}，九成 ${secondsText(claims.p90Seconds)}，99% ${secondsText(claims.p99Seconds)}；第一轮 3 分钟内 ${claims.inFirstWave}/${claims.orders}，员工手动派 ${claims.assignedByStaff}`,
    ...histogram(binned(series.claims, 0, 480, 30), (seconds) => `${secondsText(seconds)}起`),
    '',
    `电话：按时 ${calls.inTime}，晚了 ${calls.late}，一直没打 ${calls.never}，${calls.inTimePercent}% 在 5 分钟内`,
    ...histogram(binned(series.calls, 0, 420, 30), (seconds) => `${secondsText(seconds)}起`),
    '',
    `上门：早到 ${arrivals.early}，准时 ${arrivals.onTime}，迟到 ${arrivals.late}，${arrivals.inTimePercent}% 没有迟到`,
    ...histogram(binned(series.arrivals, -40, 30, 5), (minutes) => (minutes < 0 ? `早 ${-minutes} 分起` : `晚 ${minutes} 分起`)),
    '',
    `派单：${listed(offers, OFFER_WORDS)}`,
    `工单：${listed(ends, END_WORDS)}`,
    `预警和待办：${listed(report.alerts, ALERT_WORDS) || '没有'}`,
    `违规：${listed(report.violations, VIOLATION_WORDS) || '没有'}`,
    `没有办成：${listed(report.refusals, {}) || '没有'}`,
    '',
    report.invariantsBroken === 0 ? '规则都守住了：一趟一位师傅，不撞时间，不派给不该派的，按时不冤枉、超时不漏记，没有一张单没人管。' : `有 ${report.invariantsBroken} 处违背规则：`,
    ...report.broken.map((what) => `  ${what}`),
    '',
    ...HONESTLY.map((words) => `· ${words}`),
    `图：${sheet}`,
  ]
  console.log(lines.join('\n'))
}

const listed = (counts: Record<string, number>, words: Record<string, string>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => `${words[key] ?? key} ${count}`)
    .join('，')

function histogram({ from, width, counts }: Bins, label: (value: number) => string): string[] {
  const most = Math.max(1, ...counts)
  return counts.map((count, index) => {
    const name = label(from + index * width)
    return `  ${padded(name, 14)} ${'█'.repeat(Math.round((WIDEST * count) / most))}${count > 0 ? ` ${count}` : ''}`
  })
}

/** Chinese letters are two wide. */
const padded = (words: string, width: number): string => ' '.repeat(Math.max(0, width - [...words].reduce((sum, letter) => sum + (letter > '⺀' ? 2 : 1), 0))) + words
