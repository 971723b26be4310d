import type { CardWords } from './card-words'

/** The card as a picture to keep and send: laid out here in CSS px, so that the layout can be tested without a canvas. */
export type Piece =
  | { kind: 'box'; x: number; y: number; width: number; height: number; fill: string }
  | { kind: 'text'; x: number; y: number; text: string; font: string; fill: string; align: 'left' | 'right' }
  | { kind: 'line'; x: number; y: number; width: number; stroke: string; dashed: boolean }
  | { kind: 'frame'; x: number; y: number; width: number; height: number; stroke: string }
  | { kind: 'modules'; x: number; y: number; size: number; rows: boolean[][] }
  | { kind: 'signature'; x: number; y: number; width: number; height: number }
  | { kind: 'seal'; x: number; y: number; size: number }
  | { kind: 'mark'; x: number; y: number; size: number }

export interface CardPicture {
  width: number
  height: number
  pieces: Piece[]
}

export const COLOURS = {
  ink: '#15262a',
  second: '#4b5d61',
  enamel: '#0b5562',
  onEnamel: '#ffffff',
  onEnamel2: '#e2eeef',
  done: '#256b3d',
  red: '#b52b22',
  paper: '#fffef9',
  foot: '#f6f0e0',
  line: '#dcd3ba',
  brass: '#c4842d',
}

const WIDTH = 360
const SIDE = 18
const LABEL_WIDTH = 76
const font = (size: number, weight: 400 | 600 = 400): string =>
  `${weight} ${size}px "PingFang SC", "Noto Sans SC", "Noto Sans SC Variable", sans-serif`

/** Lays the card out. `measure` gives the width in px of a text in a CSS font, as a canvas does. */
export function layOut(words: CardWords, modules: boolean[][], measure: (text: string, font: string) => number): CardPicture {
  const pieces: Piece[] = []
  const text = (x: number, y: number, value: string, style: string, fill = COLOURS.ink, align: 'left' | 'right' = 'left') =>
    pieces.push({ kind: 'text', x, y, text: value, font: style, fill, align })
  const right = WIDTH - SIDE

  pieces.push({ kind: 'box', x: 0, y: 0, width: WIDTH, height: 76, fill: COLOURS.enamel })
  pieces.push({ kind: 'frame', x: 5, y: 5, width: WIDTH - 10, height: 66, stroke: 'rgba(255,255,255,0.42)' })
  pieces.push({ kind: 'mark', x: SIDE, y: 21, size: 34 })
  text(SIDE + 46, 35, '服务专用保修卡', font(17, 600), COLOURS.onEnamel)
  text(SIDE + 46, 57, `师服到 · No. ${words.number}`, font(13), COLOURS.onEnamel2)

  text(SIDE, 104, words.over || '保修到', font(15), words.over ? COLOURS.red : COLOURS.second)
  text(SIDE, 136, words.until, font(27, 600))
  text(right, 112, words.months, font(15, 600), COLOURS.done, 'right')
  text(right, 134, words.since, font(13), COLOURS.done, 'right')
  pieces.push({ kind: 'line', x: SIDE, y: 156, width: WIDTH - 2 * SIDE, stroke: COLOURS.line, dashed: true })

  let y = 186
  for (const row of words.rows) {
    const style = font(15, row.strong ? 600 : 400)
    const amountWidth = row.amount ? measure(row.amount, font(15)) + 12 : 0
    const lines = wrap(row.text, WIDTH - 2 * SIDE - LABEL_WIDTH - amountWidth, (value) => measure(value, style))
    const labels = wrap(row.label, LABEL_WIDTH - 8, (value) => measure(value, font(15)))
    labels.forEach((line, at) => text(SIDE, y + at * 22, line, font(15), COLOURS.second))
    lines.forEach((line, at) => text(SIDE + LABEL_WIDTH, y + at * 22, line, style))
    if (row.amount) text(right, y, row.amount, font(15), COLOURS.ink, 'right')
    y += Math.max(lines.length, labels.length, 1) * 22 + 7
  }

  y -= 8
  pieces.push({ kind: 'line', x: SIDE, y, width: WIDTH - 2 * SIDE, stroke: COLOURS.line, dashed: false })
  text(SIDE, y + 24, '业主', font(13), COLOURS.second)
  text(SIDE, y + 50, words.homeowner, font(15, 600))
  text(SIDE + 96, y + 24, words.technicianLabel, font(13), COLOURS.second)
  if (words.technicianSigned) pieces.push({ kind: 'signature', x: SIDE + 92, y: y + 30, width: 110, height: 42 })
  else text(SIDE + 96, y + 50, words.technician, font(15, 600))
  if (words.sealed) pieces.push({ kind: 'seal', x: right - 66, y: y + 8, size: 64 })

  y += 86
  pieces.push({ kind: 'box', x: 0, y, width: WIDTH, height: 94, fill: COLOURS.foot })
  pieces.push({ kind: 'modules', x: SIDE, y: y + 13, size: 68, rows: modules })
  text(SIDE + 84, y + 32, '扫码验真伪', font(15, 600))
  text(SIDE + 84, y + 54, `验证码 ${words.code}`, font(13), COLOURS.second)
  text(SIDE + 84, y + 75, words.hotline, font(13), COLOURS.second)
  return { width: WIDTH, height: y + 94, pieces }
}

/** Breaks a text into lines no wider than `width`: Chinese breaks anywhere, a word of letters and digits stays whole where it fits. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.match(/[A-Za-z0-9.×¥,]+|\s+|[^\s]/gu) ?? []) {
    const pieces = measure(word) > width ? [...word] : [word]
    for (const piece of pieces) {
      if (line !== '' && measure(line + piece) > width && !CLOSING.test(piece)) {
        lines.push(line.trimEnd())
        line = piece.trimStart()
      } else line += piece
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/** Marks that may not begin a line. */
const CLOSING = /^[，。、；：！？）》”’]$/u
