/** GCJ-02 degrees, longitude first when written as a pair. */
export interface Place {
  longitude: number
  latitude: number
}

const EARTH_METRES = 6_371_000
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Great-circle distance in metres. */
export const metresBetween = (a: Place, b: Place): number => {
  const dLatitude = radians(b.latitude - a.latitude)
  const dLongitude = radians(b.longitude - a.longitude)
  const h = Math.sin(dLatitude / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLongitude / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Time to ride between two places: straight line × detour at the set speed, ms (R05). */
export const travelMs = (a: Place, b: Place, s: { detourFactor: number; travelKmPerHour: number }): number =>
  ((metresBetween(a, b) * s.detourFactor) / (s.travelKmPerHour * 1000)) * 3_600_000
