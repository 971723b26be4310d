import { requestFailed } from '../cloud-error'
import { changeAt } from '../update/mutate'
import { BSONRegExp, isDoc, type Doc, type Value } from '../values/value'
import { splitPath } from '../values/path'
import { isOperatorDoc } from './match'

/** What an upsert starts from: the fields that the query pins to one value. */
export function upsertSeed(query: Doc): Doc {
  let seed: Doc = {}
  for (const [path, value] of equalities(query)) {
    seed = changeAt(seed, splitPath(path), (old) => {
      if (old !== undefined) throw requestFailed(`cannot infer query fields to set, path '${path}' is matched twice`)
      return value
    })
  }
  return seed
}

function equalities(query: Doc): [string, Value][] {
  return Object.entries(query).flatMap(([field, condition]): [string, Value][] => {
    if (field === '$and' && Array.isArray(condition)) return condition.filter(isDoc).flatMap(equalities)
    if (field === '$or' && Array.isArray(condition) && condition.length === 1) return condition.filter(isDoc).flatMap(equalities)
    if (field.startsWith('$') || condition instanceof BSONRegExp) return []
    if (!isOperatorDoc(condition)) return [[field, condition]]
    if (condition.$eq !== undefined) return [[field, condition.$eq]]
    const { $in: items, $all: all } = condition
    const only = [items, all].find((list) => Array.isArray(list) && list.length === 1)
    return Array.isArray(only) && only[0] !== undefined && !isOperatorDoc(only[0]) ? [[field, only[0]]] : []
  })
}
