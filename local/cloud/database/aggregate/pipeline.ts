import { requestFailed } from '../cloud-error'
import { wholeNumber } from '../values/numbers'
import { isDoc, type Doc } from '../values/value'
import { needStageDoc, type MakeStage, type StageContext, type StageSpec } from './stage'
import { GROUP_STAGES } from './stages-group'
import { facet, geoNear, graphLookup, lookup, unionWith } from './stages-join'
import { SHAPE_STAGES } from './stages-shape'

const STAGES: Record<string, MakeStage> = {
  ...SHAPE_STAGES,
  ...GROUP_STAGES,
  $lookup: lookup((stages, context) => runPipeline(stages, context)),
  $unionWith: unionWith((stages, context) => runPipeline(stages, context)),
  $facet: facet((stages, context, docs) => runStages(stages, context, docs)),
  $graphLookup: graphLookup,
}

/**
 * Runs a pipeline over a collection. What stands in front (`$match`, then `$sort`, then `$limit`) is answered by the indexes.
 * @throws CloudError DATABASE_REQUEST_FAILED for stages and operands that MongoDB refuses
 */
export function runPipeline(stages: readonly StageSpec[], context: StageContext): Doc[] {
  const [first] = stages
  if (first?.name === '$geoNear') {
    const made = stages.slice(1).map((stage) => makeStage(stage, context))
    return made.reduce((rows, stage) => stage(rows), geoNear(first.spec, context, limitOf(stages[1])))
  }
  const head = readable(stages)
  // Stages are checked before anything is read, so that a bad pipeline fails on an empty collection too.
  const rest = stages.slice(head.used).map((stage) => makeStage(stage, context))
  for (const stage of stages.slice(0, head.used)) makeStage(stage, context)
  const docs = context.host.find(context.collection, head.query, context.env, { sort: head.sort, limit: head.limit })
  return rest.reduce((rows, stage) => stage(rows), docs)
}

function runStages(stages: readonly StageSpec[], context: StageContext, docs: Doc[]): Doc[] {
  return stages.map((stage) => makeStage(stage, context)).reduce((rows, stage) => stage(rows), docs)
}

function makeStage({ name, spec }: StageSpec, context: StageContext): (docs: Doc[]) => Doc[] {
  if (name === '$geoNear') throw requestFailed('$geoNear is only valid as the first stage in a pipeline')
  const make = Object.prototype.hasOwnProperty.call(STAGES, name) ? STAGES[name] : undefined
  if (!make) throw requestFailed(`Unrecognized pipeline stage name: '${name}'`)
  return make(spec, context)
}

/** The stages in front that a search can take over. */
function readable(stages: readonly StageSpec[]): { used: number; query: Doc; sort?: Doc; limit?: number } {
  const queries: Doc[] = []
  let used = 0
  for (let stage = stages[used]; stage?.name === '$match' && isDoc(stage.spec); stage = stages[++used]) queries.push(stage.spec)
  const [only = {}] = queries
  const query: Doc = queries.length > 1 ? { $and: queries } : only
  let sort: Doc | undefined
  if (stages[used]?.name === '$sort' && isDoc(stages[used]?.spec)) sort = needStageDoc('$sort', (stages[used++] as StageSpec).spec)
  const limit = limitOf(stages[used])
  if (limit === undefined) return { used, query, sort }
  return { used: used + 1, query, sort, limit }
}

function limitOf(stage: StageSpec | undefined): number | undefined {
  const n = stage?.name === '$limit' ? wholeNumber(stage.spec) : undefined
  return n === undefined || n < 1 ? undefined : n
}
