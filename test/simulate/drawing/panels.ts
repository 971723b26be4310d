/** Panels of the sheet: columns over an axis, bars by name. */
import { type Bins, stepFor } from './bins'
import { COLOURS, line, path, rect, text } from './svg'

export interface Frame {
  x: number
  y: number
  width: number
  height: number
}

export interface Mark {
  at: number
  words: string
  colour: string
  /** On which side of it the words stand. */
  side: 'left' | 'right'
}

export interface ColumnPanel {
  title: string
  /** What the horizontal axis counts, with its unit. */
  axis: string
  bins: Bins
  /** Labels of the axis at these values. */
  ticks: readonly { at: number; words: string }[]
  marks?: readonly Mark[]
  /** Columns from this value on are drawn as bad, those before as good. */
  badFrom?: number
  /** A second count, drawn as a line over the columns. */
  over?: { words: string; counts: readonly number[] }
  /** What the columns count. */
  counted: string
}

const TITLE = 26
const FOOT = 40
const LEFT = 46

export function columns(frame: Frame, { title, axis, bins, ticks, marks = [], badFrom = Infinity, over, counted }: ColumnPanel): string[] {
  const left = frame.x + LEFT
  const top = frame.y + TITLE + 38
  const width = frame.width - LEFT - 12
  const bottom = frame.y + frame.height - FOOT
  const most = Math.max(1, ...bins.counts, ...(over?.counts ?? []))
  const step = stepFor(most, 4)
  const highest = Math.ceil(most / step) * step
  const yOf = (count: number): number => bottom - ((bottom - top) * count) / highest
  const xOf = (value: number): number => left + (width * (value - bins.from)) / (bins.width * bins.counts.length)
  const parts = [text(frame.x, frame.y + 16, title, { size: 15, bold: true }), text(frame.x, frame.y + 34, counted, { size: 11, colour: COLOURS.soft })]
  for (let count = 0; count <= highest; count += step) {
    parts.push(line(left, yOf(count), left + width, yOf(count), COLOURS.grid), text(left - 6, yOf(count) + 4, String(count), { size: 11, colour: COLOURS.soft, anchor: 'end' }))
  }
  bins.counts.forEach((count, index) => {
    const value = bins.from + index * bins.width
    parts.push(rect(xOf(value) + 0.5, yOf(count), width / bins.counts.length - 1, bottom - yOf(count), value >= badFrom ? COLOURS.bad : over ? COLOURS.pale : COLOURS.bar))
  })
  if (over) {
    parts.push(path(over.counts.map((count, index) => [xOf(bins.from + (index + 0.5) * bins.width), yOf(count)]), COLOURS.bar))
    parts.push(text(left + width, frame.y + 34, over.words, { size: 11, colour: COLOURS.bar, anchor: 'end' }))
  }
  for (const { at, words } of ticks) parts.push(line(xOf(at), bottom, xOf(at), bottom + 4, COLOURS.soft), text(xOf(at), bottom + 17, words, { size: 11, colour: COLOURS.soft, anchor: 'middle' }))
  for (const { at, words, colour, side } of marks) {
    const isLeft = side === 'left'
    parts.push(line(xOf(at), top - 16, xOf(at), bottom, colour, true), text(xOf(at) + (isLeft ? -4 : 4), top - 8, words, { size: 11, colour, anchor: isLeft ? 'end' : 'start' }))
  }
  parts.push(line(left, bottom, left + width, bottom, COLOURS.soft), text(left + width, bottom + 33, axis, { size: 11, colour: COLOURS.soft, anchor: 'end' }))
  return parts
}

export interface BarPanel {
  title: string
  counted: string
  rows: readonly { words: string; count: number; colour?: string }[]
}

const ROW = 22
const NAMES = 176

export function bars(frame: Frame, { title, counted, rows }: BarPanel): string[] {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const parts = [text(frame.x, frame.y + 16, title, { size: 15, bold: true }), text(frame.x, frame.y + 34, counted, { size: 11, colour: COLOURS.soft })]
  rows.forEach(({ words, count, colour = COLOURS.bar }, index) => {
    const y = frame.y + TITLE + 20 + index * ROW
    const width = ((frame.width - NAMES - 56) * count) / most
    parts.push(text(frame.x + NAMES - 8, y + 12, words, { anchor: 'end' }), rect(frame.x + NAMES, y, Math.max(count > 0 ? 1 : 0, width), 15, colour))
    parts.push(text(frame.x + NAMES + width + 6, y + 12, String(count), { colour: COLOURS.soft }))
  })
  return parts
}

export const barsHeight = (rows: number): number => TITLE + 20 + rows * ROW + 16
