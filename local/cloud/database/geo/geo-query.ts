import { requestFailed } from '../cloud-error'
import { leaf, type Predicate } from '../query/predicate'
import { isNumeric, toDouble } from '../values/numbers'
import { isDoc, type Doc, type Maybe, type Value } from '../values/value'
import { EARTH_RADIUS_M, geoJson, lngLat, metres, storedGeometry, vertices, type Geometry, type LngLat } from './geometry'
import { contains, flatten, meet, projectionAround } from './relation'

const OPERATORS = ['$near', '$nearSphere', '$geoWithin', '$within', '$geoIntersects', '$maxDistance', '$minDistance']

export const isGeoOperator = (operator: string): boolean => OPERATORS.includes(operator)

/** Nearest first around a centre; distances in metres. */
export interface Near {
  center: LngLat
  min: number
  max: number
}

/** The region that a `$geoWithin` or `$geoIntersects` asks for. */
export type Region =
  | { kind: 'circle'; center: LngLat; radius: number }
  | { kind: 'geometry'; geometry: Geometry }
  | { kind: 'flat'; holds: (p: LngLat) => boolean }

/** Tests a field's geometry; fields that hold none never match. */
export function geoPredicate(operator: string, operand: Value, siblings: Doc): Predicate | undefined {
  switch (operator) {
    case '$near':
    case '$nearSphere': {
      const near = parseNear(operator, operand, siblings)
      return onGeometry((geometry) => {
        const distance = nearestMetres(geometry, near.center)
        return distance <= near.max && distance >= near.min
      })
    }
    case '$geoWithin':
    case '$within':
      return onGeometry(withinTest(parseWithin(operand)))
    case '$geoIntersects':
      return onGeometry(intersectsTest(parseIntersects(operand)))
    default:
      // $maxDistance and $minDistance belong to a $near beside them.
      if (!('$near' in siblings) && !('$nearSphere' in siblings)) throw requestFailed(`unknown operator: ${operator}`)
      return undefined
  }
}

/** A whole pair or GeoJSON is one place, so arrays are not taken apart first; an array of places matches by any of them. */
function onGeometry(test: (geometry: Geometry) => boolean): Predicate {
  const one = (value: Maybe): boolean => {
    const geometry = storedGeometry(value)
    return geometry !== undefined && test(geometry)
  }
  return leaf((value) => one(value) || (Array.isArray(value) && !lngLat(value) && value.some(one)), false)
}

/** The distance to the nearest vertex of the geometry, 0 inside a polygon. */
export function nearestMetres(geometry: Geometry, center: LngLat): number {
  const { points, polygons } = geometry
  const [only] = points
  if (only && points.length === 1 && polygons.length === 0 && geometry.lines.length === 0) return metres(only, center)
  if (polygons.length > 0 && intersectsTest({ points: [center], lines: [], polygons: [] })(geometry)) return 0
  return Math.min(...vertices(geometry).map((vertex) => metres(vertex, center)))
}

/** Null counts as absent: inside `_.and([…])` the SDK sends a distance that was not given as null. */
function distanceOf(name: string, value: Maybe, otherwise: number): number {
  if (value === undefined || value === null) return otherwise
  if (!isNumeric(value) || !(toDouble(value) >= 0)) throw requestFailed(`${name} must be a non-negative number`)
  return toDouble(value)
}

/** Reads `$nearSphere` / `$near`: GeoJSON with metres, or an old-style pair with radians beside it. */
export function parseNear(operator: string, operand: Value, siblings: Doc): Near {
  if (isDoc(operand) && operand.$geometry !== undefined) {
    for (const key of Object.keys(operand)) {
      if (!['$geometry', '$maxDistance', '$minDistance'].includes(key)) throw requestFailed(`invalid argument in geo near query: ${key}`)
    }
    return {
      center: centerOf(operand.$geometry),
      min: distanceOf('minDistance', operand.$minDistance, 0),
      max: distanceOf('maxDistance', operand.$maxDistance, Infinity),
    }
  }
  const pair = storedGeometry(operand)?.points[0]
  if (!pair || operator === '$near') throw requestFailed('unable to find index for $geoNear query')
  const inMetres = (name: string, otherwise: number): number => distanceOf(name, siblings[name], otherwise) * EARTH_RADIUS_M
  return { center: pair, min: inMetres('$minDistance', 0), max: inMetres('$maxDistance', Infinity) }
}

