import { requestFailed } from '../cloud-error'
import { compare } from '../values/compare'
import { encode } from '../values/ejson-encode'
import { arithmetic, isNumeric, kindOf, long, toBigInt, type Numeric } from '../values/numbers'
import { checkStorable } from '../values/storable'
import { Double, isDoc, Timestamp, typeName, type Maybe, type Value } from '../values/value'
import type { Change } from './mutate'

/** One operator's work on one field. `now` is the server's clock in ms. */
export type MakeChange = (operand: Value, path: string, now: number) => Change

const calculation =
  (operator: '$inc' | '$mul', verb: string): MakeChange =>
  (operand, path) => {
    if (!isNumeric(operand)) throw requestFailed(`Cannot ${verb} with non-numeric argument: {${path}: ${encode(operand)}}`)
    const by = operand
    return (old) => {
      if (old === undefined) return operator === '$inc' ? by : zeroLike(by)
      if (!isNumeric(old))
        throw requestFailed(`Cannot apply ${operator} to a value of non-numeric type. The field '${path}' is of type ${typeName(old)}`)
      const result = arithmetic(operator === '$inc' ? 'add' : 'multiply', old, by)
      if (result === undefined) throw requestFailed(`Failed to apply ${operator} operations to current value of '${path}': overflow`)
      return result
    }
  }

function zeroLike(n: Numeric): Value {
  const kind = kindOf(n)
  return kind === 'int' ? 0 : kind === 'long' ? long(0n) : new Double(0)
}

const keep =
  (wanted: (order: number) => boolean): MakeChange =>
  (operand, path) => {
    checkStorable(operand, `${path}.`)
    return (old) => (old === undefined || wanted(compare(operand, old)) ? operand : old)
  }

const BITWISE: Record<string, (a: bigint, b: bigint) => bigint> = { and: (a, b) => a & b, or: (a, b) => a | b, xor: (a, b) => a ^ b }

const isWhole = (value: Maybe): value is Numeric => isNumeric(value) && (kindOf(value) === 'int' || kindOf(value) === 'long')

const bit: MakeChange = (operand, path) => {
  if (!isDoc(operand))
    throw requestFailed(
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    )
  const steps = Object.entries(operand).map(([name, mask]) => {
    const apply = Object.prototype.hasOwnProperty.call(BITWISE, name) ? BITWISE[name] : undefined
    if (!apply) throw requestFailed(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`)
    if (!isWhole(mask))
      throw requestFailed(`The $bit modifier field must be an Integer(32/64 bit); a '${typeName(mask)}' is not supported here`)
    return { apply, mask }
  })
  if (steps.length === 0) throw requestFailed(`You must pass in at least one bitwise operation to $bit: {${path}: {}}`)
  return (old) => {
    if (old !== undefined && !isWhole(old))
      throw requestFailed(`Cannot apply $bit to a value of non-integral type. The field '${path}' is of type ${typeName(old)}`)
    const wide = (old !== undefined && kindOf(old) === 'long') || steps.some(({ mask }) => kindOf(mask) === 'long')
    const result = steps.reduce((bits, { apply, mask }) => apply(bits, toBigInt(mask)), toBigInt(old ?? 0))
    return wide ? long(BigInt.asIntN(64, result)) : Number(BigInt.asIntN(32, result))
  }
}

const currentDate: MakeChange = (operand, path, now) => {
  const type = isDoc(operand) ? operand.$type : 'date'
  if (!(isDoc(operand) || typeof operand === 'boolean') || (type !== 'date' && type !== 'timestamp')) {
    throw requestFailed(`$currentDate of '${path}' must be a boolean or {$type: 'timestamp'/'date'}`)
  }
  return () => (type === 'date' ? new Date(now) : new Timestamp({ t: Math.floor(now / 1000), i: 1 }))
}

export const FIELD_OPERATORS: Record<string, MakeChange> = {
  $set: (operand, path) => {
    checkStorable(operand, `${path}.`)
    return () => operand
  },
  $inc: calculation('$inc', 'increment'),
  $mul: calculation('$mul', 'multiply'),
  $min: keep((order) => order < 0),
  $max: keep((order) => order > 0),
  $bit: bit,
  $currentDate: currentDate,
}
