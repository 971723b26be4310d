import type { CardPicture } from './card-picture'
import { COLOURS } from './card-picture'

/** The part of a 2d canvas context that drawing the card needs. */
export interface Context {
  fillStyle: unknown
  strokeStyle: unknown
  lineWidth: number
  lineCap: string
  lineJoin: string
  font: string
  textAlign: string
  textBaseline: string
  save(): void
  restore(): void
  translate(x: number, y: number): void
  rotate(angle: number): void
  fillRect(x: number, y: number, width: number, height: number): void
  strokeRect(x: number, y: number, width: number, height: number): void
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  arc(x: number, y: number, radius: number, start: number, end: number): void
  fill(): void
  stroke(): void
  setLineDash(dash: number[]): void
  fillText(text: string, x: number, y: number): void
  measureText(text: string): { width: number }
  drawImage(image: unknown, x: number, y: number, width: number, height: number): void
}

/** Draws the laid-out card. `signature` is the technician's, as a loaded canvas image; without it (link expired) the name stands there. */
export function drawCard(
  context: Context,
  picture: CardPicture,
  signature: { width: number; height: number } | null,
  technician: string,
): void {
  context.textBaseline = 'alphabetic'
  context.fillStyle = COLOURS.paper
  context.fillRect(0, 0, picture.width, picture.height)
  for (const piece of picture.pieces) {
    switch (piece.kind) {
      case 'box':
        context.fillStyle = piece.fill
        context.fillRect(piece.x, piece.y, piece.width, piece.height)
        break
      case 'text':
        context.fillStyle = piece.fill
        context.font = piece.font
        context.textAlign = piece.align
        context.fillText(piece.text, piece.x, piece.y)
        break
      case 'line':
        drawLine(context, piece.x, piece.y, piece.width, piece.stroke, piece.dashed)
        break
      case 'frame':
        context.strokeStyle = piece.stroke
        context.lineWidth = 1
        context.strokeRect(piece.x, piece.y, piece.width, piece.height)
        break
      case 'modules':
        drawModules(context, piece.x, piece.y, piece.size, piece.rows)
        break
      case 'signature':
        drawSignature(context, piece, signature, technician)
        break
      case 'seal':
        drawSeal(context, piece.x, piece.y, piece.size)
        break
      case 'mark':
        drawMark(context, piece.x, piece.y, piece.size)
        break
    }
  }
}

function drawLine(context: Context, x: number, y: number, width: number, stroke: string, dashed: boolean): void {
  context.save()
  context.strokeStyle = stroke
  context.lineWidth = dashed ? 2 : 1
  if (dashed) context.setLineDash([2, 3])
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(x + width, y)
  context.stroke()
  context.restore()
}

function drawModules(context: Context, x: number, y: number, size: number, rows: boolean[][]): void {
  const cell = size / rows.length
  context.fillStyle = '#ffffff'
  context.fillRect(x - 5, y - 5, size + 10, size + 10)
  context.fillStyle = COLOURS.ink
  rows.forEach((row, down) =>
    row.forEach((dark, across) => {
      // A hair larger than the cell, so that no seams show between neighbours.
      if (dark) context.fillRect(x + across * cell, y + down * cell, cell + 0.2, cell + 0.2)
    }),
  )
}

function drawSignature(
  context: Context,
  box: { x: number; y: number; width: number; height: number },
  signature: { width: number; height: number } | null,
  technician: string,
): void {
  if (!signature || signature.width === 0) {
    context.fillStyle = COLOURS.ink
    context.font = '600 15px sans-serif'
    context.textAlign = 'left'
    context.fillText(`${technician} 已签`, box.x + 4, box.y + 20)
    return
  }
  const share = Math.min(box.width / signature.width, box.height / signature.height)
  context.drawImage(signature, box.x, box.y, signature.width * share, signature.height * share)
}

/** Two rings and four signs, read from the top right as seals are; a mark of the house, not the legal seal. */
function drawSeal(context: Context, x: number, y: number, size: number): void {
  context.save()
  context.translate(x + size / 2, y + size / 2)
  context.rotate(-0.1)
  context.strokeStyle = COLOURS.red
  context.lineWidth = 2.5
  context.strokeRect(-size / 2, -size / 2, size, size)
  context.lineWidth = 1
  context.strokeRect(-size / 2 + 4, -size / 2 + 4, size - 8, size - 8)
  context.fillStyle = COLOURS.red
  context.font = `600 ${size * 0.34}px "PingFang SC", "Noto Sans SC", "Noto Sans SC Variable", sans-serif`
  context.textAlign = 'center'
  const step = size * 0.185
  context.fillText('师', step, -size * 0.06)
  context.fillText('服', step, size * 0.3)
  context.fillText('到', -step, -size * 0.06)
  context.fillText('印', -step, size * 0.3)
  context.restore()
}

/** The roof and the keyhole. */
function drawMark(context: Context, x: number, y: number, size: number): void {
  const unit = size / 24
  context.save()
  context.translate(x, y)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, size, size)
  context.strokeStyle = COLOURS.enamel
  context.lineWidth = 2.4 * unit
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  context.moveTo(5 * unit, 11 * unit)
  context.lineTo(12 * unit, 5.5 * unit)
  context.lineTo(19 * unit, 11 * unit)
  context.stroke()
  context.fillStyle = COLOURS.brass
  context.beginPath()
  context.arc(12 * unit, 13.6 * unit, 2.3 * unit, 0, Math.PI * 2)
  context.fill()
  context.fillRect(11 * unit, 14.5 * unit, 2 * unit, 5 * unit)
  context.restore()
}
