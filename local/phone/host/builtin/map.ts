/** `<map>`: no tiles, but true positions: markers stand where they would, and can be tapped. */
import { element } from '../dom'
import { Builtin } from './builtin'

interface Marker {
  id: number
  latitude: number
  longitude: number
  title?: string
  iconPath?: string
  width?: number
  height?: number
  callout?: { content?: string; display?: string }
  label?: { content?: string }
}

interface Polyline {
  points: { latitude: number; longitude: number }[]
  color?: string
  width?: number
}

const TILE = 256
/** Web Mercator, in pixels of the whole world at this zoom. */
const project = (latitude: number, longitude: number, zoom: number): { x: number; y: number } => {
  const size = TILE * 2 ** zoom
  const sine = Math.sin((latitude * Math.PI) / 180)
  return { x: ((longitude + 180) / 360) * size, y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size }
}

const SVG = 'http://www.w3.org/2000/svg'

export class MapElement extends Builtin {
  private readonly roads = document.createElementNS(SVG, 'svg')
  private readonly pins = element('div')

  override attached(): void {
    this.roads.setAttribute('class', 'host-map-roads')
    this.roads.setAttribute('aria-hidden', 'true')
    this.element.prepend(this.roads, this.pins)
    this.element.setAttribute('aria-label', '地图')
    requestAnimationFrame(() => void this.draw())
  }

  override changed(): void {
    void this.draw()
  }

  override contextForScript(): Promise<unknown> {
    return Promise.resolve({
      moveToLocation: () => undefined,
      getScale: () => ({ scale: this.number('scale') }),
      includePoints: () => undefined,
    })
  }

  private async draw(): Promise<void> {
    const { clientWidth, clientHeight } = this.element
    const markers = (this.property('markers') ?? []) as Marker[]
    const points = (this.property('includePoints') ?? []) as { latitude: number; longitude: number }[]
    const { latitude, longitude, zoom } = this.fit(points, clientWidth, clientHeight)
    const centre = project(latitude, longitude, zoom)
    const place = (point: { latitude: number; longitude: number }): { x: number; y: number } => {
      const { x, y } = project(point.latitude, point.longitude, zoom)
      return { x: x - centre.x + clientWidth / 2, y: y - centre.y + clientHeight / 2 }
    }
    this.drawRoads(
      centre,
      clientWidth,
      clientHeight,
      ((this.property('polyline') ?? []) as Polyline[]).map((line) => ({ ...line, places: line.points.map(place) })),
    )
    const pins = await Promise.all(markers.map((marker) => this.pin(marker, place(marker))))
    const here = this.flag('showLocation')
      ? [element('i', { class: 'host-map-here', style: this.at(place(await this.phone.whereabouts())) })]
      : []
    this.pins.replaceChildren(...pins, ...here)
  }

  private at({ x, y }: { x: number; y: number }): Partial<CSSStyleDeclaration> {
    return { left: `${x}px`, top: `${y}px` }
  }

  /** The centre and zoom that show all points, or the page's own. */
  private fit(
    points: { latitude: number; longitude: number }[],
    width: number,
    height: number,
  ): { latitude: number; longitude: number; zoom: number } {
    const own = { latitude: this.number('latitude'), longitude: this.number('longitude'), zoom: this.number('scale') }
    if (points.length < 2) return own
    const latitudes = points.map((point) => point.latitude)
    const longitudes = points.map((point) => point.longitude)
    const centre = {
      latitude: (Math.min(...latitudes) + Math.max(...latitudes)) / 2,
      longitude: (Math.min(...longitudes) + Math.max(...longitudes)) / 2,
    }
    for (let zoom = 18; zoom > 3; zoom -= 1) {
      const low = project(Math.max(...latitudes), Math.min(...longitudes), zoom)
      const high = project(Math.min(...latitudes), Math.max(...longitudes), zoom)
      if (high.x - low.x <= width * 0.8 && high.y - low.y <= height * 0.7) return { ...centre, zoom }
    }
    return { ...centre, zoom: 3 }
  }

  private drawRoads(
    centre: { x: number; y: number },
    width: number,
    height: number,
    lines: (Polyline & { places: { x: number; y: number }[] })[],
  ): void {
    const step = 88
    const offset = { x: -(centre.x % step), y: -(centre.y % step) }
    const path = [
      ...Array.from({ length: Math.ceil(width / step) + 2 }, (_, index) => `M${offset.x + index * step} 0v${height}`),
      ...Array.from({ length: Math.ceil(height / step) + 2 }, (_, index) => `M0 ${offset.y + index * step}h${width}`),
    ].join('')
    const make = (attributes: Record<string, string>): SVGPathElement => {
      const made = document.createElementNS(SVG, 'path')
      for (const [name, value] of Object.entries({ fill: 'none', ...attributes })) made.setAttribute(name, value)
      return made
    }
    this.roads.setAttribute('viewBox', `0 0 ${width || 1} ${height || 1}`)
    this.roads.replaceChildren(
      make({ d: path, stroke: '#fff', 'stroke-width': '9', 'stroke-opacity': '.75' }),
      ...lines.map(({ places, color, width: thickness }) =>
        make({
          d: `M${places.map(({ x, y }) => `${x} ${y}`).join('L')}`,
          stroke: color ?? '#0b5562',
          'stroke-width': String(thickness ?? 4),
        }),
      ),
    )
  }

  private async pin(marker: Marker, position: { x: number; y: number }): Promise<HTMLElement> {
    const words =
      marker.callout?.display === 'ALWAYS' ? marker.callout.content : (marker.label?.content ?? marker.callout?.content ?? marker.title)
    const picture = marker.iconPath ? await this.phone.files.urlOf(marker.iconPath) : null
    const button = element('button', {
      class: 'host-map-pin',
      label: words ?? `标记 ${marker.id}`,
      style: this.at(position),
      onClick: () => this.emit('markertap', { markerId: marker.id }),
    })
    if (words !== undefined && words !== '') {
      const callout = element('b', { text: words })
      callout.addEventListener('click', (event) => {
        event.stopPropagation()
        this.emit('callouttap', { markerId: marker.id })
      })
      button.append(callout)
    }
    if (picture) {
      const image = element('img', { attributes: { src: picture, alt: '' } })
      if (marker.width) image.width = marker.width
      if (marker.height) image.height = marker.height
      button.append(image)
    } else button.append(element('i'))
    return button
  }
}
