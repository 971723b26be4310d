import type { Env } from '../aggregate/env'
import { compileExpression } from '../aggregate/expression'
import { isTruthy } from '../aggregate/truth'
import { requestFailed } from '../cloud-error'
import { geoPredicate, isGeoOperator } from '../geo/geo-query'
import { splitPath, type Position } from '../values/path'
import { BSONRegExp, isDoc, setField, typeName, type Doc, type Maybe, type Value } from '../values/value'
import { bitsTest, equalsTest, existsPredicate, itemTest, modTest, orderTest, regexTest, sizePredicate, typeTest } from './comparison'
import { compileJsonSchema } from './json-schema'
import { all, leaf, negated, never, type Predicate } from './predicate'

/** Tests one document; fills `position` with the array element that matched (`$` in an update). */
export type Matcher = (doc: Doc, position?: Position) => boolean

/**
 * Compiles a MongoDB query.
 * @throws CloudError DATABASE_REQUEST_FAILED with MongoDB's reason when it would refuse the query
 */
export function compileQuery(query: Doc, env: Env): Matcher {
  const parts = Object.entries(query).map(([field, condition]) => compileEntry(field, condition, env))
  const [only] = parts
  if (parts.length === 1 && only) return only
  return (doc, position) => {
    for (const part of parts) if (!part(doc, position)) return false
    return true
  }
}

function compileEntry(field: string, condition: Value, env: Env): Matcher {
  if (field.startsWith('$')) return compileLogical(field, condition, env)
  const predicate = compileCondition(condition, env)
  const path = splitPath(field)
  return (doc, position) => predicate.field(doc, path, position)
}

function compileLogical(operator: string, operand: Value, env: Env): Matcher {
  switch (operator) {
    case '$and': {
      const inner = clauses(operator, operand, env)
      return (doc, position) => inner.every((clause) => clause(doc, position))
    }
    case '$or': {
      const inner = clauses(operator, operand, env)
      return (doc, position) => inner.some((clause) => clause(doc, position))
    }
    case '$nor': {
      const inner = clauses(operator, operand, env)
      return (doc) => !inner.some((clause) => clause(doc))
    }
    case '$expr': {
      const expression = compileExpression(operand, env)
      return (doc) => isTruthy(expression(doc, {}))
    }
    case '$jsonSchema':
      return compileJsonSchema(operand)
    case '$comment':
      return () => true
    case '$text':
    case '$search':
      throw requestFailed('text index required for $text query')
    case '$where':
      throw requestFailed('$where is not allowed')
    default:
      throw requestFailed(`unknown top level operator: ${operator}`)
  }
}

function clauses(operator: string, operand: Value, env: Env): Matcher[] {
  if (!Array.isArray(operand)) throw requestFailed(`${operator} must be an array`)
  if (operand.length === 0) throw requestFailed('$and/$or/$nor must be a nonempty array')
  return operand.map((clause) => {
    if (!isDoc(clause)) throw requestFailed('$or/$and/$nor entries need to be full objects')
    return compileQuery(clause, env)
  })
}

/** Is this document a set of operators (`{ $gt: 1 }`) and not a value to compare with? */
export function isOperatorDoc(value: Maybe): value is Doc {
  if (!isDoc(value)) return false
  const [first] = Object.keys(value)
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db'
}

/** What stands beside a field's name: operators, a regular expression, or a value to equal. */
function compileCondition(condition: Value, env: Env): Predicate {
  if (condition instanceof BSONRegExp) return leaf(regexTest(condition))
  if (!isOperatorDoc(condition)) return leaf(equalsTest(condition))
  const predicates: Predicate[] = []
  for (const [operator, operand] of Object.entries(condition)) {
    if (!operator.startsWith('$')) throw requestFailed(`unknown operator: ${operator}`)
    const predicate = compileOperator(operator, operand, condition, env)
    if (predicate) predicates.push(predicate)
  }
  return all(predicates)
}

