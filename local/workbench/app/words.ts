/** How figures are said on the workbench. */
import { clockText } from '../../../cloudfunctions/domain/shanghai'

/** 1.2 公里, 380 米 */
export const distanceText = (metres: number): string =>
  metres < 950 ? `${Math.round(metres / 10) * 10} 米` : `${(metres / 1000).toFixed(1)} 公里`

/** 48 分, 1 小时 20 分 */
export const durationText = (ms: number): string => {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes} 分`
  return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分`
}

const two = (count: number) => String(count).padStart(2, '0')

/** 13:01:46 */
export const secondsText = (moment: Date): string => `${clockText(moment)}:${two(moment.getUTCSeconds())}`

/** 0486 of SF1122-0486 */
export const lastDigits = (number: string): string => number.slice(-4)

/** 周 of 周国平, 欧阳 of 欧阳修: what stands beside a staff number where room is short. */
export const familyName = (name: string): string => name.slice(0, name.length > 3 ? 2 : 1)
