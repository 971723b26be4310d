import { spot } from './city'
import type { Spot } from './city'

/** What the workbench draws under the city: a river and streets, in the same coordinates as everyone's positions; they run on past
 * whatever can be seen. Invented. */

const line = (...points: [east: number, north: number][]): Spot[] => points.map(([east, north]) => spot(east, north))

export interface Street {
  path: readonly Spot[]
  /** Metres, drawn to scale. */
  width: number
}

/** 澜江, flowing east. */
export const river: { name: string; path: readonly Spot[]; width: number } = {
  name: '澜江',
  path: line(
    [-30000, -1900],
    [-7000, -1500],
    [-4200, -1750],
    [-2200, -1450],
    [-300, -1250],
    [1600, -1500],
    [3400, -1250],
    [5000, -1450],
    [8000, -1050],
    [30000, -1500],
  ),
  width: 420,
}

export const streets: readonly Street[] = [
  { path: line([-30000, 1000], [30000, 1000]), width: 130 },
  { path: line([-30000, -300], [-1000, -300], [1500, -350], [30000, -250]), width: 110 },
  { path: line([-30000, 2500], [30000, 2400]), width: 80 },
  { path: line([-30000, -2500], [30000, -2500]), width: 80 },
  { path: line([-2200, 30000], [-2200, -30000]), width: 100 },
  { path: line([500, 30000], [500, -30000]), width: 120 },
  { path: line([2400, 30000], [2400, -30000]), width: 90 },
  { path: line([-3600, 30000], [-3600, -30000]), width: 60 },
  { path: line([4200, 30000], [4200, -30000]), width: 70 },
  { path: line([-900, 30000], [-900, -1000]), width: 60 },
  { path: line([-3600, -300], [500, 2450]), width: 55 },
]
