import { spot } from './city'
import type { Spot } from './city'

/** What the workbench draws under the city: a river and streets, in the same coordinates as everyone's positions. Invented. */

const line = (...points: [east: number, north: number][]): Spot[] => points.map(([east, north]) => spot(east, north))

export interface Street {
  path: readonly Spot[]
  /** Metres, drawn to scale. */
  width: number
}

/** 澜江, flowing east. */
export const river: { name: string; path: readonly Spot[]; width: number } = {
  name: '澜江',
  path: line([-7000, -1500], [-4200, -1750], [-2200, -1450], [-300, -1250], [1600, -1500], [3400, -1250], [5000, -1450], [8000, -1050]),
  width: 420,
}

export const streets: readonly Street[] = [
  { path: line([-7000, 1000], [8000, 1000]), width: 130 },
  { path: line([-7000, -300], [-1000, -300], [1500, -350], [8000, -250]), width: 110 },
  { path: line([-7000, 2500], [8000, 2400]), width: 80 },
  { path: line([-7000, -2500], [8000, -2500]), width: 80 },
  { path: line([-2200, 4500], [-2200, -4500]), width: 100 },
  { path: line([500, 4500], [500, -4500]), width: 120 },
  { path: line([2400, 4500], [2400, -4500]), width: 90 },
  { path: line([-3600, 4500], [-3600, -4500]), width: 60 },
  { path: line([4200, 4500], [4200, -4500]), width: 70 },
  { path: line([-900, 4500], [-900, -1000]), width: 60 },
  { path: line([-3600, -300], [500, 2450]), width: 55 },
]
