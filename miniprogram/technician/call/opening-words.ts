/** A line of the opening words in pieces; what stands between 【 and 】 is stressed. */
export interface WordPiece {
  /** Unique in its line. */
  at: number
  text: string
  strong: boolean
}

/** One breath a line. Unpaired brackets are left as they are. */
export function wordPieces(line: string): WordPiece[] {
  const pieces: WordPiece[] = []
  let at = 0
  for (const found of line.matchAll(/【([^【】]*)】/gu)) {
    if (found.index > at) pieces.push({ at, text: line.slice(at, found.index), strong: false })
    if (found[1]) pieces.push({ at: found.index, text: found[1], strong: true })
    at = found.index + found[0].length
  }
  if (at < line.length) pieces.push({ at, text: line.slice(at), strong: false })
  return pieces
}

/** A line of the words with its place, since two lines may read the same. */
export interface WordLine {
  no: number
  pieces: WordPiece[]
}

export function wordLines(lines: string[]): WordLine[] {
  return lines.map((line, no) => ({ no, pieces: wordPieces(line) }))
}

/** Only what must not be got wrong, a line each: for those who know the words by heart. */
export function mainPoints(lines: string[]): string[] {
  return lines
    .map((line) =>
      wordPieces(line)
        .filter(({ strong }) => strong)
        .map(({ text }) => text)
        .join(' · '),
    )
    .filter((line) => line !== '')
}
