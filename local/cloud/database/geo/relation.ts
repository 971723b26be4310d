import type { Geometry, Line, LngLat, Rings } from './geometry'
import { vertices } from './geometry'

/**
 * Geometry on the sphere. Edges are great circles, as MongoDB's 2dsphere has them: everything is projected gnomonically around the
 * query's middle, where great circles become straight lines, and compared on that plane.
 */
type Vector = readonly [number, number, number]
type Flat = readonly [number, number]

const RADIANS = Math.PI / 180

function toVector([lng, lat]: LngLat): Vector {
  const cos = Math.cos(lat * RADIANS)
  return [cos * Math.cos(lng * RADIANS), cos * Math.sin(lng * RADIANS), Math.sin(lat * RADIANS)]
}

type Projection = (point: LngLat) => Flat | undefined

/** Projects around the middle of the geometry; points of the far hemisphere have no image. */
export function projectionAround(geometry: Geometry): Projection {
  let x = 0
  let y = 0
  let z = 0
  for (const point of vertices(geometry)) {
    const v = toVector(point)
    x += v[0]
    y += v[1]
    z += v[2]
  }
  const length = Math.hypot(x, y, z) || 1
  const middle: Vector = [x / length, y / length, z / length]
  const east = Math.hypot(middle[0], middle[1]) < 1e-12 ? ([1, 0, 0] as const) : unit([-middle[1], middle[0], 0])
  const north = cross(middle, east)
  return (point) => {
    const v = toVector(point)
    const depth = dot(v, middle)
    return depth <= 1e-9 ? undefined : [dot(v, east) / depth, dot(v, north) / depth]
  }
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
function unit(v: Vector): Vector {
  const length = Math.hypot(v[0], v[1], v[2])
  return [v[0] / length, v[1] / length, v[2] / length]
}

interface FlatGeometry {
  points: Flat[]
  lines: Flat[][]
  polygons: Flat[][][]
  /** Some part lay on the far hemisphere and was dropped. */
  cut: boolean
}

export function flatten(geometry: Geometry, project: Projection): FlatGeometry {
  let cut = false
  const path = (line: Line): Flat[] => {
    const out = line.map(project).filter((p): p is Flat => p !== undefined)
    if (out.length < line.length) cut = true
    return out
  }
  const polygon = (rings: Rings): Flat[][] => rings.map(path)
  const [points, lines, polygons] = [path(geometry.points), geometry.lines.map(path), geometry.polygons.map(polygon)]
  return { points, lines, polygons, cut }
}

/** Distances below this (some micrometres on the ground) are none. */
const EPSILON = 1e-12

/** Twice the signed area of a, b, c: which side of the line a→b is c on? */
const side = (a: Flat, b: Flat, c: Flat): number => {
  const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
  return Math.abs(area) <= EPSILON * Math.hypot(b[0] - a[0], b[1] - a[1]) ? 0 : Math.sign(area)
}

const between = (a: Flat, b: Flat, c: Flat): boolean =>
  Math.min(a[0], b[0]) - EPSILON <= c[0] &&
  c[0] <= Math.max(a[0], b[0]) + EPSILON &&
  Math.min(a[1], b[1]) - EPSILON <= c[1] &&
  c[1] <= Math.max(a[1], b[1]) + EPSILON

const onSegment = (a: Flat, b: Flat, c: Flat): boolean => side(a, b, c) === 0 && between(a, b, c)

function segmentsMeet(a: Flat, b: Flat, c: Flat, d: Flat): boolean {
  const s1 = side(a, b, c)
  const s2 = side(a, b, d)
  const s3 = side(c, d, a)
  const s4 = side(c, d, b)
  if (s1 * s2 < 0 && s3 * s4 < 0) return true
  return onSegment(a, b, c) || onSegment(a, b, d) || onSegment(c, d, a) || onSegment(c, d, b)
}

function* segments(path: Flat[]): Generator<readonly [Flat, Flat]> {
  for (let i = 1; i < path.length; i++) yield [path[i - 1] as Flat, path[i] as Flat]
}

/** Inside the outer ring and in no hole; an edge belongs to the polygon. */
function inPolygon(point: Flat, rings: Flat[][]): boolean {
  const [outer, ...holes] = rings
  if (!outer || where(point, outer) === 'out') return false
  return !holes.some((hole) => where(point, hole) === 'in')
}

function where(point: Flat, ring: Flat[]): 'in' | 'edge' | 'out' {
  let inside = false
  for (const [a, b] of segments(ring)) {
    if (onSegment(a, b, point)) return 'edge'
    if (a[1] > point[1] !== b[1] > point[1] && point[0] < ((b[0] - a[0]) * (point[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside ? 'in' : 'out'
}

const pathsMeet = (a: Flat[], b: Flat[]): boolean => {
  for (const [p, q] of segments(a)) for (const [r, s] of segments(b)) if (segmentsMeet(p, q, r, s)) return true
  return false
}

/** Do two geometries share a point? Both projected alike. */
export function meet(a: FlatGeometry, b: FlatGeometry): boolean {
  return (
    a.points.some((p) => touches(p, b)) ||
    b.points.some((p) => touches(p, a)) ||
    paths(a).some((path) => paths(b).some((other) => pathsMeet(path, other))) ||
    a.polygons.some((polygon) => firstPoints(b).some((p) => inPolygon(p, polygon))) ||
    b.polygons.some((polygon) => firstPoints(a).some((p) => inPolygon(p, polygon)))
  )
}

const paths = (g: FlatGeometry): Flat[][] => [...g.lines, ...g.polygons.flat()]
const firstPoints = (g: FlatGeometry): Flat[] => paths(g).flatMap((path) => path.slice(0, 1))

function touches(p: Flat, g: FlatGeometry): boolean {
  if (g.points.some((q) => Math.abs(p[0] - q[0]) < EPSILON && Math.abs(p[1] - q[1]) < EPSILON)) return true
  if (g.polygons.some((polygon) => inPolygon(p, polygon))) return true
  return g.lines.some((line) => [...segments(line)].some(([a, b]) => onSegment(a, b, p)))
}

/** Does `inner` lie wholly in the polygons of `outer`? */
export function contains(outer: FlatGeometry, inner: FlatGeometry): boolean {
  if (inner.cut) return false
  if (!inner.points.every((p) => outer.polygons.some((polygon) => inPolygon(p, polygon)))) return false
  return paths(inner).every((path) => outer.polygons.some((polygon) => path.every((p) => inPolygon(p, polygon)) && !crosses(path, polygon)))
}

/** Does the path leave the polygon between two of its points that are inside? Middles of its pieces tell. */
function crosses(path: Flat[], polygon: Flat[][]): boolean {
  for (const [a, b] of segments(path)) {
    const cuts = [0, 1]
    for (const ring of polygon) for (const [c, d] of segments(ring)) cuts.push(...cutsOf(a, b, c, d))
    cuts.sort((x, y) => x - y)
    for (let i = 1; i < cuts.length; i++) {
      const t = ((cuts[i - 1] as number) + (cuts[i] as number)) / 2
      if (!inPolygon([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], polygon)) return true
    }
  }
  return false
}

/** Where (0..1 along a→b) the line c→d cuts it, if it does. */
function cutsOf(a: Flat, b: Flat, c: Flat, d: Flat): number[] {
  const denominator = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
  if (denominator === 0) return []
  const t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / denominator
  return t > 0 && t < 1 ? [t] : []
}
