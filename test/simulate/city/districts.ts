/** A city that is made anew from the seed: districts with a dense middle, homes and workshops spread around each. Invented. */
import type { Place } from '../../../cloudfunctions/domain/geography'
import { spot } from '../../../local/seed/city'
import type { Chance } from '../chance'

interface District {
  name: string
  /** Metres east and north of the old town. */
  east: number
  north: number
  /** Most people live within this, metres. */
  spread: number
  /** Relative number of homes. */
  homes: number
}

const DISTRICTS: readonly District[] = [
  { name: '江湾区', east: 0, north: 0, spread: 1_900, homes: 16 },
  { name: '北亭区', east: 1_500, north: 6_000, spread: 2_200, homes: 13 },
  { name: '石桥区', east: -5_800, north: 2_600, spread: 2_300, homes: 11 },
  { name: '东湾区', east: 7_000, north: 1_200, spread: 2_600, homes: 12 },
  { name: '南埠区', east: -2_400, north: -6_200, spread: 2_400, homes: 11 },
  { name: '望江区', east: 5_200, north: -5_400, spread: 2_500, homes: 9 },
  { name: '青禾新城', east: 9_800, north: 8_400, spread: 2_200, homes: 8 },
  { name: '塔前镇', east: -11_500, north: -2_500, spread: 1_800, homes: 5 },
  { name: '柳荫镇', east: -9_400, north: 9_600, spread: 1_700, homes: 5 },
  { name: '大学城', east: 4_600, north: 12_600, spread: 1_500, homes: 4 },
  { name: '临港区', east: 15_000, north: -3_000, spread: 2_400, homes: 4 },
  { name: '云岭镇', east: -6_500, north: -12_500, spread: 1_400, homes: 2 },
]

export interface Address extends Place {
  district: string
}

export class City {
  private readonly districts: readonly District[]

  constructor(
    private readonly chance: Chance,
    districts: number,
  ) {
    this.districts = DISTRICTS.slice(0, districts)
  }

  /** Where somebody lives or works; every twelfth lies further out. */
  address(...about: (string | number)[]): Address {
    const { chance } = this
    const { name, east, north, spread } = chance.pick(this.districts.map((district) => [district.homes, district] as const), ...about, 'district')
    const wide = chance.is(1 / 12, ...about, 'wide') ? 1.6 : 0.7
    const east2 = chance.normal(east, spread * wide, ...about, 'east')
    return { district: name, ...spot(east2, chance.normal(north, spread * wide, ...about, 'north')) }
  }
}
