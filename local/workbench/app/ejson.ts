/** Reads documents as `GET /__db/…` tells them (relaxed EJSON): dates become `Date`, numbers stay numbers, ids become text. */

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const decodeDate = (date: unknown): Date =>
  new Date(isRecord(date) ? Number(date.$numberLong) : typeof date === 'number' ? date : String(date))

export function decodeEjson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeEjson)
  if (!isRecord(value)) return value
  if ('$date' in value) return decodeDate(value.$date)
  for (const wrapper of ['$numberLong', '$numberInt', '$numberDouble', '$numberDecimal'])
    if (wrapper in value) return Number(value[wrapper])
  if ('$oid' in value) return String(value.$oid)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, decodeEjson(inner)]))
}
