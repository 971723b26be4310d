/** Where labels go so that none lies on another, or on a mark. */
import type { Point } from './projection'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface LabelWish {
  key: string
  width: number
  height: number
  /** Where its middle may be, best first. */
  places: readonly Point[]
  /** Left out where it would cover more than a little. */
  optional?: boolean
}

export interface PlacedLabel extends Point {
  key: string
}

const GAP = 3
/** Share of an optional label that may be covered. */
const BEARABLE = 0.12

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

/** Beside a line between two points: at its middle, then nearer to one end. */
export function alongLine(from: Point, to: Point, height: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const across = { x: (-(to.y - from.y) / length) * height, y: ((to.x - from.x) / length) * height }
  return [0.5, 0.62, 0.38, 0.74].flatMap((share) =>
    [1, -1, 1.6, -1.6].map((aside) => ({
      x: from.x + (to.x - from.x) * share + across.x * aside,
      y: from.y + (to.y - from.y) * share + across.y * aside,
    })),
  )
}

/** Places labels in the order of the wishes, each where it covers least of `marks`, of the labels before it and of what lies outside of `frame`. */
export function placeLabels(wishes: readonly LabelWish[], marks: readonly Box[], frame: Box): PlacedLabel[] {
  const taken = [...marks]
  return wishes.flatMap(({ key, width, height, places, optional = false }) => {
    const rated = places.map((point) => {
      const box = boxAround(point, width, height)
      const outside = width * height - overlap(box, frame)
      return { point, box, cost: taken.reduce((sum, other) => sum + overlap(box, other), 2 * outside) }
    })
    const [first, ...others] = rated
    if (!first) return []
    const best = others.reduce((least, one) => (one.cost < least.cost - 0.5 ? one : least), first)
    if (optional && best.cost > BEARABLE * width * height) return []
    taken.push(best.box)
    return [{ key, ...best.point }]
  })
}
