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
  /** The mark that it belongs to. */
  at: Point
  /** Half the mark's width and height, px. */
  mark: number
  width: number
  height: number
}

export interface PlacedLabel {
  key: string
  /** Middle of the text's box. */
  x: number
  y: number
}

const GAP = 3
const overlap = (a: Box, b: Box): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

const candidates = ({ at, mark, width, height }: LabelWish): Point[] => [
  { x: at.x, y: at.y - mark - GAP - height / 2 },
  { x: at.x, y: at.y + mark + GAP + height / 2 },
  { x: at.x + mark + GAP + width / 2, y: at.y },
  { x: at.x - mark - GAP - width / 2, y: at.y },
]

const boxAround = ({ x, y }: Point, width: number, height: number): Box => ({ x: x - width / 2, y: y - height / 2, width, height })

/** Places labels in the order of the wishes: above the mark if that is free, else below, right or left; else where it covers least. */
export function placeLabels(wishes: readonly LabelWish[], frame: Box): PlacedLabel[] {
  const taken: Box[] = wishes.map(({ at, mark }) => boxAround(at, 2 * mark, 2 * mark))
  return wishes.map((wish) => {
    const rated = candidates(wish).map((point) => {
      const box = boxAround(point, wish.width, wish.height)
      const outside = wish.width * wish.height - overlap(box, frame)
      return { point, box, cost: taken.reduce((sum, other) => sum + overlap(box, other), 2 * outside) }
    })
    const best = rated.reduce((least, one) => (one.cost < least.cost - 0.5 ? one : least))
    taken.push(best.box)
    return { key: wish.key, ...best.point }
  })
}
