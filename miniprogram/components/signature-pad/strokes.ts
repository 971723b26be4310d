/** A signature as it is written: strokes of points in CSS px, from the pad's top left. */
export interface Point {
  x: number
  y: number
}
export type Stroke = Point[]

/** Shorter than this in all, or smaller in both directions, is a slip of the thumb and no name. */
const LEAST_LENGTH = 90
const LEAST_EXTENT = 36

export function strokesLength(strokes: Stroke[]): number {
  let length = 0
  for (const stroke of strokes) {
    for (const [at, point] of stroke.entries()) {
      const before = stroke[at - 1]
      if (before) length += Math.hypot(point.x - before.x, point.y - before.y)
    }
  }
  return length
}

/** Why these strokes are no signature, as a sentence; null when they are one. */
export function refusalOf(strokes: Stroke[]): string | null {
  const points = strokes.flat()
  if (points.length === 0) return '还没有签名，请在框里写上名字'
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
  return extent < LEAST_EXTENT || strokesLength(strokes) < LEAST_LENGTH ? '签得太小了，请写上完整的名字' : null
}

/** Larger than this a small signature looks like a felt pen. */
const LARGEST_SCALE = 2.5
const MARGIN = 8

/** The same strokes moved to the left and scaled to fill a box of `width` × `height` px: however small one signs, the card shows it well. */
export function fitted(strokes: Stroke[], width: number, height: number): Stroke[] {
  const points = strokes.flat()
  if (points.length === 0) return []
  const left = Math.min(...points.map(({ x }) => x))
  const top = Math.min(...points.map(({ y }) => y))
  const inkWidth = Math.max(1, Math.max(...points.map(({ x }) => x)) - left)
  const inkHeight = Math.max(1, Math.max(...points.map(({ y }) => y)) - top)
  const scale = Math.min(LARGEST_SCALE, (width - 2 * MARGIN) / inkWidth, (height - 2 * MARGIN) / inkHeight)
  const down = (height - inkHeight * scale) / 2
  return strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: MARGIN + (x - left) * scale, y: down + (y - top) * scale })))
}

/** The part of a 2d context that the pen needs. */
export interface Pen {
  lineWidth: number
  lineCap: string
  lineJoin: string
  strokeStyle: unknown
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  quadraticCurveTo(cpx: number, cpy: number, x: number, y: number): void
  stroke(): void
}

const INK = '#15262a'
const PEN_WIDTH = 3.5

export function prepare(pen: Pen): void {
  pen.lineWidth = PEN_WIDTH
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.strokeStyle = INK
}

/** Draws the newest piece of a stroke, bent through the middle of its last points so that it does not look chiselled. */
export function drawNewest(pen: Pen, stroke: Stroke): void {
  const last = stroke[stroke.length - 1]
  if (!last) return
  const before = stroke[stroke.length - 2]
  const earlier = stroke[stroke.length - 3]
  pen.beginPath()
  if (!before) {
    pen.moveTo(last.x, last.y)
    pen.lineTo(last.x + 0.1, last.y)
  } else if (!earlier) {
    pen.moveTo(before.x, before.y)
    pen.lineTo((before.x + last.x) / 2, (before.y + last.y) / 2)
  } else {
    pen.moveTo((earlier.x + before.x) / 2, (earlier.y + before.y) / 2)
    pen.quadraticCurveTo(before.x, before.y, (before.x + last.x) / 2, (before.y + last.y) / 2)
  }
  pen.stroke()
}

export function drawAll(pen: Pen, strokes: Stroke[]): void {
  for (const stroke of strokes)
    for (let length = 1; length <= stroke.length; length += 1) drawNewest(pen, stroke.slice(Math.max(0, length - 3), length))
}
