import { requestFailed } from '../cloud-error'
import { toRegExp } from '../query/regex'
import { compareStrings } from '../values/compare'
import { isNumeric, toDouble, wholeNumber } from '../values/numbers'
import { BSONRegExp, typeName, type Doc, type Maybe, type Value } from '../values/value'
import { isoText } from './calendar'
import { named, nary, needText, nullable, unary, type Operators } from './operator'
import { isNullish } from './truth'

/** Strings, numbers and dates as text; null and missing as ''. */
function asText(name: string, value: Maybe): string {
  if (isNullish(value)) return ''
  if (typeof value === 'string') return value
  if (isNumeric(value)) return numberText(value)
  if (value instanceof Date) return isoText(value)
  throw requestFailed(`${name} can't convert from BSON type ${typeName(value)} to String`)
}

export const numberText = (value: Value): string =>
  isNumeric(value) && typeof value !== 'number' && typeName(value) !== 'double'
    ? value.toString()
    : isNumeric(value)
      ? String(toDouble(value))
      : ''

function indexBounds(name: string, values: Maybe[], length: number): [number, number] | undefined {
  const [start, end] = values.map((value, i) => {
    if (isNullish(value)) return i === 0 ? 0 : length
    const n = wholeNumber(value)
    if (n === undefined || n < 0) throw requestFailed(`${name} requires a non-negative integral starting or ending index`)
    return n
  })
  const [from, to] = [start ?? 0, Math.min(end ?? length, length)]
  return from > to ? undefined : [from, to]
}

const indexOf = (name: string, units: (text: string) => Buffer | string[]) =>
  nary(name, 2, 4, ([text, search, start, end]) => {
    if (isNullish(text)) return null
    const haystack = units(needText(name, text))
    const needle = units(needText(name, search))
    const bounds = indexBounds(name, [start, end], haystack.length)
    if (!bounds) return -1
    for (let i = bounds[0]; i + needle.length <= bounds[1]; i++)
      if (needle.every((unit: string | number, j: number) => haystack[i + j] === unit)) return i
    return -1
  })

const bytesOf = (text: string): Buffer => Buffer.from(text)
const pointsOf = (text: string): string[] => [...text]

function substringArgs(name: string, start: Maybe, length: Maybe): [number, number] {
  const [from, count] = [start, length].map((value) => (isNumeric(value) ? Math.trunc(toDouble(value)) : undefined))
  if (from === undefined || count === undefined) throw requestFailed(`${name}: starting index and length must be numbers`)
  return [from, count]
}

function substrBytes(name: string, [text, start, length]: Maybe[]): Maybe {
  const bytes = bytesOf(asText(name, text))
  const [from, count] = substringArgs(name, start, length)
  if (from < 0) return ''
  const to = count < 0 ? bytes.length : Math.min(from + count, bytes.length)
  const splits = (at: number): boolean => at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80
  if (from < bytes.length && splits(from)) throw requestFailed(`${name}: Invalid range, starting index is a UTF-8 continuation byte`)
  if (splits(to)) throw requestFailed(`${name}: Invalid range, ending index is in the middle of a UTF-8 character`)
  return bytes.subarray(from, to).toString()
}

const isBlank = (c: string): boolean => c === '\u0000' || /\s/u.test(c)

const trim = (name: string, left: boolean, right: boolean) =>
  named(name, ['input'], ['chars'], ({ input, chars }) => {
    if (isNullish(input) || chars === null) return null
    const set = chars === undefined ? undefined : new Set(needText(name, chars))
    const cut = (c: string): boolean => (set ? set.has(c) : isBlank(c))
    const points = pointsOf(needText(name, input))
    let [from, to] = [0, points.length]
    while (left && from < to && cut(points[from] as string)) from++
    while (right && to > from && cut(points[to - 1] as string)) to--
    return points.slice(from, to).join('')
  })

const replace = (name: string, every: boolean) =>
  named(name, ['input', 'find', 'replacement'], [], ({ input, find, replacement }) => {
    if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null
    const [text, search, by] = [needText(name, input), needText(name, find), needText(name, replacement)]
    return every ? text.split(search).join(by) : text.replace(search, () => by)
  })

function regexArg(name: string, regex: Value, options: Maybe): RegExp {
  if (regex instanceof BSONRegExp) return toRegExp(new BSONRegExp(regex.pattern, typeof options === 'string' ? options : regex.options))
  return toRegExp(new BSONRegExp(needText(name, regex), typeof options === 'string' ? options : ''))
}

/** Each match with its code point index and captures, as `$regexFind` reports them. */
function matches(text: string, search: RegExp): Doc[] {
  const global = new RegExp(search.source, search.flags + 'g')
  return [...text.matchAll(global)].map((m) => ({
    match: m[0],
    idx: pointsOf(text.slice(0, m.index)).length,
    captures: m.slice(1).map((group) => (group as string | undefined) ?? null),
  }))
}

const regexOperator = (name: string, nothing: Value, answer: (text: string, search: RegExp) => Maybe) =>
  named(name, ['input', 'regex'], ['options'], ({ input, regex, options }) => {
    if (isNullish(input) || isNullish(regex)) return nothing
    return answer(needText(name, input), regexArg(name, regex, options))
  })

export const STRINGS: Operators = {
  $concat: nary('$concat', 0, Infinity, (parts) =>
    parts.some(isNullish) ? null : parts.map((part) => needText('$concat', part)).join(''),
  ),
  $indexOfBytes: indexOf('$indexOfBytes', bytesOf),
  $indexOfCP: indexOf('$indexOfCP', pointsOf),
  $split: nullable('$split', 2, 2, ([text, by]) => {
    if (by === '') throw requestFailed('$split requires a non-empty separator')
    return needText('$split', text).split(needText('$split', by))
  }),
  $strLenBytes: unary('$strLenBytes', (text) => bytesOf(needText('$strLenBytes', text)).length),
  $strLenCP: unary('$strLenCP', (text) => pointsOf(needText('$strLenCP', text)).length),
  $strcasecmp: nary('$strcasecmp', 2, 2, ([a, b]) =>
    Math.sign(compareStrings(asText('$strcasecmp', a).toUpperCase(), asText('$strcasecmp', b).toUpperCase())),
  ),
  $substr: nary('$substr', 3, 3, (args) => substrBytes('$substr', args)),
  $substrBytes: nary('$substrBytes', 3, 3, (args) => substrBytes('$substrBytes', args)),
  $substrCP: nary('$substrCP', 3, 3, ([text, start, length]) => {
    const [from, count] = substringArgs('$substrCP', start, length)
    if (from < 0 || count < 0) throw requestFailed('$substrCP: starting index and length must be non-negative')
    return pointsOf(asText('$substrCP', text))
      .slice(from, from + count)
      .join('')
  }),
  $toLower: unary('$toLower', (text) => asText('$toLower', text).toLowerCase()),
  $toUpper: unary('$toUpper', (text) => asText('$toUpper', text).toUpperCase()),
  $trim: trim('$trim', true, true),
  $ltrim: trim('$ltrim', true, false),
  $rtrim: trim('$rtrim', false, true),
  $replaceOne: replace('$replaceOne', false),
  $replaceAll: replace('$replaceAll', true),
  $regexMatch: regexOperator('$regexMatch', false, (text, search) => search.test(text)),
  $regexFind: regexOperator('$regexFind', null, (text, search) => matches(text, search)[0] ?? null),
  $regexFindAll: regexOperator('$regexFindAll', [], matches),
}
