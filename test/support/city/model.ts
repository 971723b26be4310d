/**
 * A city as the service standard wants it (R05–R10, R12, R13, R15, R17, R19, R42, R45, R47, R50, R52, R55), in as few words as will do: who may be asked and who has what, which calls and visits are late, what staff must
 * hear of. It shares nothing with the product but the figures; `commands.ts` lets both live the same life and compares them after each step. This is all that people can do in it, each with the answer that
 * they should read.
 */
import * as calling from './calling'
import * as changing from './changing'
import * as crew from './crew'
import * as door from './door'
import type { Code } from './job'
import * as money from './money'
import * as parts from './parts'
import * as searching from './searching'
import type { Town } from './town'
import * as working from './working'

const { file: _told, ...deciding } = searching
const { noteLateNotice: _rule, ...changes } = changing
export const ACTS = { ...deciding, ...calling, ...changes, ...crew, ...door, ...money, ...parts, ...working }

export type Acts = typeof ACTS
export type ActName = keyof Acts
type Behind<Act> = Act extends (town: Town, ...rest: infer Rest) => Code ? Rest : never
/** What an act is told: who, which order, when. */
export type Told<Name extends ActName> = Behind<Acts[Name]>
