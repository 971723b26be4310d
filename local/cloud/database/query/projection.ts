import type { Env } from '../aggregate/env'
import { compileExpression } from '../aggregate/expression'
import type { Expression, Vars } from '../aggregate/operator'
import { requestFailed } from '../cloud-error'
import { isNumeric, toDouble, wholeNumber } from '../values/numbers'
import { fieldOf, hasField, isDoc, setField, type Doc, type Maybe, type Value } from '../values/value'
import type { Position } from '../values/path'
import { elementTest } from './match'

/** Shapes a document; `position` serves the positional `array.$`. */
export type Projection = (doc: Doc, vars: Vars, position?: Position) => Doc

type ArrayView = (list: Value[], position: Position | undefined) => Value[] | undefined
type Node = { kind: 'keep' } | { kind: 'drop' } | { kind: 'view'; view: ArrayView } | { kind: 'tree'; children: Map<string, Node> }
type Tree = Extract<Node, { kind: 'tree' }>

interface Computed {
  parts: string[]
  compute: Expression
}

interface Parsed {
  tree: Tree
  computed: Computed[]
  kept: string[]
  dropped: string[]
  /** Paths shaped by `$slice`: they neither include nor exclude the rest. */
  sliced: string[]
}

/** Which dialect: `find` knows `$slice`, `$elemMatch` and `array.$`; `project` is the stage. */
type Dialect = 'find' | 'project'

/** @throws CloudError DATABASE_REQUEST_FAILED for a mix of including and excluding, colliding paths, bad operators */
export function compileProjection(spec: Doc, env: Env, dialect: Dialect): Projection {
  const parsed: Parsed = { tree: newTree(), computed: [], kept: [], dropped: [], sliced: [] }
  for (const [path, value] of Object.entries(spec)) parseField(parsed, splitName(path, dialect), value, env, dialect)
  const { kept, dropped, computed } = parsed
  const others = dropped.filter((path) => path !== '_id')
  const inclusive =
    kept.some((path) => path !== '_id') || computed.some((c) => c.parts.join('.') !== '_id') || (kept.length > 0 && others.length === 0)
  if (inclusive && others.length > 0) throw requestFailed(`Cannot do exclusion on field ${others[0]} in inclusion projection`)
  if (inclusive && !dropped.includes('_id') && !parsed.tree.children.has('_id')) parsed.tree.children.set('_id', { kind: 'keep' })
  if (!inclusive && computed.length > 0) throw requestFailed('Cannot add a field in an exclusion projection')
  return (doc, vars, position) => {
    const shaped = (inclusive ? includeDoc(parsed.tree, doc, position) : excludeDoc(parsed.tree, doc, position)) as Doc
    return addComputed(shaped, doc, computed, vars)
  }
}

/** `$addFields`: everything stays, fields are computed onto it. */
export function compileAddFields(spec: Doc, env: Env): Projection {
  const parsed: Parsed = { tree: newTree(), computed: [], kept: [], dropped: [], sliced: [] }
  const visit = (parts: string[], value: Value): void => {
    if (isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$')) {
      for (const [name, inner] of Object.entries(value)) visit([...parts, ...splitName(name, 'project')], inner)
      return
    }
    place(parsed.tree, parts, { kind: 'keep' })
    parsed.computed.push({ parts, compute: compileExpression(value, env) })
  }
  for (const [path, value] of Object.entries(spec)) visit(splitName(path, 'project'), value)
  return (doc, vars) => addComputed(doc, doc, parsed.computed, vars)
}

/** Does the projection show the array element that the query found? */
export const isPositional = (spec: Doc): boolean => Object.keys(spec).some((path) => path.endsWith('.$'))

const newTree = (): Tree => ({ kind: 'tree', children: new Map() })

function splitName(path: string, dialect: Dialect): string[] {
  const parts = path.split('.')
  if (parts.includes('')) throw requestFailed('FieldPath field names may not be empty strings')
  const dollar = parts.findIndex((part) => part.startsWith('$'))
  if (dollar >= 0 && !(dialect === 'find' && path.endsWith('.$') && dollar === parts.length - 1)) {
    throw requestFailed(`FieldPath field names may not start with '$': ${path}`)
  }
  return parts
}

