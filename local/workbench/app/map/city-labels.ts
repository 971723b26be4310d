/** The words on the map: numbers, names and distances, none lying on another. */
import { clockText } from '../../../../cloudfunctions/domain/shanghai'
import type { TechnicianDocument } from '../../../../cloudfunctions/platform/technician-document'
import { river } from '../../../seed/landscape'
import type { NamedPlace } from '../workplace'
import { shape } from '../dom'
import { distanceText, familyName, lastDigits } from '../words'
import { breachOf } from './breach'
import type { Drawing, House, Stand } from './drawing'
import { ORDER_MARK, RING, TECHNICIAN_MARK } from './drawing'
import type { Box, LabelForm, LabelWish } from './labels'
import { alongLine, aroundMark, boxAround, placeLabels } from './labels'
import type { Point } from './projection'
import { heldUntil, waveEnd, waveRest } from './wave'

const LETTER = { technician: 12.5, order: 12, place: 12, river: 12, distance: 13 }

/** Words behind a label, in a colour of their own; counted down when they have an end. */
interface Tail {
  kind: 'breach' | 'wave'
  text: string
  endsAt?: Date
}

interface Label {
  kind: keyof typeof LETTER
  key: string
  text: string
  tail?: Tail | undefined
  /** Where its middle may be, best first. */
  places: (width: number, height: number) => Point[]
  must?: boolean
}

/** Chinese letters are as wide as they are high, others about half. */
const widthOf = (text: string, size: number) => [...text].reduce((sum, letter) => sum + (letter > '⺀' ? size : size * 0.6), 0)
const nameOf = ({ staffNumber, name }: TechnicianDocument) => `${staffNumber} ${familyName(name)}`

/** As it is written in full; without its tail where that has no room. */
const formsOf = ({ kind, text, tail, places }: Label): { tail: Tail | undefined; form: LabelForm }[] =>
  (tail ? [tail, undefined] : [undefined]).map((written) => {
    const [width, height] = [widthOf(text + (written ? ` ${written.text}` : ''), LETTER[kind]) + 4, LETTER[kind] + 3]
    return { tail: written, form: { width, height, places: places(width, height) } }
  })

/** How far a mark reaches with the ring around it. */
const reachOf = (mark: number, ringed: boolean) => mark + (ringed ? RING : 0)

export function cityLabels(drawing: Drawing, places: readonly NamedPlace[], frame: Box, now: Date): SVGTextElement[] {
  const labels = new Map(wished(drawing, places, now).map((label) => [`${label.kind} ${label.key}`, { label, forms: formsOf(label) }]))
  const wishes = [...labels].map(([key, { label, forms }]): LabelWish => ({ key, forms: forms.map(({ form }) => form), must: label.must ?? false }))
  const boxOf = (at: Point, reach: number) => boxAround(at, 2 * reach, 2 * reach)
  const marks = [
    ...drawing.houses.map(({ at, selected }) => boxOf(at, reachOf(ORDER_MARK, selected))),
    ...drawing.stands.map(({ at, state }) => boxOf(at, reachOf(TECHNICIAN_MARK, state === 'offered'))),
  ]
  return placeLabels(wishes, marks, frame).flatMap(({ key, form, ...at }) => {
    const found = labels.get(key)
    return found ? [written(found.label, found.forms[form]?.tail, at)] : []
  })
}

/** The most needed first: it finds the best place, and is the last to be left out. */
const wished = ({ stands, houses, lines, projection }: Drawing, places: readonly NamedPlace[], now: Date): Label[] => {
  const order = (house: House): Label => ({
    kind: 'order', key: house.order._id, text: lastDigits(house.order.number), tail: tailOf(house, now), must: house.selected, places: (width, height) => aroundMark(house.at, reachOf(ORDER_MARK, house.selected) + 1, width, height),
  })
  const technician = ({ technician: who, at, state }: Stand): Label => ({
    kind: 'technician', key: who._id, text: nameOf(who), places: (width, height) => aroundMark(at, reachOf(TECHNICIAN_MARK, state === 'offered'), width, height),
  })
  const distances = lines.flatMap(({ key, from, to, metres, selected }): Label[] =>
    selected && metres !== null ? [{ kind: 'distance', key, text: distanceText(metres), places: (width, height) => alongLine(from, to, width, height) }] : [],
  )
  const names = places.map((place): Label => {
    const at = projection.toPoint(place)
    return { kind: 'place', key: place.name, text: place.name, places: (width, height) => [at, ...aroundMark(at, 0, width, height)] }
  })
  const [middle] = places.length > 0 ? river.path.slice(Math.floor(river.path.length / 2)) : []
  const water: Label[] = middle ? [{ kind: 'river', key: river.name, text: river.name, places: () => [projection.toPoint(middle)] }] : []
  const inBreach = (house: House) => !house.selected && breachOf(house.order, now) !== null
  return [
    ...houses.filter(({ selected }) => selected).map(order),
    ...stands.filter(({ asked }) => asked).map(technician),
    ...distances,
    ...houses.filter(inBreach).map(order),
    ...houses.filter((house) => !house.selected && !inBreach(house)).map(order),
    ...stands.filter(({ asked, state }) => !asked && state !== 'free' && state !== 'off').map(technician),
    ...stands.filter(({ asked, state }) => !asked && (state === 'free' || state === 'off')).map(technician),
    ...names,
    ...water,
  ]
}

function tailOf({ order }: House, now: Date): Tail | undefined {
  const breach = breachOf(order, now)
  if (breach) return { kind: 'breach', text: breach.word }
  const held = heldUntil(order, now)
  if (held) return { kind: 'wave', text: `${clockText(held)} 派` }
  const end = waveEnd(order)
  if (end === null) return undefined
  return end === 'open' ? { kind: 'wave', text: '等调度' } : { kind: 'wave', text: waveRest(end.at, now), endsAt: end.at }
}

function written({ kind, text }: Label, tail: Tail | undefined, { x, y }: Point): SVGTextElement {
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
