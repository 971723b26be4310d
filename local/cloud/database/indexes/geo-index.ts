import { requestFailed } from '../cloud-error'
import { GeoGrid } from '../geo/geo-grid'
import { storedGeometry, type Geometry } from '../geo/geometry'
import { encode } from '../values/ejson-encode'
import { splitPath, walkPath } from '../values/path'
import { lngLat } from '../geo/geometry'
import type { Doc, Maybe } from '../values/value'
import type { DocRecord } from './record'

/** A 2dsphere index over one field. */
export class GeoIndex {
  readonly grid = new GeoGrid<DocRecord>()

  constructor(
    readonly name: string,
    readonly field: string,
  ) {}

  /** @throws CloudError DATABASE_REQUEST_FAILED when the field holds something that is no place on earth */
  check(doc: Doc): void {
    geometriesAt(doc, this.field)
  }

  add(record: DocRecord): void {
    const geometry = geometryOf(record.doc, this.field)
    if (geometry) this.grid.add(record, geometry)
  }

  remove(record: DocRecord): void {
    const geometry = geometryOf(record.doc, this.field)
    if (geometry) this.grid.remove(record, geometry)
  }
}

/** All places of the field as one geometry; `undefined` when it holds none. */
function geometryOf(doc: Doc, field: string): Geometry | undefined {
  const geometries = geometriesAt(doc, field)
  return geometries.length > 1 ? merged(geometries) : geometries[0]
}

const merged = (list: Geometry[]): Geometry => ({
  points: list.flatMap((g) => g.points),
  lines: list.flatMap((g) => g.lines),
  polygons: list.flatMap((g) => g.polygons),
})

/** Every geometry under the field; missing and null hold none. */
export function geometriesAt(doc: Doc, field: string): Geometry[] {
  const found: Geometry[] = []
  const read = (value: Maybe): void => {
    const geometry = storedGeometry(value)
    if (!geometry)
      throw requestFailed(`Can't extract geo keys: unknown GeoJSON or coordinates out of range: ${encode(value ?? null).slice(0, 200)}`)
    found.push(geometry)
  }
  walkPath(doc, splitPath(field), 0, (end) => {
    if (Array.isArray(end) && !lngLat(end) && end.every((item) => storedGeometry(item))) end.forEach(read)
    else if (end !== undefined && end !== null) read(end)
    return false
  })
  return found
}
