import { EARTH_RADIUS_M, metres, type Geometry, type LngLat } from './geometry'
import { nearestMetres } from './geo-query'

/** Side of a cell in degrees of latitude: about 1.1 km, some dozens of technicians of a big city. */
const CELL = 0.01
const ROWS = 180 / CELL
const COLUMNS = 360 / CELL
const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180

/** Items of one field on a grid over the globe: nearest first, and by region, without looking at the rest. */
export class GeoGrid<T> {
  private readonly cells = new Map<number, Map<T, LngLat>>()
  /** What is no single point has no one cell; it is few and always looked at. */
  private readonly shapes = new Map<T, Geometry>()

  add(item: T, geometry: Geometry): void {
    const point = onlyPoint(geometry)
    if (!point) {
      this.shapes.set(item, geometry)
      return
    }
    const cell = cellOf(point)
    const members = this.cells.get(cell)
    if (members) members.set(item, point)
    else this.cells.set(cell, new Map([[item, point]]))
  }

  /** @param geometry the one that it was added with */
  remove(item: T, geometry: Geometry): void {
    const point = onlyPoint(geometry)
    if (!point) {
      this.shapes.delete(item)
      return
    }
    const cell = cellOf(point)
    const members = this.cells.get(cell)
    members?.delete(item)
    if (members?.size === 0) this.cells.delete(cell)
  }

  /** Items by growing distance (metres), lazily: take as many as needed. */
  *nearest(center: LngLat, max: number): Generator<{ item: T; distance: number }> {
    let waiting: { item: T; distance: number }[] = []
    for (const [item, geometry] of this.shapes) waiting.push({ item, distance: nearestMetres(geometry, center) })
    for (const { members, complete } of this.ringsAround(center, max)) {
      for (const cell of members) for (const [item, point] of cell) waiting.push({ item, distance: metres(point, center) })
      waiting.sort(byDistance)
      let sure = 0
      while (sure < waiting.length && (waiting[sure] as { distance: number }).distance <= complete) sure++
      for (const found of waiting.slice(0, sure)) {
        if (found.distance > max) return
        yield found
      }
      waiting = waiting.slice(sure)
    }
  }

  /** Items that may lie in the box around these points (and every shape that is no point). */
  *inBox(corners: readonly LngLat[]): Generator<T> {
    yield* this.shapes.keys()
    const box = boxOf(corners)
    if (!box || box.cells > this.cells.size) {
      for (const members of this.cells.values()) yield* members.keys()
      return
    }
    for (let row = box.south; row <= box.north; row++) {
      for (let column = box.west; column <= box.east; column++) yield* this.cells.get(cellAt(row, column))?.keys() ?? []
    }
  }

  /** Ring after ring of cells; after each, every item closer than `complete` metres has been given. */
  private *ringsAround(center: LngLat, max: number): Generator<{ members: Map<T, LngLat>[]; complete: number }> {
    const row = rowOf(center[1])
    const column = columnOf(center[0])
    let visited = 0
    for (let ring = 0; ; ring++) {
      visited += ring === 0 ? 1 : 8 * ring
      const north = center[1] + (ring + 1) * CELL
      const south = center[1] - (ring + 1) * CELL
      // Beyond what is stored, or where columns run together at a pole, the rest at once is cheaper than more rings.
      if (visited > this.cells.size + 9 || north > 85 || south < -85 || ring > COLUMNS / 4) {
        yield {
          members: [...this.cells].filter(([cell]) => !insideRing(cell, row, column, ring)).map(([, members]) => members),
          complete: Infinity,
        }
        return
      }
      const members: Map<T, LngLat>[] = []
      for (const cell of ringCells(row, column, ring)) {
        const found = this.cells.get(cell)
        if (found) members.push(found)
      }
      const narrowest = Math.cos((Math.max(Math.abs(north), Math.abs(south)) * Math.PI) / 180)
      const complete = ring * CELL * METRES_PER_DEGREE * narrowest * 0.99
      yield { members, complete }
      if (complete > max) return
    }
  }
}

/** The point that the geometry is, if it is nothing but one. */
function onlyPoint({ points, lines, polygons }: Geometry): LngLat | undefined {
  return points.length === 1 && lines.length === 0 && polygons.length === 0 ? points[0] : undefined
}

const byDistance = (a: { distance: number }, b: { distance: number }): number => a.distance - b.distance
const rowOf = (lat: number): number => Math.min(ROWS - 1, Math.floor((lat + 90) / CELL))
const columnOf = (lng: number): number => Math.floor((lng + 180) / CELL) % COLUMNS
const cellAt = (row: number, column: number): number => row * COLUMNS + (((column % COLUMNS) + COLUMNS) % COLUMNS)
const cellOf = ([lng, lat]: LngLat): number => cellAt(rowOf(lat), columnOf(lng))

function* ringCells(row: number, column: number, ring: number): Generator<number> {
  if (ring === 0) {
    yield cellAt(row, column)
    return
  }
  for (let i = -ring; i <= ring; i++) {
    yield cellAt(row - ring, column + i)
    yield cellAt(row + ring, column + i)
  }
  for (let i = -ring + 1; i < ring; i++) {
    yield cellAt(row + i, column - ring)
    yield cellAt(row + i, column + ring)
  }
}

/** Was the cell already given by the rings before `ring`? */
function insideRing(cell: number, row: number, column: number, ring: number): boolean {
  const rows = Math.abs(Math.floor(cell / COLUMNS) - row)
  const columns = Math.abs((cell % COLUMNS) - column)
  return rows < ring && Math.min(columns, COLUMNS - columns) < ring
}

/** Rows and columns of a box; `undefined` where it comes near a pole or crosses the 180th meridian. */
function boxOf(corners: readonly LngLat[]): { south: number; north: number; west: number; east: number; cells: number } | undefined {
  const lats = corners.map((c) => c[1])
  const lngs = corners.map((c) => c[0])
  const [low, high, left, right] = [Math.min(...lats), Math.max(...lats), Math.min(...lngs), Math.max(...lngs)]
  // Great-circle edges bulge towards the pole: at ten degrees' width by less than half a degree.
  const margin = right - left > 1 ? 0.5 : CELL
  if (!(high < 80 && low > -80 && right - left < 10 && left > -179 && right < 179)) return undefined
  const [south, north, west, east] = [rowOf(low - margin), rowOf(high + margin), columnOf(left - margin), columnOf(right + margin)]
  return { south, north, west, east, cells: (north - south + 1) * (east - west + 1) }
}

/** Corners of the box around a circle, for `inBox`. */
export function circleCorners(center: LngLat, radius: number): LngLat[] {
  const lat = radius / METRES_PER_DEGREE
  const lng = lat / Math.max(0.05, Math.cos(((Math.abs(center[1]) + lat) * Math.PI) / 180))
  return [
    [center[0] - lng, center[1] - lat],
    [center[0] + lng, center[1] + lat],
  ]
}
