/** From coordinates to a flat picture: a city is small enough for the earth to be flat. */

export interface Spot {
  longitude: number
  latitude: number
}

export interface Point {
  x: number
  y: number
}

export interface Projection {
  toPoint(spot: Spot): Point
  /** Pixels a metre. */
  scale: number
}

const METRES_A_DEGREE = (6_371_000 * Math.PI) / 180

/**
 * Fits all spots into a picture of `width` × `height` px with `margin` px around them, north up, metres alike both ways.
 * A single spot stands in the middle, at a scale that shows a few kilometres.
 */
export function fitProjection(spots: readonly Spot[], width: number, height: number, margin: number): Projection {
  const longitudes = spots.map(({ longitude }) => longitude)
  const latitudes = spots.map(({ latitude }) => latitude)
  const middle = spots.length === 0 ? { longitude: 0, latitude: 0 } : { longitude: midOf(longitudes), latitude: midOf(latitudes) }
  const eastScale = METRES_A_DEGREE * Math.cos((middle.latitude * Math.PI) / 180)
  const spanEast = Math.max(spots.length === 0 ? 0 : (Math.max(...longitudes) - Math.min(...longitudes)) * eastScale, LEAST_SPAN)
  const spanNorth = Math.max(spots.length === 0 ? 0 : (Math.max(...latitudes) - Math.min(...latitudes)) * METRES_A_DEGREE, LEAST_SPAN)
  const scale = Math.min(Math.max(1, width - 2 * margin) / spanEast, Math.max(1, height - 2 * margin) / spanNorth)
  return {
    scale,
    toPoint: ({ longitude, latitude }) => ({
      x: width / 2 + (longitude - middle.longitude) * eastScale * scale,
      y: height / 2 - (latitude - middle.latitude) * METRES_A_DEGREE * scale,
    }),
  }
}

/** Metres that a picture spans at the least. */
const LEAST_SPAN = 2_000

const midOf = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2
