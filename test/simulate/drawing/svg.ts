/** The little of SVG that the day is drawn with. */

export const COLOURS = { ink: '#1f2a30', soft: '#66757d', grid: '#e3e8ea', bar: '#2f7d78', pale: '#9cc9c4', warn: '#d9822b', bad: '#c8352b', paper: '#ffffff' } as const

const number = (value: number): string => String(Math.round(value * 10) / 10)
const escaped = (text: string): string => text.replace(/[&<>]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[letter] ?? letter)

export interface TextStyle {
  size?: number
  colour?: string
  anchor?: 'start' | 'middle' | 'end'
  bold?: boolean
}

export const text = (x: number, y: number, words: string, { size = 12, colour = COLOURS.ink, anchor = 'start', bold = false }: TextStyle = {}): string =>
  `<text x="${number(x)}" y="${number(y)}" font-size="${size}" fill="${colour}" text-anchor="${anchor}"${bold ? ' font-weight="600"' : ''}>${escaped(words)}</text>`

export const rect = (x: number, y: number, width: number, height: number, colour: string): string =>
  `<rect x="${number(x)}" y="${number(y)}" width="${number(Math.max(0, width))}" height="${number(Math.max(0, height))}" fill="${colour}"/>`

export const line = (x1: number, y1: number, x2: number, y2: number, colour: string, dashed = false): string =>
  `<line x1="${number(x1)}" y1="${number(y1)}" x2="${number(x2)}" y2="${number(y2)}" stroke="${colour}"${dashed ? ' stroke-dasharray="4 3"' : ''}/>`

export const path = (points: readonly (readonly [number, number])[], colour: string): string =>
  `<polyline points="${points.map(([x, y]) => `${number(x)},${number(y)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`

export const sheet = (width: number, height: number, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="'Noto Sans SC Variable','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif">`,
    rect(0, 0, width, height, COLOURS.paper),
    ...parts,
    '</svg>',
    '',
  ].join('\n')
