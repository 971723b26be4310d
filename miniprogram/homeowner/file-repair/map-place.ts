import type { DraftPlace } from './repair-draft'

/** What wx.chooseLocation gives (GCJ-02). */
export interface MapPlace {
  name: string
  address: string
  longitude: number
  latitude: number
}

/** What the server takes. */
const LONGEST_ADDRESS = 100

/** The place of a draft after a point was chosen. Another house means another room number; the same one keeps it. */
export function placeOf(chosen: MapPlace, before: DraftPlace): DraftPlace {
  const district = districtOf(chosen.address) || districtOf(chosen.name)
  const street = withinCity(chosen.address)
  const rest = district ? street.replace(district, '') : street
  // 江湾区 is kept apart; the map's name for the place comes last, as people say it.
  const address = chosen.name && !rest.includes(chosen.name) ? `${rest} ${chosen.name}`.trim() : rest || chosen.name
  return {
    address: address.slice(0, LONGEST_ADDRESS),
    district: district || before.district,
    room: address.slice(0, LONGEST_ADDRESS) === before.address ? before.room : '',
    point: { longitude: chosen.longitude, latitude: chosen.latitude },
  }
}

/** 临江市江湾区梧桐路 → 江湾区. Empty where no district is named; a housing estate (小区) is none. */
export function districtOf(address: string): string {
  const found = /^[一-龥]{1,8}?[区县旗市]/.exec(withinCity(address))?.[0] ?? ''
  return /[小社园校街片厂库]区$/.test(found) ? '' : found
}

/** Without the province and the city before it. */
function withinCity(address: string): string {
  return address.replace(/^.*?(省|自治区)/, '').replace(/^[^区县路街道]{1,8}?市(?=.)/, '')
}

/** 138 **** 6621: enough to know one's own number again, too little for someone looking over the shoulder. */
export function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length < 7 ? phone : `${digits.slice(0, 3)} **** ${digits.slice(-4)}`
}
