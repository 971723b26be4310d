import { requestFailed } from '../cloud-error'
import { fieldOf, isDoc, setField, type Doc, type Maybe, type Value } from '../values/value'
import { ARITHMETIC } from './arithmetic'
import { ARRAYS } from './arrays'
import { BINDING } from './binding'
import { CONDITIONS } from './conditions'
import { CONVERSIONS } from './conversions'
import { DATES } from './dates'
import type { Env } from './env'
import { OBJECTS } from './objects'
import type { Compile, Expression, Operators } from './operator'
import { SETS } from './sets'
import { STRINGS } from './strings'
import { SUMMARIES } from './summaries'

export type { Expression, Vars } from './operator'

const OPERATORS: Operators = {
  ...ARITHMETIC,
  ...CONDITIONS,
  ...STRINGS,
  ...ARRAYS,
  ...SETS,
  ...OBJECTS,
  ...DATES,
  ...CONVERSIONS,
  ...SUMMARIES,
  ...BINDING,
  $literal: (operand) => () => operand,
  $meta: () => {
    throw requestFailed('query requires text score metadata, but it is not available')
  },
}

/**
 * Compiles an aggregation expression: field paths (`$a.b`), variables (`$$name`), operators, and literals.
 * @throws CloudError DATABASE_REQUEST_FAILED when MongoDB would refuse it; evaluation throws the same for wrong types
 */
export const compileExpression: Compile = (value, env) => {
  if (typeof value === 'string')
    return value.startsWith('$$') ? variable(value.slice(2), env) : value.startsWith('$') ? field(value.slice(1)) : () => value
  if (Array.isArray(value)) return list(value, env)
  if (isDoc(value)) return isOperation(value) ? operation(value, env) : object(value, env)
  return () => value
}

const isOperation = (doc: Doc): boolean => Object.keys(doc)[0]?.startsWith('$') ?? false

function operation(doc: Doc, env: Env): Expression {
  const [operator, ...others] = Object.keys(doc)
  if (operator === undefined || others.length > 0)
    throw requestFailed('an expression specification must contain exactly one field, the name of the expression')
  const compile = Object.prototype.hasOwnProperty.call(OPERATORS, operator) ? OPERATORS[operator] : undefined
  if (!compile) throw requestFailed(`Unrecognized expression '${operator}'`)
  return compile(doc[operator] as Value, env, compileExpression)
}

function list(items: Value[], env: Env): Expression {
  const compiled = items.map((item) => compileExpression(item, env))
  return (root, vars) => compiled.map((item) => item(root, vars) ?? null)
}

function object(doc: Doc, env: Env): Expression {
  const fields = Object.entries(doc).map(([name, value]) => {
    if (name.startsWith('$')) throw requestFailed(`FieldPath field names may not start with '$': ${name}`)
    if (name.includes('.')) throw requestFailed(`FieldPath field names may not contain '.': ${name}`)
    return [name, compileExpression(value, env)] as const
  })
  return (root, vars) => {
    const out: Doc = {}
    for (const [name, compute] of fields) {
      const value = compute(root, vars)
      if (value !== undefined) setField(out, name, value)
    }
    return out
  }
}

function checkedParts(path: string): string[] {
  const parts = path.split('.')
  if (parts.includes('')) throw requestFailed("FieldPath must not end with a '.' or hold an empty field name")
  const dollar = parts.find((part) => part.startsWith('$'))
  if (dollar) throw requestFailed(`FieldPath field names may not start with '$': ${dollar}`)
  return parts
}

function field(path: string): Expression {
  const parts = checkedParts(path)
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return (root) => (isDoc(root) ? fieldOf(root, only) : undefined)
  return (root) => through(root, parts, 0)
}

/** Follows a path through documents; an array gives the list of what its elements hold there. */
export function through(value: Maybe, parts: readonly string[], at: number): Maybe {
  if (at === parts.length) return value
  if (isDoc(value)) return through(fieldOf(value, parts[at] as string), parts, at + 1)
  if (!Array.isArray(value)) return undefined
  const out: Value[] = []
  for (const element of value) {
    if (!isDoc(element) && !Array.isArray(element)) continue
    const inner = through(element, parts, at)
    if (inner !== undefined) out.push(inner)
  }
  return out
}

function variable(path: string, env: Env): Expression {
  const [name = '', ...parts] = checkedParts(path)
  const read = root(name, env)
  return parts.length === 0 ? read : (doc, vars) => through(read(doc, vars), parts, 0)
}

function root(name: string, env: Env): Expression {
  if (env.locals.has(name)) return (_doc, vars) => vars[name]
  if (env.constants.has(name)) {
    const value = env.constants.get(name)
    return () => value
  }
  switch (name) {
    case 'ROOT':
      return (doc, vars) => vars.ROOT ?? doc
    case 'CURRENT':
      return (doc) => doc
    case 'NOW': {
      const now = new Date(env.now)
      return () => now
    }
    case 'REMOVE':
      return () => undefined
    case 'DESCEND':
    case 'PRUNE':
    case 'KEEP':
      return () => `$$${name}`
    default:
      throw requestFailed(`Use of undefined variable: ${name}`)
  }
}