function centerOf(value: Value): LngLat {
  const geometry = geoJson(value)
  const [point] = geometry?.points ?? []
  if (!point || !isDoc(value) || value.type !== 'Point') throw requestFailed('$near requires a point, given a malformed or other geometry')
  return point
}

export function parseWithin(operand: Value): Region {
  if (!isDoc(operand)) throw requestFailed('$geoWithin needs an object')
  const [shape] = Object.keys(operand)
  if (shape === '$geometry') {
    const geometry = geometryOf(operand.$geometry)
    if (geometry.polygons.length === 0 || geometry.points.length + geometry.lines.length > 0)
      throw requestFailed('$geoWithin not supported with provided geometry: a Polygon or MultiPolygon is needed')
    return { kind: 'geometry', geometry }
  }
  if (shape === '$centerSphere' || shape === '$center') {
    const [center, radius] = circleOf(shape, operand[shape])
    if (shape === '$centerSphere') return { kind: 'circle', center, radius: radius * EARTH_RADIUS_M }
    return { kind: 'flat', holds: (p) => Math.hypot(p[0] - center[0], p[1] - center[1]) <= radius }
  }
  if (shape === '$box') return { kind: 'flat', holds: boxTest(operand.$box) }
  if (shape === '$polygon') return { kind: 'flat', holds: flatPolygonTest(operand.$polygon) }
  throw requestFailed(`unknown geo specifier: ${String(shape)}`)
}

export function parseIntersects(operand: Value): Geometry {
  if (!isDoc(operand) || operand.$geometry === undefined) throw requestFailed('$geoIntersects needs a $geometry')
  return geometryOf(operand.$geometry)
}

function geometryOf(value: Maybe): Geometry {
  const geometry = geoJson(value)
  if (!geometry) throw requestFailed('unknown GeoJSON type or malformed coordinates')
  return geometry
}

function circleOf(shape: string, value: Maybe): [LngLat, number] {
  const [center, radius] = Array.isArray(value) ? value : []
  const at = storedGeometry(center)?.points[0]
  if (!at || !isNumeric(radius) || !(toDouble(radius) >= 0)) throw requestFailed(`${shape} needs a center and a non-negative radius`)
  return [at, toDouble(radius)]
}

function boxTest(value: Maybe): (p: LngLat) => boolean {
  const [a, b] = Array.isArray(value) ? value.map(lngLat) : []
  if (!a || !b) throw requestFailed('$box needs two corners')
  return (p) => p[0] >= Math.min(a[0], b[0]) && p[0] <= Math.max(a[0], b[0]) && p[1] >= Math.min(a[1], b[1]) && p[1] <= Math.max(a[1], b[1])
}

function flatPolygonTest(value: Maybe): (p: LngLat) => boolean {
  const corners = Array.isArray(value) ? value.map(lngLat) : []
  const ring = corners.filter((p): p is LngLat => p !== undefined)
  if (ring.length < 3 || ring.length < corners.length) throw requestFailed('$polygon needs at least three corners')
  return (p) => {
    let inside = false
    ring.forEach((b, i) => {
      const a = ring[(i + ring.length - 1) % ring.length] as LngLat
      if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
    })
    return inside
  }
}

function withinTest(region: Region): (geometry: Geometry) => boolean {
  if (region.kind === 'circle') return (g) => vertices(g).every((v) => metres(v, region.center) <= region.radius)
  if (region.kind === 'flat') return (g) => vertices(g).every(region.holds)
  const project = projectionAround(region.geometry)
  const outer = flatten(region.geometry, project)
  return (g) => contains(outer, flatten(g, project))
}

function intersectsTest(wanted: Geometry): (geometry: Geometry) => boolean {
  const project = projectionAround(wanted)
  const flat = flatten(wanted, project)
  return (g) => meet(flat, flatten(g, project))
}
