import { requestFailed } from '../cloud-error'
import { fieldOf, isDoc, setField, typeName, type Doc, type Maybe, type Value } from '../values/value'
import { named, namedOperands, nary, nullable, type Operator, type Operators } from './operator'
import { isNullish } from './truth'

function needDoc(name: string, value: Maybe): Doc {
  if (!isDoc(value)) throw requestFailed(`${name} requires object inputs, but input is of type ${typeName(value)}`)
  return value
}

/** Later documents win; null and missing ones do not count. */
export function mergeObjects(docs: readonly Maybe[]): Doc {
  const out: Doc = {}
  for (const doc of docs) {
    if (isNullish(doc)) continue
    for (const [field, value] of Object.entries(needDoc('$mergeObjects', doc))) setField(out, field, value)
  }
  return out
}

function withField(name: string, input: Maybe, field: Maybe, value: Maybe): Maybe {
  if (typeof field !== 'string') throw requestFailed(`${name} requires 'field' to evaluate to a String`)
  if (isNullish(input)) return null
  const out: Doc = {}
  for (const [key, each] of Object.entries(needDoc(name, input)))
    if (key !== field || value !== undefined) setField(out, key, key === field && value !== undefined ? value : each)
  if (value !== undefined && !(field in out)) setField(out, field, value)
  return out
}

const getField: Operator = (operand, env, compile) => {
  const args: Doc =
    isDoc(operand) && 'field' in operand
      ? namedOperands('$getField', operand, ['field'], ['input'])
      : { field: operand, input: '$$CURRENT' }
  const [field, input] = [compile(args.field ?? null, env), compile(args.input ?? '$$CURRENT', env)]
  return (root, vars) => {
    const name = field(root, vars)
    if (typeof name !== 'string') throw requestFailed("$getField requires 'field' to evaluate to a String")
    const doc = input(root, vars)
    return isDoc(doc) ? fieldOf(doc, name) : isNullish(doc) ? doc : undefined
  }
}

export const OBJECTS: Operators = {
  $mergeObjects: nary('$mergeObjects', 0, Infinity, (docs) => mergeObjects(docs)),
  $objectToArray: nullable('$objectToArray', 1, 1, ([doc]) =>
    Object.entries(needDoc('$objectToArray', doc)).map(([k, v]): Value => ({ k, v })),
  ),
  $getField: getField,
  $setField: named('$setField', ['field', 'input', 'value'], [], ({ field, input, value }) => withField('$setField', input, field, value)),
  $unsetField: named('$unsetField', ['field', 'input'], [], ({ field, input }) => withField('$unsetField', input, field, undefined)),
}
