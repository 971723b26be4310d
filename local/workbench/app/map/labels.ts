/** Where labels go so that none lies on another, or on a mark. */
import type { Point } from './projection'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** One way to write a label. */
export interface LabelForm {
  width: number
  height: number
  /** Where its middle may be, best first. */
  places: readonly Point[]
}

export interface LabelWish {
  key: string
  /** In full, then shorter. */
  forms: readonly LabelForm[]
  /** Never left out: where there is no room, it covers least. */
  must?: boolean
}

export interface PlacedLabel extends Point {
  key: string
  /** Which of its forms, counted from 0. */
  form: number
}

const GAP = 3
/** Share of a label that may be covered: the corner of a round mark. */
const BEARABLE = 0.02

const overlap = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

export const boxAround = ({ x, y }: Point, width: number, height: number): Box => ({ x: x - width / 2, y: y - height / 2, width, height })

/** Above a mark of half-size `mark`, below, right, left, then at its corners. */
export function aroundMark({ x, y }: Point, mark: number, width: number, height: number): Point[] {
  const up = y - mark - GAP - height / 2
  const down = y + mark + GAP + height / 2
  const right = x + mark + GAP + width / 2
  const left = x - mark - GAP - width / 2
  return [
    { x, y: up },
    { x, y: down },
    { x: right, y },
    { x: left, y },
    { x: right - mark, y: up + GAP },
    { x: left + mark, y: up + GAP },
    { x: right - mark, y: down - GAP },
    { x: left + mark, y: down - GAP },
  ]
}

/** Beside a line between two points, close to it: at its middle, then nearer to one end, then further off. */
export function alongLine(from: Point, to: Point, width: number, height: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const across = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length }
  const reach = (Math.abs(across.x) * width + Math.abs(across.y) * height) / 2 + GAP
  return [1, 1.7].flatMap((off) =>
    [0.5, 0.62, 0.38, 0.74, 0.26].flatMap((share) =>
      [off, -off].map((aside) => ({
        x: from.x + (to.x - from.x) * share + across.x * aside * reach,
        y: from.y + (to.y - from.y) * share + across.y * aside * reach,
      })),
    ),
  )
}

/** Places labels in the order of the wishes, each where it covers nothing: neither `marks`, nor the labels before it, nor what lies outside of `frame`. What has no room in any form is left out. */
export function placeLabels(wishes: readonly LabelWish[], marks: readonly Box[], frame: Box): PlacedLabel[] {
  const taken = [...marks]
  return wishes.flatMap(({ key, forms, must = false }) => {
    const rated = forms.flatMap(({ width, height, places }, form) =>
      places.map((point) => {
        const box = boxAround(point, width, height)
        const outside = width * height - overlap(box, frame)
        return { point, box, form, covered: taken.reduce((sum, other) => sum + overlap(box, other), 2 * outside) / (width * height) }
      }),
    )
    const [first, ...others] = rated
    if (!first) return []
    const best = rated.find(({ covered }) => covered <= BEARABLE) ?? (must ? others.reduce((least, one) => (one.covered < least.covered ? one : least), first) : null)
    if (!best) return []
    taken.push(best.box)
    return [{ key, form: best.form, ...best.point }]
  })
}
