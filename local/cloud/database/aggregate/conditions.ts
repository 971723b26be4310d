import { requestFailed } from '../cloud-error'
import { compare } from '../values/compare'
import { isDoc, type Maybe } from '../values/value'
import { namedOperands, nary, unary, type Operator, type Operators } from './operator'
import { isNullish, isTruthy } from './truth'

/** The order of aggregations: a missing value lies below null. */
function compareMissingFirst(a: Maybe, b: Maybe): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  return compare(a, b)
}

const comparison = (name: string, holds: (order: number) => boolean): Operator =>
  nary(name, 2, 2, ([a, b]) => holds(compareMissingFirst(a, b)))

/** Lazily: later arguments are not computed once the answer is known. */
const shortCircuit =
  (decisive: boolean): Operator =>
  (operand, env, compile) => {
    const conditions = (Array.isArray(operand) ? operand : [operand]).map((each) => compile(each, env))
    return (root, vars) => (conditions.some((each) => isTruthy(each(root, vars)) === decisive) ? decisive : !decisive)
  }

const cond: Operator = (operand, env, compile) => {
  if (Array.isArray(operand) && operand.length !== 3)
    throw requestFailed(`Expression $cond takes exactly 3 arguments. ${operand.length} were passed in`)
  const args = Array.isArray(operand) ? { if: operand[0] ?? null, then: operand[1] ?? null, else: operand[2] ?? null } : operand
  const { if: test, then: yes, else: no } = namedOperands('$cond', args, ['if', 'then', 'else'], [])
  const [condition, onTrue, onFalse] = [compile(test ?? null, env), compile(yes ?? null, env), compile(no ?? null, env)]
  return (root, vars) => (isTruthy(condition(root, vars)) ? onTrue(root, vars) : onFalse(root, vars))
}

const ifNull: Operator = (operand, env, compile) => {
  if (!Array.isArray(operand) || operand.length < 2) throw requestFailed('$ifNull needs at least two arguments')
  const choices = operand.map((each) => compile(each, env))
  return (root, vars) => {
    let value: Maybe
    for (const choice of choices) {
      value = choice(root, vars)
      if (!isNullish(value)) return value
    }
    return value
  }
}

const switchCase: Operator = (operand, env, compile) => {
  const { branches, default: otherwise } = namedOperands('$switch', operand, ['branches'], ['default'])
  if (!Array.isArray(branches)) throw requestFailed("$switch expected an array for 'branches'")
  if (branches.length === 0) throw requestFailed('$switch requires at least one branch')
  const compiled = branches.map((branch) => {
    if (!isDoc(branch)) throw requestFailed('$switch expected each branch to be an object')
    const { case: test, then } = namedOperands('$switch', branch, ['case', 'then'], [])
    return { test: compile(test ?? null, env), then: compile(then ?? null, env) }
  })
  const fallback = otherwise === undefined ? undefined : compile(otherwise, env)
  return (root, vars) => {
    const found = compiled.find((branch) => isTruthy(branch.test(root, vars)))
    if (found) return found.then(root, vars)
    if (!fallback) throw requestFailed('$switch could not find a matching branch for an input, and no default was specified')
    return fallback(root, vars)
  }
}

export const CONDITIONS: Operators = {
  $cmp: nary('$cmp', 2, 2, ([a, b]) => Math.sign(compareMissingFirst(a, b))),
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $and: shortCircuit(false),
  $or: shortCircuit(true),
  $not: unary('$not', (value) => !isTruthy(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchCase,
}
