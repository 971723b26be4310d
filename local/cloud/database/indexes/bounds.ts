import { BSONRegExp, isDoc, MaxKey, MinKey, type Doc, type Value } from '../values/value'
import { isNaNValue } from '../values/numbers'
import { EMPTY_ARRAY_KEY, isPlainText, orderKey, typeTag } from '../values/order-key'
import { isOperatorDoc } from '../query/match'
import { literalPrefix } from '../query/regex'

export interface Bound {
  key: string
  inclusive: boolean
}

/** What a query says of one field, as far as an index can use it: single values, or a range within one type. */
export interface FieldBounds {
  /** Order keys, sorted and distinct. */
  points?: string[]
  range?: { tag: string; low?: Bound; high?: Bound }
}

/** The parts of a query that every matching document satisfies, by field path; `$or` and negations are left out. */
export function boundsOf(query: Doc): Map<string, FieldBounds> {
  const found = new Map<string, FieldBounds>()
  collect(query, '', found)
  return found
}

function collect(query: Doc, prefix: string, found: Map<string, FieldBounds>): void {
  for (const [field, condition] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(condition)) for (const clause of condition) collect(isDoc(clause) ? clause : {}, prefix, found)
    else if (!field.startsWith('$')) note(prefix + field, condition, found)
  }
}

function note(path: string, condition: Value, found: Map<string, FieldBounds>): void {
  if (condition instanceof BSONRegExp) addPrefix(path, condition, found)
  else if (!isOperatorDoc(condition)) addPoints(path, pointsFor(condition), found)
  else for (const [operator, operand] of Object.entries(condition)) noteOperator(path, operator, operand, found)
}

function noteOperator(path: string, operator: string, operand: Value, found: Map<string, FieldBounds>): void {
  switch (operator) {
    case '$eq':
      return addPoints(path, pointsFor(operand), found)
    case '$in':
      if (Array.isArray(operand) && !operand.some((item) => item instanceof BSONRegExp)) addPoints(path, operand.flatMap(pointsFor), found)
      return
    case '$all': {
      const [first] = Array.isArray(operand) ? operand : []
      if (first !== undefined && !isOperatorDoc(first) && !(first instanceof BSONRegExp)) addPoints(path, pointsFor(first), found)
      return
    }
    case '$elemMatch':
      if (isOperatorDoc(operand)) note(path, operand, found)
      else if (isDoc(operand)) collect(operand, `${path}.`, found)
      return
    case '$regex':
      if (operand instanceof BSONRegExp) addPrefix(path, operand, found)
      else if (typeof operand === 'string') addPrefix(path, new BSONRegExp(operand, ''), found)
      return
    case '$gt':
    case '$gte':
      return addRange(path, operand, 'low', operator === '$gte', found)
    case '$lt':
    case '$lte':
      return addRange(path, operand, 'high', operator === '$lte', found)
    default:
  }
}

/** An array is found under its first element, or, inside an array, as a whole. */
function pointsFor(value: Value): string[] {
  if (!Array.isArray(value)) return [orderKey(value)]
  return [value.length === 0 ? EMPTY_ARRAY_KEY : orderKey(value[0]), orderKey(value)]
}

function entry(path: string, found: Map<string, FieldBounds>): FieldBounds {
  const known = found.get(path)
  if (known) return known
  const made: FieldBounds = {}
  found.set(path, made)
  return made
}

function addPoints(path: string, points: string[], found: Map<string, FieldBounds>): void {
  const bounds = entry(path, found)
  if (!bounds.points || points.length < bounds.points.length) bounds.points = [...new Set(points)].sort()
}

function addRange(path: string, operand: Value, side: 'low' | 'high', inclusive: boolean, found: Map<string, FieldBounds>): void {
  if (operand === null || isNaNValue(operand)) {
    if (inclusive) addPoints(path, [orderKey(operand)], found)
    return
  }
  if (Array.isArray(operand) || operand instanceof MinKey || operand instanceof MaxKey || operand instanceof BSONRegExp) return
  setBound(path, typeTag(operand), side, { key: orderKey(operand), inclusive }, found)
}

function setBound(path: string, tag: string, side: 'low' | 'high', bound: Bound, found: Map<string, FieldBounds>): void {
  const bounds = entry(path, found)
  bounds.range ??= { tag }
  if (bounds.range.tag === tag) bounds.range[side] ??= bound
}

/** `^abc`: strings from "abc" up to, not including, what follows all its continuations. */
function addPrefix(path: string, regex: BSONRegExp, found: Map<string, FieldBounds>): void {
  const prefix = literalPrefix(regex)
  if (prefix === undefined || !isPlainText(prefix)) return
  const tag = typeTag('')
  setBound(path, tag, 'low', { key: tag + prefix, inclusive: true }, found)
  setBound(path, tag, 'high', { key: `${tag}${prefix}\uffff`, inclusive: false }, found)
}
