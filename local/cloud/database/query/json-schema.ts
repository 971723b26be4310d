import { requestFailed } from '../cloud-error'
import { compare, equal } from '../values/compare'
import { orderKey } from '../values/order-key'
import { isNumeric, toDouble, wholeNumber } from '../values/numbers'
import { BSONRegExp, fieldOf, isDoc, typeName, type Doc, type Maybe, type Value } from '../values/value'
import { typeNames } from './comparison'
import { toRegExp } from './regex'

type Check = (value: Value) => boolean
type Keyword = (operand: Value, schema: Doc) => Check | undefined

/**
 * `$jsonSchema`: JSON Schema draft 4 in MongoDB's dialect (`bsonType`; no `$ref`, `default`, `definitions`, `format`, `id`).
 * A keyword that speaks of another type than the value's does not object.
 */
export function compileJsonSchema(schema: Value): (doc: Doc) => boolean {
  if (!isDoc(schema)) throw requestFailed('$jsonSchema must be an object')
  return compileSchema(schema)
}

function compileSchema(schema: Value): Check {
  if (!isDoc(schema)) throw requestFailed('$jsonSchema: nested schema must be an object')
  const checks = Object.entries(schema).map(([keyword, operand]) => {
    const compile = Object.prototype.hasOwnProperty.call(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined
    if (!compile) throw requestFailed(`Unknown $jsonSchema keyword: ${keyword}`)
    return compile(operand, schema)
  })
  const active = checks.filter((check): check is Check => check !== undefined)
  return (value) => active.every((check) => check(value))
}

const JSON_TYPES: Record<string, readonly string[]> = {
  object: ['object'],
  array: ['array'],
  number: ['int', 'long', 'double', 'decimal'],
  boolean: ['bool'],
  string: ['string'],
  null: ['null'],
}

function jsonTypes(operand: Value): Check {
  const names = (Array.isArray(operand) ? operand : [operand]).flatMap((name) => {
    const types = typeof name === 'string' ? JSON_TYPES[name] : undefined
    if (!types) throw requestFailed(`$jsonSchema type '${String(name)}' is not supported`)
    return types
  })
  return (v) => names.includes(typeName(v))
}

function numberOf(keyword: string, operand: Value): number {
  if (!isNumeric(operand)) throw requestFailed(`$jsonSchema keyword '${keyword}' must be a number`)
  return toDouble(operand)
}

function countOf(keyword: string, operand: Value): number {
  const n = wholeNumber(operand)
  if (n === undefined || n < 0) throw requestFailed(`$jsonSchema keyword '${keyword}' must be a non-negative integer`)
  return n
}

function listOf(keyword: string, operand: Value): Value[] {
  if (!Array.isArray(operand) || operand.length === 0) throw requestFailed(`$jsonSchema keyword '${keyword}' must be a non-empty array`)
  return operand
}

function docOf(keyword: string, operand: Value): Doc {
  if (!isDoc(operand)) throw requestFailed(`$jsonSchema keyword '${keyword}' must be an object`)
  return operand
}

const onText =
  (check: (text: string) => boolean): Check =>
  (v) =>
    typeof v !== 'string' || check(v)
const onList =
  (check: (list: Value[]) => boolean): Check =>
  (v) =>
    !Array.isArray(v) || check(v)
const onDoc =
  (check: (doc: Doc) => boolean): Check =>
  (v) =>
    !isDoc(v) || check(v)
const onNumber =
  (check: (n: Value) => boolean): Check =>
  (v) =>
    !isNumeric(v) || check(v)
const points = (text: string): number => [...text].length
const schemasOf = (keyword: string, operand: Value): Check[] => listOf(keyword, operand).map(compileSchema)

/** `properties`, `patternProperties` and `additionalProperties` judge each field together. */
function propertiesCheck(schema: Doc): Check {
  const named = isDoc(schema.properties) ? Object.entries(schema.properties).map(([name, s]) => [name, compileSchema(s)] as const) : []
  const patterned = isDoc(schema.patternProperties)
    ? Object.entries(schema.patternProperties).map(([p, s]) => [toRegExp(new BSONRegExp(p, '')), compileSchema(s)] as const)
    : []
  const extra = schema.additionalProperties
  const onExtra: Check = extra === undefined || extra === true ? () => true : extra === false ? () => false : compileSchema(extra)
  return onDoc((doc) => {
    if (!named.every(([name, check]) => within(fieldOf(doc, name), check))) return false
    return Object.entries(doc).every(([field, value]) => {
      const fitting = patterned.filter(([pattern]) => pattern.test(field))
      if (!fitting.every(([, check]) => check(value))) return false
      return fitting.length > 0 || named.some(([name]) => name === field) || onExtra(value)
    })
  })
}

const within = (value: Maybe, check: Check): boolean => value === undefined || check(value)

function itemsCheck(operand: Value, schema: Doc): Check {
  if (!Array.isArray(operand)) {
    const check = compileSchema(operand)
    return onList((list) => list.every(check))
  }
  const checks = operand.map(compileSchema)
  const extra = schema.additionalItems
  const onExtra: Check = extra === undefined || extra === true ? () => true : extra === false ? () => false : compileSchema(extra)
  return onList((list) => list.every((value, i) => (checks[i] ?? onExtra)(value)))
}

function dependenciesCheck(operand: Value): Check {
  const rules = Object.entries(docOf('dependencies', operand)).map(([field, rule]) => {
    const names = Array.isArray(rule) ? rule.map(String) : undefined
    const check: Check = names ? (v) => isDoc(v) && names.every((name) => fieldOf(v, name) !== undefined) : compileSchema(rule)
    return [field, check] as const
  })
  return onDoc((doc) => rules.every(([field, check]) => fieldOf(doc, field) === undefined || check(doc)))
}

const KEYWORDS: Record<string, Keyword> = {
  bsonType: (operand) => {
    const names = typeNames(operand)
    return (v) => names.has(typeName(v))
  },
  type: jsonTypes,
  enum: (operand) => {
    const values = listOf('enum', operand)
    return (v) => values.some((each) => equal(each, v))
  },
  minimum: (operand, schema) => {
    numberOf('minimum', operand)
    return onNumber((n) => (schema.exclusiveMinimum === true ? compare(n, operand) > 0 : compare(n, operand) >= 0))
  },
  maximum: (operand, schema) => {
    numberOf('maximum', operand)
    return onNumber((n) => (schema.exclusiveMaximum === true ? compare(n, operand) < 0 : compare(n, operand) <= 0))
  },
  exclusiveMinimum: () => undefined,
  exclusiveMaximum: () => undefined,
  multipleOf: (operand) => {
    const step = numberOf('multipleOf', operand)
    if (!(step > 0)) throw requestFailed("$jsonSchema keyword 'multipleOf' must have a positive value")
    return onNumber((n) => isNumeric(n) && toDouble(n) % step === 0)
  },
  minLength: (operand) => {
    const min = countOf('minLength', operand)
    return onText((text) => points(text) >= min)
  },
  maxLength: (operand) => {
    const max = countOf('maxLength', operand)
    return onText((text) => points(text) <= max)
  },
  pattern: (operand) => {
    if (typeof operand !== 'string') throw requestFailed("$jsonSchema keyword 'pattern' must be a string")
    const search = toRegExp(new BSONRegExp(operand, ''))
    return onText((text) => search.test(text))
  },
  minItems: (operand) => {
    const min = countOf('minItems', operand)
    return onList((list) => list.length >= min)
  },
  maxItems: (operand) => {
    const max = countOf('maxItems', operand)
    return onList((list) => list.length <= max)
  },
  uniqueItems: (operand) => (operand === true ? onList((list) => new Set(list.map(orderKey)).size === list.length) : undefined),
  items: itemsCheck,
  additionalItems: () => undefined,
  required: (operand) => {
    const names = listOf('required', operand).map(String)
    return onDoc((doc) => names.every((name) => fieldOf(doc, name) !== undefined))
  },
  properties: (operand, schema) => {
    docOf('properties', operand)
    return propertiesCheck(schema)
  },
  patternProperties: (operand, schema) => {
    docOf('patternProperties', operand)
    return 'properties' in schema ? undefined : propertiesCheck(schema)
  },
  additionalProperties: (_operand, schema) =>
    'properties' in schema || 'patternProperties' in schema ? undefined : propertiesCheck(schema),
  minProperties: (operand) => {
    const min = countOf('minProperties', operand)
    return onDoc((doc) => Object.keys(doc).length >= min)
  },
  maxProperties: (operand) => {
    const max = countOf('maxProperties', operand)
    return onDoc((doc) => Object.keys(doc).length <= max)
  },
  dependencies: dependenciesCheck,
  allOf: (operand) => {
    const inner = schemasOf('allOf', operand)
    return (v) => inner.every((check) => check(v))
  },
  anyOf: (operand) => {
    const inner = schemasOf('anyOf', operand)
    return (v) => inner.some((check) => check(v))
  },
  oneOf: (operand) => {
    const inner = schemasOf('oneOf', operand)
    return (v) => inner.filter((check) => check(v)).length === 1
  },
  not: (operand) => {
    const inner = compileSchema(operand)
    return (v) => !inner(v)
  },
  title: () => undefined,
  description: () => undefined,
}
