import { isNumeric, toDouble } from '../values/numbers'
import type { Maybe } from '../values/value'

/** Truth as aggregations see it: everything but false, null, missing and zero. */
export function isTruthy(value: Maybe): boolean {
  if (value === undefined || value === null || value === false) return false
  return !(isNumeric(value) && toDouble(value) === 0)
}

export const isNullish = (value: Maybe): value is null | undefined => value === null || value === undefined
