import { isNumeric, toDouble } from '../values/numbers'
import { isDoc, type Doc, type Maybe, type Value } from '../values/value'

/** MongoDB's radius of the earth in metres: distances agree with the cloud's. */
export const EARTH_RADIUS_M = 6378100

/** [longitude, latitude] in degrees. */
export type LngLat = readonly [number, number]
export type Line = readonly LngLat[]
/** The outer ring, then holes; each closed. */
export type Rings = readonly Line[]

/** Any GeoJSON geometry, taken apart: single points, lines and polygons. */
export interface Geometry {
  points: readonly LngLat[]
  lines: readonly Line[]
  polygons: readonly Rings[]
}

const RADIANS = Math.PI / 180

/** Great-circle distance in metres (haversine, as exact at a metre as at half the globe). */
export function metres(a: LngLat, b: LngLat): number {
  return radiansBetween(a, b) * EARTH_RADIUS_M
}

function radiansBetween(a: LngLat, b: LngLat): number {
  const lat1 = a[1] * RADIANS
  const lat2 = b[1] * RADIANS
  const sinLat = Math.sin((lat2 - lat1) / 2)
  const sinLng = Math.sin(((b[0] - a[0]) * RADIANS) / 2)
  const h = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLng * sinLng
  return 2 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** A position within the range of longitudes and latitudes, else `undefined`. */
export function lngLat(value: Maybe): LngLat | undefined {
  if (!Array.isArray(value) || value.length < 2) return undefined
  const [x, y] = value
  if (!isNumeric(x) || !isNumeric(y)) return undefined
  const lng = toDouble(x)
  const lat = toDouble(y)
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? [lng, lat] : undefined
}

function each<T>(value: Maybe, read: (item: Value) => T | undefined, least: number): T[] | undefined {
  if (!Array.isArray(value) || value.length < least) return undefined
  const out: T[] = []
  for (const item of value) {
    const made = read(item)
    if (made === undefined) return undefined
    out.push(made)
  }
  return out
}

const line = (value: Value): Line | undefined => each(value, lngLat, 2)

function ring(value: Value): Line | undefined {
  const points = each(value, lngLat, 4)
  const first = points?.[0]
  const last = points?.[points.length - 1]
  return points && first && last && first[0] === last[0] && first[1] === last[1] ? points : undefined
}

const rings = (value: Value): Rings | undefined => each(value, ring, 1)

const pointsOnly = (points: LngLat[] | undefined): Geometry | undefined => points && { points, lines: [], polygons: [] }
const linesOnly = (lines: Line[] | undefined): Geometry | undefined => lines && { points: [], lines, polygons: [] }
const polygonsOnly = (polygons: Rings[] | undefined): Geometry | undefined => polygons && { points: [], lines: [], polygons }
const single = <T>(value: T | undefined): T[] | undefined => (value === undefined ? undefined : [value])

/** Reads GeoJSON; `undefined` when it is malformed or off the map. */
export function geoJson(value: Maybe): Geometry | undefined {
  if (!isDoc(value)) return undefined
  const at = value.coordinates ?? null
  switch (value.type) {
    case 'Point':
      return pointsOnly(single(lngLat(at)))
    case 'MultiPoint':
      return pointsOnly(each(at, lngLat, 1))
    case 'LineString':
      return linesOnly(single(line(at)))
    case 'MultiLineString':
      return linesOnly(each(at, line, 1))
    case 'Polygon':
      return polygonsOnly(single(rings(at)))
    case 'MultiPolygon':
      return polygonsOnly(each(at, rings, 1))
    case 'GeometryCollection':
      return collection(value)
    default:
      return undefined
  }
}

function collection(value: Doc): Geometry | undefined {
  const parts = each(value.geometries, geoJson, 1)
  if (!parts) return undefined
  return { points: parts.flatMap((p) => p.points), lines: parts.flatMap((p) => p.lines), polygons: parts.flatMap((p) => p.polygons) }
}

/** What a stored field holds: GeoJSON, or an old-style pair (`[lng, lat]`, or a document whose first two fields are numbers). */
export function storedGeometry(value: Maybe): Geometry | undefined {
  const known = geoJson(value)
  if (known) return known
  const pair = Array.isArray(value) ? lngLat(value) : isDoc(value) && value.type === undefined ? lngLat(Object.values(value)) : undefined
  return pair && { points: [pair], lines: [], polygons: [] }
}

/** Every vertex of the geometry. */
export function vertices(geometry: Geometry): LngLat[] {
  return [...geometry.points, ...geometry.lines.flat(), ...geometry.polygons.flatMap((polygon) => polygon.flat())]
}