function parseField(parsed: Parsed, parts: string[], value: Value, env: Env, dialect: Dialect): void {
  const path = parts.join('.')
  if (parts.at(-1) === '$') {
    parsed.kept.push(path)
    place(parsed.tree, parts.slice(0, -1), {
      kind: 'view',
      view: (list, position) => list.slice(position?.index ?? 0, (position?.index ?? 0) + 1),
    })
    return
  }
  if (typeof value === 'boolean' || isNumeric(value)) {
    const keep = value === true || (isNumeric(value) && toDouble(value) !== 0)
    ;(keep ? parsed.kept : parsed.dropped).push(path)
    place(parsed.tree, parts, { kind: keep ? 'keep' : 'drop' })
    return
  }
  const view = dialect === 'find' && isDoc(value) ? arrayView(value, env) : undefined
  if (view) {
    ;(view.including ? parsed.kept : parsed.sliced).push(path)
    place(parsed.tree, parts, { kind: 'view', view: view.view })
    return
  }
  if (isDoc(value) && !Object.keys(value)[0]?.startsWith('$')) {
    if (Object.keys(value).length === 0) throw requestFailed('An empty sub-projection is not a valid value. Found empty object at path')
    for (const [name, inner] of Object.entries(value)) parseField(parsed, [...parts, ...splitName(name, dialect)], inner, env, dialect)
    return
  }
  const compute = compileExpression(value, env)
  parsed.computed.push({ parts, compute })
  place(parsed.tree, parts, { kind: 'drop' })
}

/** Puts a leaf into the tree; two leaves on one path, or one above the other, collide. */
function place(tree: Tree, parts: string[], node: Node): void {
  let at = tree
  parts.forEach((part, i) => {
    const known = at.children.get(part)
    const last = i === parts.length - 1
    if (known && (last || known.kind !== 'tree')) throw requestFailed(`Path collision at ${parts.join('.')}`)
    if (last) at.children.set(part, node)
    else if (known?.kind === 'tree') at = known
    else {
      const made = newTree()
      at.children.set(part, made)
      at = made
    }
  })
}

function arrayView(value: Doc, env: Env): { view: ArrayView; including: boolean } | undefined {
  if ('$slice' in value) return { view: sliceView(value.$slice), including: false }
  if (!('$elemMatch' in value)) return undefined
  if (!isDoc(value.$elemMatch)) throw requestFailed('elemMatch: Invalid argument, object required')
  const test = elementTest(value.$elemMatch, env)
  return {
    including: true,
    view: (list) => {
      const found = list.find(test)
      return found === undefined ? undefined : [found]
    },
  }
}

function sliceView(operand: Maybe): ArrayView {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map(wholeNumber)
  if (first === undefined || (Array.isArray(operand) && (operand.length !== 2 || second === undefined)))
    throw requestFailed('$slice needs a number, or an array of skip and limit')
  if (second === undefined) return (list) => (first >= 0 ? list.slice(0, first) : list.slice(first))
  if (second <= 0) throw requestFailed('$slice limit must be positive')
  return (list) => {
    const from = first >= 0 ? first : Math.max(0, list.length + first)
    return list.slice(from, from + second)
  }
}

function includeDoc(tree: Tree, value: Value, position: Position | undefined): Maybe {
  if (Array.isArray(value)) return value.map((item) => includeDoc(tree, item, position)).filter((item): item is Value => item !== undefined)
  if (!isDoc(value)) return undefined
  const out: Doc = {}
  for (const field of Object.keys(value)) {
    const node = tree.children.get(field)
    if (!node || node.kind === 'drop') continue
    const inner = value[field] as Value
    const shown =
      node.kind === 'keep' ? inner : node.kind === 'tree' ? includeDoc(node, inner, position) : viewed(node.view, inner, position)
    if (shown !== undefined) setField(out, field, shown)
  }
  return out
}

const viewed = (view: ArrayView, value: Value, position: Position | undefined): Maybe =>
  Array.isArray(value) ? view(value, position) : value

function excludeDoc(tree: Tree, value: Value, position: Position | undefined): Value {
  if (Array.isArray(value)) return value.map((item) => excludeDoc(tree, item, position))
  if (!isDoc(value)) return value
  const out: Doc = {}
  for (const field of Object.keys(value)) {
    const node = tree.children.get(field)
    const inner = value[field] as Value
    if (node?.kind === 'drop') continue
    const shown =
      !node || node.kind === 'keep' ? inner : node.kind === 'tree' ? excludeDoc(node, inner, position) : viewed(node.view, inner, position)
    if (shown !== undefined) setField(out, field, shown)
  }
  return out
}

function addComputed(shaped: Doc, input: Doc, computed: readonly Computed[], vars: Vars): Doc {
  let out = shaped
  for (const { parts, compute } of computed) {
    const value = compute(input, vars)
    out = assign(out, parts, 0, value) as Doc
  }
  return out
}

/** Sets a computed field; arrays on the way get it in each element, scalars give way to a document; missing values leave no trace. */
function assign(container: Maybe, parts: readonly string[], at: number, value: Maybe): Maybe {
  if (Array.isArray(container)) return container.map((item) => assign(item, parts, at, value) as Value)
  const doc = isDoc(container) ? container : {}
  const part = parts[at] as string
  const old = fieldOf(doc, part)
  const next = at === parts.length - 1 ? value : assign(old, parts, at + 1, value)
  const out: Doc = {}
  for (const key of Object.keys(doc)) {
    if (key !== part) setField(out, key, doc[key] as Value)
    else if (next !== undefined) setField(out, key, next)
  }
  if (next !== undefined && !hasField(doc, part)) setField(out, part, next)
  return out
}
