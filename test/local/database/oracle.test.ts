import fc from 'fast-check'
import { Query } from 'mingo/query'
import { Context } from 'mingo/core'
import * as queryOperators from 'mingo/operators/query'
import { baseEnv } from '../../../local/cloud/database/aggregate/env'
import { compileQuery } from '../../../local/cloud/database/query/match'
import type { Doc, Value } from '../../../local/cloud/database/values/value'

/**
 * The matcher against another one of the same language, written by others: mingo. Only where mingo does as MongoDB does. Left out, each
 * checked against MongoDB's documentation: documents compared as wholes (mingo ignores the order of their fields), $mod (takes null for
 * a number), $all (never finds a scalar), $gte and $lte of null (do not find what is missing), arrays within arrays, paths by number or
 * through arrays (mingo gathers what they lead to into one array).
 */
const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom<Value>(null, true, false, 'a', 'ab', 'b', '', 1.5),
  fc.date({ min: new Date(0), max: new Date(3), noInvalidDate: true }),
)
const something = scalar.filter((value) => value !== null)
const held: fc.Arbitrary<Value> = fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) })
const inner: fc.Arbitrary<Doc> = fc.dictionary(fc.constantFrom('x', 'y'), held, { maxKeys: 2, noNullPrototype: true })
const doc: fc.Arbitrary<Doc> = fc.record(
  { a: held, b: held, c: inner, d: fc.array(inner, { maxLength: 3 }) },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<Doc>

const operators: fc.Arbitrary<Value> = fc.oneof(
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), something).map(([op, v]): Value => ({ [op]: v })),
  fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(scalar, { minLength: 1, maxLength: 3 })).map(([op, v]): Value => ({ [op]: v })),
  fc.boolean().map((v): Value => ({ $exists: v })),
  fc.integer({ min: 0, max: 3 }).map((v): Value => ({ $size: v })),
  fc.tuple(fc.constantFrom('$eq', '$ne'), scalar).map(([op, v]): Value => ({ [op]: v })),
  fc.tuple(fc.constantFrom('$gt', '$lte', '$ne'), something).map(([op, v]): Value => ({ $elemMatch: { [op]: v } })),
)
const ofElements = fc
  .tuple(fc.constantFrom('x', 'y'), fc.oneof(scalar, operators))
  .map(([name, v]): Value => ({ $elemMatch: { [name]: v } }))
const condition: fc.Arbitrary<Value> = fc.oneof(scalar, operators, operators.map((v): Value => ({ $not: v }))) // prettier-ignore
const flat: fc.Arbitrary<Doc> = fc.record(
  { a: condition, b: condition, 'c.x': condition, d: ofElements },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<Doc>
const query: fc.Arbitrary<Doc> = fc.oneof({ weight: 3, arbitrary: flat }, { weight: 1, arbitrary: fc.tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(flat, { minLength: 1, maxLength: 3 })).map(([op, list]): Doc => ({ [op]: list })) }) // prettier-ignore

test('finds what mingo finds', () => {
  const context = Context.init({ query: { ...queryOperators } })
  fc.assert(
    fc.property(fc.array(doc, { minLength: 1, maxLength: 8 }), query, (docs, wanted) => {
      const mingo = new Query(wanted, { context })
      const own = compileQuery(wanted, baseEnv(0))
      for (const each of docs) expect({ each, found: own(each) }).toEqual({ each, found: mingo.test(each) })
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 400) },
  )
})
