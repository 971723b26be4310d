/** Where JSON stops being JSON. Browsers say it in different words, and some not at all. */

const SPACE = /[ \t\n\r]*/y
/** Letters from the space on, without quotes and backslashes, which need one before them. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

class Fault {
  constructor(readonly offset: number) {}
}

/** The end of a match at `offset`. @throws Fault when there is none */
const after = (pattern: RegExp, text: string, offset: number): number => {
  pattern.lastIndex = offset
  if (!pattern.test(text)) throw new Fault(offset)
  return pattern.lastIndex
}

const skip = (text: string, offset: number): number => after(SPACE, text, offset)

function list(text: string, offset: number, end: string, element: (offset: number) => number): number {
  let at = skip(text, offset + 1)
  if (text[at] === end) return at + 1
  for (;;) {
    at = skip(text, element(at))
    if (text[at] === end) return at + 1
    if (text[at] !== ',') throw new Fault(at)
    at = skip(text, at + 1)
  }
}

function value(text: string, offset: number): number {
  if (text[offset] === '"') return after(STRING, text, offset)
  if (text[offset] === '[') return list(text, offset, ']', (at) => value(text, at))
  if (text[offset] !== '{') return after(SCALAR, text, offset)
  return list(text, offset, '}', (at) => {
    const colon = skip(text, after(STRING, text, at))
    if (text[colon] !== ':') throw new Fault(colon)
    return value(text, skip(text, colon + 1))
  })
}

/** Offset of the first letter that does not fit, which may be the end of the text; null when all of it is JSON. */
export function jsonFault(text: string): number | null {
  try {
    const end = skip(text, value(text, skip(text, 0)))
    return end === text.length ? null : end
  } catch (error) {
    if (error instanceof Fault) return error.offset
    throw error
  }
}
