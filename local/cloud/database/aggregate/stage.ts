import { requestFailed } from '../cloud-error'
import type { Near } from '../geo/geo-query'
import { isDoc, typeName, type Doc, type Value } from '../values/value'
import type { Env } from './env'

/** What a pipeline may ask of the database that it runs in. */
export interface PipelineHost {
  /** Documents of a collection that match, found by index where there is one. @throws CloudError DATABASE_COLLECTION_NOT_EXIST */
  find(collection: string, query: Doc, env: Env, options?: { sort?: Doc; limit?: number }): Doc[]
  /** Documents by growing distance; `key` may be left out when the collection has one 2dsphere index. */
  nearest(
    collection: string,
    key: string | undefined,
    near: Near,
    query: Doc,
    env: Env,
    limit: number,
  ): { doc: Doc; distance: number; place: Value }[]
}

export interface StageContext {
  host: PipelineHost
  env: Env
  collection: string
}

export type Stage = (docs: Doc[]) => Doc[]
export type MakeStage = (spec: Value, context: StageContext) => Stage

export interface StageSpec {
  name: string
  spec: Value
}

/** `[{ $match: … }, …]` as stages. */
export function stageSpecs(pipeline: Value, where: string): StageSpec[] {
  if (!Array.isArray(pipeline)) throw requestFailed(`${where} must be an array of pipeline stages`)
  return pipeline.map((stage) => {
    const [entry, ...others] = isDoc(stage) ? Object.entries(stage) : []
    if (!entry || others.length > 0) throw requestFailed('A pipeline stage specification object must contain exactly one field')
    return { name: entry[0], spec: entry[1] }
  })
}

export function needStageDoc(name: string, spec: Value): Doc {
  if (!isDoc(spec)) throw requestFailed(`${name} specification must be an object, not ${typeName(spec)}`)
  return spec
}

export function needStagePath(name: string, value: Value | undefined): string {
  if (typeof value !== 'string' || value === '' || value.startsWith('$') || value.includes('\u0000'))
    throw requestFailed(`${name} must be a non-empty field path without '$'`)
  return value
}
