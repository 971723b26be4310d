/**
 * 临江市江湾区, the demonstration city. It is invented, and so is everyone in it; its coordinates lie off the coast, where no city is.
 * Plain data without imports: the workbench bundles it too.
 */

const CITY = '临江市'
export const DISTRICT = '江湾区'

/** GCJ-02 degrees. */
export interface Spot {
  longitude: number
  latitude: number
}

export interface NamedPlace extends Spot {
  name: string
  /** As a map names it: city, district, street. */
  address: string
}

/** 梧桐里, from which all else is laid out. */
const ORIGIN: Spot = { longitude: 123.42, latitude: 29.87 }
const METRES_A_DEGREE = (6_371_000 * Math.PI) / 180

const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** The point so many metres east and north of 梧桐里. */
export const spot = (east: number, north: number): Spot => ({
  longitude: rounded(ORIGIN.longitude + east / (METRES_A_DEGREE * Math.cos((ORIGIN.latitude * Math.PI) / 180))),
  latitude: rounded(ORIGIN.latitude + north / METRES_A_DEGREE),
})

const place = (name: string, east: number, north: number): NamedPlace => ({
  name,
  address: `${CITY}${DISTRICT}${name}`,
  ...spot(east, north),
})

/** Where people live and meet: what a phone's map offers to choose from. */
export const places: readonly NamedPlace[] = [
  place('梧桐里', 0, 0),
  place('青禾园', 1900, 1500),
  place('石桥巷', -2600, 1500),
  place('青石巷', -1500, 300),
  place('塔前街', -700, 1700),
  place('柳荫街', 1000, -700),
  place('望江路', 2900, -500),
  place('北亭新村', 400, 2300),
  place('东湾里', 3700, 900),
  place('南埠里', -1700, -2300),
]

export const placeNamed = (name: string): NamedPlace => {
  const found = places.find((one) => one.name === name)
  if (!found) throw new Error(`no place ${name} in the demonstration city`)
  return found
}
