import { requestFailed } from '../cloud-error'
import { isNumeric, type Numeric } from '../values/numbers'
import { isDoc, typeName, type Doc, type Maybe, type Value } from '../values/value'
import type { Env } from './env'
import { isNullish } from './truth'

export type Vars = Readonly<Record<string, Maybe>>
/** Computes a value from a document and the variables bound around it. */
export type Expression = (root: Value, vars: Vars) => Maybe
export type Compile = (value: Value, env: Env) => Expression
/** Compiles one operator from its operand. */
export type Operator = (operand: Value, env: Env, compile: Compile) => Expression
export type Operators = Record<string, Operator>

/** An operator of `least` to `most` arguments; a single one may stand without brackets. */
export function nary(name: string, least: number, most: number, compute: (args: Maybe[]) => Maybe): Operator {
  return (operand, env, compile) => {
    const operands = Array.isArray(operand) ? operand : [operand]
    if (operands.length < least || operands.length > most) {
      const takes =
        least === most ? `exactly ${least}` : most === Infinity ? `at least ${least}` : `at least ${least}, and no more than ${most}`
      throw requestFailed(`Expression ${name} takes ${takes} arguments. ${operands.length} were passed in`)
    }
    const compiled = operands.map((each) => compile(each, env))
    return (root, vars) => compute(compiled.map((each) => each(root, vars)))
  }
}

export const unary = (name: string, compute: (value: Maybe) => Maybe): Operator => nary(name, 1, 1, ([value]) => compute(value))

/** An operator of arguments that gives null when any of them is null or missing. */
export const nullable = (name: string, least: number, most: number, compute: (args: Value[]) => Maybe): Operator =>
  nary(name, least, most, (args) => (args.some(isNullish) ? null : compute(args as Value[])))

/** An operator whose operand is a document of named arguments. */
export function named(
  name: string,
  required: readonly string[],
  optional: readonly string[],
  compute: (args: Record<string, Maybe>) => Maybe,
): Operator {
  return (operand, env, compile) => {
    const fields = namedOperands(name, operand, required, optional)
    const compiled = Object.entries(fields).map(([key, value]) => [key, compile(value, env)] as const)
    return (root, vars) => compute(Object.fromEntries(compiled.map(([key, each]) => [key, each(root, vars)])))
  }
}

/** Checks the argument names of an operator's operand. */
export function namedOperands(name: string, operand: Value, required: readonly string[], optional: readonly string[]): Doc {
  if (!isDoc(operand)) throw requestFailed(`${name} only supports an object as its argument, found ${typeName(operand)}`)
  for (const key of Object.keys(operand)) {
    if (!required.includes(key) && !optional.includes(key)) throw requestFailed(`Unrecognized argument to ${name}: ${key}`)
  }
  for (const key of required) if (!(key in operand)) throw requestFailed(`Missing '${key}' parameter to ${name}`)
  return operand
}

export function needNumber(name: string, value: Maybe): Numeric {
  if (!isNumeric(value)) throw requestFailed(`${name} only supports numeric types, not ${typeName(value)}`)
  return value
}

export function needArray(name: string, value: Maybe): Value[] {
  if (!Array.isArray(value)) throw requestFailed(`${name} requires an array, not ${typeName(value)}`)
  return value
}

export function needText(name: string, value: Maybe): string {
  if (typeof value !== 'string') throw requestFailed(`${name} requires a string, found: ${typeName(value)}`)
  return value
}
