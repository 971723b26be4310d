/** Colours for JSON, also while it is half written: what cannot be read stays plain. */

export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'sign' | 'plain'

export interface Token {
  kind: TokenKind
  text: string
}

const PATTERN =
  /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b|([{}[\],:])|([^"{}[\],:\s\d-]+|\s+|-)/g

/** Cuts text into tokens; joined, they are the text again. */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  for (const [whole, quoted, colon, number, word, sign] of text.matchAll(PATTERN)) {
    if (quoted !== undefined) {
      found.push({ kind: colon === undefined ? 'string' : 'key', text: quoted })
      if (colon !== undefined) found.push({ kind: 'sign', text: colon })
    } else if (number !== undefined) found.push({ kind: 'number', text: number })
    else if (word !== undefined) found.push({ kind: 'word', text: word })
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign })
    else found.push({ kind: 'plain', text: whole })
  }
  return found
}

/** Coloured text as elements. */
export const highlighted = (text: string): (HTMLElement | string)[] =>
  tokens(text).map(({ kind, text: part }) => {
    if (kind === 'plain') return part
    const span = document.createElement('span')
    span.className = `json-${kind}`
    span.textContent = part
    return span
  })
