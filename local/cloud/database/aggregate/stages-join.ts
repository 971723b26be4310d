import { requestFailed } from '../cloud-error'
import { geoJson, storedGeometry } from '../geo/geometry'
import { EARTH_RADIUS_M } from '../geo/geometry'
import { orderKey } from '../values/order-key'
import { double, isNumeric, long, toDouble, wholeNumber } from '../values/numbers'
import { splitPath } from '../values/path'
import { changeAt } from '../update/mutate'
import { isDoc, type Doc, type Maybe, type Value } from '../values/value'
import { checkVariableName } from './binding'
import { withConstants } from './env'
import { compileExpression, through } from './expression'
import { needStageDoc, needStagePath, stageSpecs, type MakeStage, type StageContext, type StageSpec } from './stage'

export type RunPipeline = (stages: readonly StageSpec[], context: StageContext) => Doc[]

function fields(stage: string, spec: Value, known: readonly string[]): Doc {
  const doc = needStageDoc(stage, spec)
  for (const field of Object.keys(doc)) if (!known.includes(field)) throw requestFailed(`unknown argument to ${stage}: ${field}`)
  return doc
}

/** Foreign documents whose field equals the local one, or any of its elements; missing counts as null. */
function joinQuery(doc: Doc, localField: string, foreignField: string): Doc {
  const local = through(doc, splitPath(localField), 0)
  if (!Array.isArray(local)) return { [foreignField]: { $eq: local ?? null } }
  return { [foreignField]: { $in: local.filter((item) => !isDoc(item) || !Object.keys(item)[0]?.startsWith('$')) } }
}

const setAt = (doc: Doc, path: string, value: Value): Doc => changeAt(doc, splitPath(path), () => value)

/** `$lookup`: by equal fields, by a pipeline with `let`, or both. */
export const lookup =
  (run: RunPipeline): MakeStage =>
  (spec, context) => {
    const {
      from,
      localField,
      foreignField,
      let: bound,
      pipeline,
      as,
    } = fields('$lookup', spec, ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as'])
    if (typeof from !== 'string') throw requestFailed("$lookup needs 'from', the name of a collection")
    const target = needStagePath("$lookup's 'as'", as)
    const byFields = localField !== undefined || foreignField !== undefined
    if (!byFields && pipeline === undefined)
      throw requestFailed("$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified")
    if (bound !== undefined && pipeline === undefined) throw requestFailed("$lookup with a 'let' argument must also specify a 'pipeline'")
    const [local, foreign] = byFields
      ? [needStagePath("$lookup's 'localField'", localField), needStagePath("$lookup's 'foreignField'", foreignField)]
      : ['', '']
    const variables = Object.entries(bound === undefined ? {} : needStageDoc("$lookup's 'let'", bound)).map(([name, value]) => {
      checkVariableName(name)
      return [name, compileExpression(value, context.env)] as const
    })
    const stages = pipeline === undefined ? [] : stageSpecs(pipeline, "$lookup's 'pipeline'")
    return (docs) =>
      docs.map((doc) => {
        const env = withConstants(context.env, variables.map(([name, compute]): [string, Maybe] => [name, compute(doc, {})])) // prettier-ignore
        const joined: StageSpec[] = byFields ? [{ name: '$match', spec: joinQuery(doc, local, foreign) }] : []
        return setAt(doc, target, run([...joined, ...stages], { ...context, env, collection: from }))
      })
  }

export const unionWith =
  (run: RunPipeline): MakeStage =>
  (spec, context) => {
    const { coll, pipeline }: Doc = typeof spec === 'string' ? { coll: spec } : fields('$unionWith', spec, ['coll', 'pipeline'])
    if (typeof coll !== 'string') throw requestFailed("$unionWith needs 'coll', the name of a collection")
    const stages = pipeline === undefined ? [] : stageSpecs(pipeline, "$unionWith's 'pipeline'")
    return (docs) => [...docs, ...run(stages, { ...context, collection: coll })]
  }

export const facet =
  (runOn: (stages: readonly StageSpec[], context: StageContext, docs: Doc[]) => Doc[]): MakeStage =>
  (spec, context) => {
    const branches = Object.entries(needStageDoc('$facet', spec)).map(([name, pipeline]) => {
      const stages = stageSpecs(pipeline, `$facet '${name}'`)
      const banned = stages.find((stage) => ['$facet', '$geoNear', '$out', '$merge'].includes(stage.name))
      if (banned) throw requestFailed(`${banned.name} is not allowed to be used within a $facet stage`)
      return { name, stages }
    })
    if (branches.length === 0) throw requestFailed('the $facet specification must be a non-empty object')
    return (docs) => [Object.fromEntries(branches.map(({ name, stages }) => [name, runOn(stages, context, docs)]))]
  }

/** `$graphLookup`: follows links from document to document, each visited once. */
export const graphLookup: MakeStage = (spec, { host, env }) => {
  const names = ['from', 'startWith', 'connectFromField', 'connectToField', 'as', 'maxDepth', 'depthField', 'restrictSearchWithMatch']
  const options = fields('$graphLookup', spec, names)
  const from = options.from
  if (typeof from !== 'string' || options.startWith === undefined)
    throw requestFailed("$graphLookup requires 'from', 'startWith', 'connectFromField', 'connectToField' and 'as'")
  const [fromField, toField, as] = ['connectFromField', 'connectToField', 'as'].map((name) =>
    needStagePath(`$graphLookup's '${name}'`, options[name]),
  )
  const depthField = options.depthField === undefined ? undefined : needStagePath("$graphLookup's 'depthField'", options.depthField)
  const most = options.maxDepth === undefined ? Infinity : wholeNumber(options.maxDepth)
  if (most === undefined || most < 0) throw requestFailed("$graphLookup's 'maxDepth' must be a non-negative integer")
  const restriction =
    options.restrictSearchWithMatch === undefined
      ? {}
      : needStageDoc("$graphLookup's 'restrictSearchWithMatch'", options.restrictSearchWithMatch)
  const start = compileExpression(options.startWith, env)
  return (docs) =>
    docs.map((doc) => {
      const found = new Map<string, Doc>()
      let frontier = asList(start(doc, {}))
      for (let depth = 0; frontier.length > 0 && depth <= most; depth++) {
        const fresh = host
          .find(from, { $and: [{ [toField as string]: { $in: frontier } }, restriction] }, env)
          .filter((next) => !found.has(orderKey(next._id)))
        for (const next of fresh)
          found.set(orderKey(next._id), depthField === undefined ? next : setAt(next, depthField, long(BigInt(depth))))
        frontier = fresh.flatMap((next) => asList(through(next, splitPath(fromField as string), 0)))
      }
      return setAt(doc, as as string, [...found.values()])
    })
}

const asList = (value: Maybe): Value[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])

