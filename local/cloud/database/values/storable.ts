import { calculateObjectSize } from 'bson'
import { requestFailed } from '../cloud-error'
import { BSONRegExp, isDoc, typeName, type Doc, type Maybe, type Value } from './value'

/** Documents beyond this are refused; the SDK has the same figure. */
const MAX_DOCUMENT_BYTES = 512 * 1024
/** MongoDB's limit of nested documents and arrays. */
const MAX_LEVELS = 100

/** @throws CloudError DATABASE_REQUEST_FAILED for values that MongoDB does not store: `$` names, too deep nesting */
export function checkStorable(value: Value, path = '', level = 1): void {
  if (Array.isArray(value)) {
    if (level > MAX_LEVELS) throw tooDeep()
    for (let i = 0; i < value.length; i++) checkStorable(value[i] as Value, path, level + 1)
  } else if (isDoc(value)) {
    if (level > MAX_LEVELS) throw tooDeep()
    for (const field of Object.keys(value)) {
      if (field.charCodeAt(0) === 36 /* $ */ && !['$ref', '$id', '$db'].includes(field)) {
        throw requestFailed(`The dollar ($) prefixed field '${field}' in '${path}${field}' is not valid for storage`)
      }
      if (field.includes('\u0000')) throw requestFailed('Field names may not contain null bytes')
      checkStorable(value[field] as Value, `${path}${field}.`, level + 1)
    }
  }
}

const tooDeep = (): Error => requestFailed(`Document exceeds maximum nested object depth: ${MAX_LEVELS}`)

/** @param text the document's EJSON; only long ones are measured exactly, in BSON bytes */
export function checkSize(doc: Doc, text: string): void {
  if (text.length * 3 <= MAX_DOCUMENT_BYTES) return
  const size = calculateObjectSize(doc)
  if (size > MAX_DOCUMENT_BYTES) throw requestFailed(`Document is too large: ${size} bytes, at most ${MAX_DOCUMENT_BYTES} are allowed`)
}

/** An `_id` may be of any type but these. */
export function checkId(id: Maybe): void {
  if (id === undefined || Array.isArray(id) || id instanceof BSONRegExp)
    throw requestFailed(`The '_id' value cannot be of type ${typeName(id)}`)
}