function compileOperator(operator: string, operand: Value, siblings: Doc, env: Env): Predicate | undefined {
  switch (operator) {
    case '$eq':
      return leaf(equalsTest(operand))
    case '$ne':
      if (operand instanceof BSONRegExp) throw requestFailed("Can't have regex as arg to $ne")
      return negated(leaf(equalsTest(operand)))
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return leaf(orderTest(operator, operand))
    case '$in':
      return inPredicate(operator, operand)
    case '$nin':
      return negated(inPredicate(operator, operand))
    case '$exists':
      return existsPredicate(operand)
    case '$type':
      return leaf(typeTest(operand))
    case '$size':
      return sizePredicate(operand)
    case '$mod':
      return leaf(modTest(operand))
    case '$all':
      return allPredicate(operand, env)
    case '$elemMatch':
      return elemMatchPredicate(operand, env)
    case '$not':
      return notPredicate(operand, env)
    case '$regex':
      return leaf(regexTest(regexOperand(operand, siblings.$options)))
    case '$options':
      if (!('$regex' in siblings)) throw requestFailed('$options needs a $regex')
      return undefined
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return leaf(bitsTest(operator, operand))
    case '$comment':
      return undefined
    default:
      if (isGeoOperator(operator)) return geoPredicate(operator, operand, siblings)
      throw requestFailed(`unknown operator: ${operator}`)
  }
}

function regexOperand(operand: Value, options: Maybe): BSONRegExp {
  if (options !== undefined && typeof options !== 'string') throw requestFailed('$options has to be a string')
  if (operand instanceof BSONRegExp) {
    if (options !== undefined && operand.options !== '') throw requestFailed('options set in both $regex and $options')
    return new BSONRegExp(operand.pattern, options ?? operand.options)
  }
  if (typeof operand !== 'string') throw requestFailed('$regex has to be a string')
  if (/[^imsxu]/.test(options ?? '')) throw requestFailed(`invalid flag in regex options: ${options}`)
  return new BSONRegExp(operand, [...(options ?? '')].sort().join(''))
}

function inPredicate(operator: string, operand: Value): Predicate {
  if (!Array.isArray(operand)) throw requestFailed(`${operator} needs an array`)
  if (operand.some(isOperatorDoc)) throw requestFailed(`cannot nest $ under ${operator}`)
  if (operand.length > 8 && operand.every((item) => typeof item === 'string')) {
    const strings = new Set<Maybe>(operand)
    return leaf((v) => strings.has(v))
  }
  const tests = operand.map(itemTest)
  return leaf((v) => tests.some((test) => test(v)))
}

function allPredicate(operand: Value, env: Env): Predicate {
  if (!Array.isArray(operand)) throw requestFailed('$all needs an array')
  if (operand.length === 0) return never
  return all(
    operand.map((item) => {
      if (isOperatorDoc(item)) {
        const inner = item.$elemMatch
        if (inner === undefined) throw requestFailed('no $ expressions in $all')
        return elemMatchPredicate(inner, env)
      }
      return leaf(itemTest(item))
    }),
  )
}

/** `$elemMatch` with operators tests each element itself, with fields it tests each element that is a document. */
function elemMatchPredicate(operand: Value, env: Env): Predicate {
  if (!isDoc(operand)) throw requestFailed('$elemMatch needs an Object')
  const test = elementTest(operand, env)
  return {
    single: (value) => Array.isArray(value) && value.some(test),
    field: (root, parts, position) => {
      let index = -1
      const found = leaf((end) => Array.isArray(end) && (index = end.findIndex(test)) >= 0, false).field(root, parts, position)
      if (found && position) position.index = index
      return found
    },
  }
}

const isLogical = (key: string): boolean => ['$and', '$or', '$nor', '$expr'].includes(key)

/** The test that `$elemMatch` and `$pull` put to one element of an array. */
export function elementTest(condition: Doc, env: Env): (element: Value) => boolean {
  const [first] = Object.keys(condition)
  if (first !== undefined && isOperatorDoc(condition) && !isLogical(first)) {
    const predicate = compileCondition(condition, env)
    return (element) => predicate.single(element)
  }
  const matcher = compileQuery(condition, env)
  return (element) => (isDoc(element) ? matcher(element) : Array.isArray(element) && matcher(asNumberedDoc(element)))
}

/** An array seen as a document with fields `0`, `1`, …: how MongoDB lets `$elemMatch` look into nested arrays. */
function asNumberedDoc(list: Value[]): Doc {
  const doc: Doc = {}
  list.forEach((value, i) => setField(doc, String(i), value))
  return doc
}

function notPredicate(operand: Value, env: Env): Predicate {
  if (operand instanceof BSONRegExp) return negated(leaf(regexTest(operand)))
  if (!isDoc(operand)) throw requestFailed(`$not needs a regex or a document, not ${typeName(operand)}`)
  if (Object.keys(operand).length === 0) throw requestFailed('$not cannot be empty')
  if (!isOperatorDoc(operand)) throw requestFailed(`unknown operator: ${Object.keys(operand)[0]}`)
  return negated(compileCondition(operand, env))
}