function distanceOption(name: string, value: Maybe, otherwise: number): number {
  if (value === undefined) return otherwise
  if (!isNumeric(value) || !(toDouble(value) >= 0)) throw requestFailed(`$geoNear's ${name} must be a non-negative number`)
  return toDouble(value)
}

/** `$geoNear`, first in its pipeline: documents by distance, with the distance in a field of each; `limit` = what the next stage lets through. */
export function geoNear(spec: Value, { host, env, collection }: StageContext, limit = Infinity): Doc[] {
  const names = [
    'near',
    'distanceField',
    'maxDistance',
    'minDistance',
    'query',
    'key',
    'includeLocs',
    'distanceMultiplier',
    'spherical',
    'limit',
    'num',
    'uniqueDocs',
  ]
  const options = fields('$geoNear', spec, names)
  const field = needStagePath("$geoNear's 'distanceField'", options.distanceField)
  const locs = options.includeLocs === undefined ? undefined : needStagePath("$geoNear's 'includeLocs'", options.includeLocs)
  const key = options.key === undefined ? undefined : needStagePath("$geoNear's 'key'", options.key)
  const geometry = geoJson(options.near)
  const center = (geometry ?? storedGeometry(options.near))?.points[0]
  if (!center || (geometry && (geometry.points.length !== 1 || geometry.lines.length + geometry.polygons.length > 0)))
    throw requestFailed('$geoNear requires near to be a point')
  // An old-style pair is measured in radians, GeoJSON in metres.
  const unit = geometry ? 1 : EARTH_RADIUS_M
  const near = {
    center,
    min: distanceOption('minDistance', options.minDistance, 0) * unit,
    max: distanceOption('maxDistance', options.maxDistance, Infinity) * unit,
  }
  const multiplier = distanceOption('distanceMultiplier', options.distanceMultiplier, 1) / unit
  const query = options.query === undefined ? {} : needStageDoc("$geoNear's 'query'", options.query)
  const given = options.limit ?? options.num
  const most = given === undefined ? Infinity : wholeNumber(given)
  if (most === undefined || most <= 0) throw requestFailed("$geoNear's limit must be a positive integer")
  return host.nearest(collection, key, near, query, env, Math.min(most, limit)).map(({ doc, distance, place }) => {
    const measured = setAt(doc, field, double(distance * multiplier))
    return locs === undefined ? measured : setAt(measured, locs, place)
  })
}
