import type { OrderView } from '../../../../typings/contract'

type Offer = NonNullable<OrderView['dispatch']>['offers'][number]

/** Where a technician stands in the picture: not on a map (the order shows no addresses), but nearer is nearer. */
export interface AskedTechnician {
  id: string
  name: string
  photo: string
  /** 1.2 公里 */
  distance: string
  /** 正在看您的单 · 已通知 */
  doing: string
  looking: boolean
  /** Degrees from the left horizon, and how far out from the home, as a part of the picture's half width. */
  degrees: number
  reach: number
}

const NEAREST_REACH = 0.5
const FARTHEST_REACH = 0.78

/** Spreads the offers over the sky above the home, the nearest first at the left. */
export function askedTechnicians(offers: Offer[]): AskedTechnician[] {
  const sorted = [...offers].sort((one, other) => one.distanceMetres - other.distanceMetres)
  const farthest = Math.max(1, ...sorted.map(({ distanceMetres }) => distanceMetres))
  return sorted.map(({ technician, distanceMetres, looking }, index) => ({
    id: technician.id,
    name: `${technician.name.slice(0, 1)}师傅`,
    photo: technician.photo,
    distance: distanceText(distanceMetres),
    doing: looking ? '正在看您的单' : '已通知',
    looking,
    degrees: sorted.length === 1 ? 62 : 45 + (index * 90) / (sorted.length - 1),
    reach:
      sorted.length === 1
        ? NEAREST_REACH
        : NEAREST_REACH + (FARTHEST_REACH - NEAREST_REACH) * (distanceMetres / farthest) * (index === 0 ? 0.4 : 1),
  }))
}

/** 800 米, 1.2 公里 */
export function distanceText(metres: number): string {
  const tens = Math.round(metres / 10) * 10
  return tens < 1000 ? `${tens} 米` : `${(metres / 1000).toFixed(1)} 公里`
}
