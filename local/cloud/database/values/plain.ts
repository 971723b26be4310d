import { isNumeric, toDouble } from './numbers'
import { isDoc, ObjectId, setField, type Doc, type Value } from './value'

/** Values as an onlooker's JSON wants them: numbers plain, ObjectIds as hex, dates kept. */
export function plain(value: Value): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (isDoc(value)) {
    const out: Doc = {}
    for (const [field, inner] of Object.entries(value)) setField(out, field, plain(inner) as Value)
    return out
  }
  if (isNumeric(value)) return toDouble(value)
  return value instanceof ObjectId ? value.toHexString() : value
}
