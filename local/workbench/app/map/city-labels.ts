/** The words on the map: numbers, names and distances, none lying on another. */
import { clockText } from '../../../../cloudfunctions/domain/shanghai'
import type { TechnicianDocument } from '../../../../cloudfunctions/platform/technician-document'
import type { NamedPlace } from '../workplace'
import { shape } from '../dom'
import { distanceText, familyName, lastDigits } from '../words'
import { breachOf } from './breach'
import type { Drawing, House } from './drawing'
import { ORDER_MARK, TECHNICIAN_MARK } from './drawing'
import type { Box, LabelWish } from './labels'
import { alongLine, aroundMark, boxAround, placeLabels } from './labels'
import type { Point } from './projection'
import { heldUntil, waveEnd, waveRest } from './wave'

const LETTER = { technician: 12.5, order: 12, place: 12, distance: 13 }

interface Label {
  kind: keyof typeof LETTER
  key: string
  text: string
  /** What is said behind it, in a colour of its own; counted down when it has an end. */
  tail?: { kind: 'breach' | 'wave'; text: string; endsAt?: Date }
  /** Where its middle may be, best first. */
  places: (width: number, height: number) => Point[]
  optional?: boolean
}

/** Chinese letters are as wide as they are high, others about half. */
const widthOf = (text: string, size: number) => [...text].reduce((sum, letter) => sum + (letter > '⺀' ? size : size * 0.6), 0)
const nameOf = ({ staffNumber, name }: TechnicianDocument) => `${staffNumber} ${familyName(name)}`

export function cityLabels(drawing: Drawing, places: readonly NamedPlace[], frame: Box, now: Date): SVGTextElement[] {
  const labels = new Map(wished(drawing, places, now).map((label) => [`${label.kind} ${label.key}`, label]))
  const wishes = [...labels].map(([key, { kind, text, tail, places: at, optional }]): LabelWish => {
    const [width, height] = [widthOf(text + (tail ? ` ${tail.text}` : ''), LETTER[kind]) + 2, LETTER[kind] + 2]
    return { key, width, height, places: at(width, height), optional }
  })
  const marks = [
    ...drawing.houses.map(({ at }) => boxAround(at, 2 * ORDER_MARK, 2 * ORDER_MARK)),
    ...drawing.stands.map(({ at }) => boxAround(at, 2 * TECHNICIAN_MARK, 2 * TECHNICIAN_MARK)),
  ]
  return placeLabels(wishes, marks, frame).flatMap(({ key, ...at }) => {
    const label = labels.get(key)
    return label ? [written(label, at)] : []
  })
}

/** The most needed first: it finds the best place. */
const wished = ({ stands, houses, lines, projection }: Drawing, places: readonly NamedPlace[], now: Date): Label[] => [
  ...houses.map((house): Label => ({
    kind: 'order',
    key: house.order._id,
    text: lastDigits(house.order.number),
    tail: tailOf(house, now),
    places: (width, height) => aroundMark(house.at, ORDER_MARK + 1, width, height),
  })),
  ...stands.map(({ technician, at, state }): Label => ({
    kind: 'technician',
    key: technician._id,
    text: nameOf(technician),
    places: (width, height) => aroundMark(at, TECHNICIAN_MARK + (state === 'offered' ? 3 : 0), width, height),
  })),
  ...lines.flatMap(({ key, from, to, metres, selected }): Label[] =>
    selected && metres !== null
      ? [{ kind: 'distance', key, text: distanceText(metres), places: (_width, height) => alongLine(from, to, height) }]
      : [],
  ),
  ...places.map((place): Label => {
    const at = projection.toPoint(place)
    return {
      kind: 'place',
      key: place.name,
      text: place.name,
      places: (width, height) => [at, ...aroundMark(at, 0, width, height)],
      optional: true,
    }
  }),
]

function tailOf({ order }: House, now: Date): Label['tail'] {
  const breach = breachOf(order, now)
  if (breach) return { kind: 'breach', text: breach.word }
  const held = heldUntil(order, now)
  if (held) return { kind: 'wave', text: `${clockText(held)} 派` }
  const end = waveEnd(order)
  if (end === null) return undefined
  return end === 'open' ? { kind: 'wave', text: '等调度' } : { kind: 'wave', text: waveRest(end.at, now), endsAt: end.at }
}

function written({ kind, text, tail }: Label, { x, y }: Point): SVGTextElement {
  const size = LETTER[kind]
  const made = shape('text', { class: `label label-${kind}`, x: x.toFixed(1), y: (y + size * 0.36).toFixed(1), 'font-size': size }, text)
  if (!tail) return made
  const said = shape('tspan', { class: `label-${tail.kind}` }, tail.text)
  if (tail.endsAt) said.dataset.endsAt = String(tail.endsAt.getTime())
  made.append(' ', said)
  return made
}

/** Counts down what is written under `root`, without drawing anything anew. */
export function countDown(root: Element, now: Date): void {
  for (const tail of root.querySelectorAll<SVGTSpanElement>('[data-ends-at]')) {
    const text = waveRest(new Date(Number(tail.dataset.endsAt)), now)
    if (tail.textContent !== text) tail.textContent = text
  }
}
