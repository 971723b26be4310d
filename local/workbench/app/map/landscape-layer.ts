import type { NamedPlace } from '../workplace'
import { river, streets } from '../../../seed/landscape'
import { shape } from '../dom'
import type { Projection, Spot } from './projection'

const pathOf = (path: readonly Spot[], { toPoint }: Projection): string =>
  path
    .map((spot, index) => {
      const { x, y } = toPoint(spot)
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')

/** A bend without corners: through the middles of its pieces. */
const bend = (path: readonly Spot[], { toPoint }: Projection): string => {
  const points = path.map(toPoint)
  const pieces = points.slice(1).map((point, index) => {
    const before = points[index] ?? point
    return `${index === 0 ? 'L' : `Q${before.x.toFixed(1)} ${before.y.toFixed(1)} `}${((before.x + point.x) / 2).toFixed(1)} ${((before.y + point.y) / 2).toFixed(1)}`
  })
  const [first, last] = [points[0], points[points.length - 1]]
  return first && last ? `M${first.x.toFixed(1)} ${first.y.toFixed(1)}${pieces.join('')}L${last.x.toFixed(1)} ${last.y.toFixed(1)}` : ''
}

/** River and streets under the city: drawn where there is a city. */
export function landscape(places: readonly NamedPlace[], projection: Projection): SVGGElement {
  const layer = shape('g', { class: 'landscape', 'aria-hidden': 'true' })
  if (places.length === 0) return layer
  const width = (metres: number) => Math.max(1.5, metres * projection.scale).toFixed(1)
  layer.append(
    shape('path', { class: 'river', d: bend(river.path, projection), 'stroke-width': width(river.width) }),
    ...streets.map((street) => shape('path', { class: 'street', d: pathOf(street.path, projection), 'stroke-width': width(street.width) })),
  )
  return layer
}
