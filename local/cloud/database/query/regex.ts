import { requestFailed } from '../cloud-error'
import type { BSONRegExp } from '../values/value'

const POSIX: Record<string, string> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9a-fA-F',
  word: '\\w',
}

const compiled = new Map<string, RegExp>()

/**
 * A BSON regular expression as JavaScript runs it: PCRE's spellings that JavaScript lacks are translated (`(?i)` in front, `\A \z \Z`,
 * `(?P<name>`, `[[:alpha:]]`, the `x` option).
 * @throws CloudError DATABASE_REQUEST_FAILED when the pattern is no regular expression
 */
export function toRegExp(regex: BSONRegExp): RegExp {
  const key = `${regex.options}/${regex.pattern}`
  const known = compiled.get(key)
  if (known) return known
  const made = build(regex)
  if (compiled.size < 1000) compiled.set(key, made)
  return made
}

function build(regex: BSONRegExp): RegExp {
  let { pattern } = regex
  const letters = new Set(regex.options)
  for (let inline = /^\(\?([imsx]+)\)/.exec(pattern); inline; inline = /^\(\?([imsx]+)\)/.exec(pattern)) {
    for (const letter of inline[1] ?? '') letters.add(letter)
    pattern = pattern.slice(inline[0].length)
  }
  if (letters.has('x')) pattern = withoutFreeSpace(pattern)
  const source = translated(pattern)
  const flags = [...'ims'].filter((letter) => letters.has(letter)).join('')
  try {
    // With `u` characters beyond the basic plane are one character, as in PCRE; its stricter escapes are no reason to refuse.
    return tryRegExp(source, flags + 'u') ?? new RegExp(source, flags)
  } catch (error) {
    throw requestFailed(`Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function tryRegExp(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}

const translated = (pattern: string): string =>
  pattern
    .replace(/\[:(\^?)(\w+):\]/g, (whole, negated: string, name: string) => (negated ? whole : (POSIX[name] ?? whole)))
    .replace(/\\([AzZ])/g, (_whole, letter: string) =>
      letter === 'A' ? '(?<![\\s\\S])' : letter === 'z' ? '(?![\\s\\S])' : '(?=\\n?(?![\\s\\S]))',
    )
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')

/** The `x` option: blanks and `#` comments outside of classes and escapes do not count. */
function withoutFreeSpace(pattern: string): string {
  let out = ''
  let inClass = false
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i)
    if (c === '\\') out += c + pattern.charAt(++i)
    else if (inClass || !/[\s#[]/.test(c)) {
      if (c === ']') inClass = false
      out += c
    } else if (c === '[') {
      inClass = true
      out += c
    } else if (c === '#') while (i + 1 < pattern.length && pattern.charAt(i) !== '\n') i++
  }
  return out
}

/** The literal that every match begins with (`^abc` → `abc`), or `undefined`: lets an index serve the search. */
export function literalPrefix(regex: BSONRegExp): string | undefined {
  if (regex.options !== '') return undefined
  const match = /^\^((?:[^\\^$.|?*+()[\]{}]|\\[^a-zA-Z0-9])+)/.exec(regex.pattern)
  if (!match || regex.pattern.includes('|')) return undefined
  const rest = regex.pattern.slice(match[0].length)
  let prefix = (match[1] ?? '').replace(/\\(.)/g, '$1')
  if (/^[?*{]/.test(rest)) prefix = prefix.slice(0, -1)
  return prefix === '' ? undefined : prefix
}
