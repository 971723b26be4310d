import type * as z from 'zod'

/** The part of JSON Schema that our inputs need. */
export interface InputSchema {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'
  /** What people call it, where its key alone would mislead. */
  title?: string
  /** What is allowed, in plain words. */
  description?: string
  default?: unknown
  properties?: Record<string, InputSchema>
  required?: string[]
  additionalProperties?: false | InputSchema
  items?: InputSchema
  anyOf?: InputSchema[]
  enum?: readonly unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
}

/**
 * What people may send, as JSON Schema for `help`: of the kinds that our inputs are made of. zod's own writer does all that there is, for 20 KB in each function; a test holds
 * this one to it.
 * @throws Error for a kind that no input has had so far.
 */
export const inputSchema = (schema: z.core.$ZodType): InputSchema => {
  const { title, description } = (schema as z.ZodType).meta() ?? {}
  return { ...bare(schema), ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) }
}

const bare = (schema: z.core.$ZodType): InputSchema => {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return objectSchema(def)
    case 'array':
      return { ...limits(def, 'Items'), type: 'array', items: inputSchema(def.element) }
    case 'string':
      return { type: 'string', ...limits(def, 'Length'), ...formatOf(def) }
    case 'number':
      return { type: 'format' in def ? 'integer' : 'number', ...rangeOf(def) }
    case 'boolean':
    case 'null':
      return { type: def.type }
    case 'enum':
      return { type: 'string', enum: Object.values(def.entries) }
    case 'literal':
      return { type: typeof def.values[0] as 'string' | 'number' | 'boolean', const: def.values[0] }
    case 'union':
      return { anyOf: def.options.map(inputSchema) }
    case 'nullable':
      return { anyOf: [inputSchema(def.innerType), { type: 'null' }] }
    case 'optional':
      return inputSchema(def.innerType)
    case 'default':
      return { default: def.defaultValue, ...inputSchema(def.innerType) }
    case 'pipe':
      return inputSchema(def.in)
    case 'record':
      return { type: 'object', additionalProperties: inputSchema(def.valueType) }
    case 'unknown':
      return {}
    default:
      throw new Error(`help cannot write a ${def.type}`)
  }
}

const objectSchema = ({ shape, catchall }: z.core.$ZodObjectDef): InputSchema => {
  const fields = Object.entries(shape)
  const required = fields.flatMap(([name, field]) => (field._zod.optin === undefined ? [name] : []))
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, inputSchema(field)])),
    ...(required.length > 0 ? { required } : {}),
    ...(catchall ? { additionalProperties: false as const } : {}),
  }
}

/** A check as its definition says it: which, and its figure or pattern. */
interface Check {
  check: string
  value?: number
  minimum?: number
  maximum?: number
  inclusive?: boolean
  format?: string
  pattern?: RegExp
}

/** A schema with a format of its own is its own first check. */
const checksOf = (def: z.core.$ZodTypeDef & { checks?: readonly z.core.$ZodCheck<never>[] | undefined }): Check[] => [
  ...('check' in def ? [def as unknown as Check] : []),
  ...(def.checks ?? []).map((each) => each._zod.def as unknown as Check),
]

const limits = (def: z.core.$ZodTypeDef, of: 'Items' | 'Length'): InputSchema => {
  const checks = checksOf(def)
  const least = checks.find(({ check }) => check === 'min_length')?.minimum
  const most = checks.find(({ check }) => check === 'max_length')?.maximum
  return { ...(least === undefined ? {} : { [`min${of}`]: least }), ...(most === undefined ? {} : { [`max${of}`]: most }) }
}

const formatOf = (def: z.core.$ZodTypeDef): InputSchema => {
  const found = checksOf(def).find(({ check }) => check === 'string_format')
  if (!found?.pattern) return {}
  return { ...(found.format === 'datetime' ? { format: 'date-time' } : {}), pattern: found.pattern.source }
}

const rangeOf = (def: z.core.$ZodTypeDef): InputSchema => {
  const range: InputSchema = {}
  for (const { check, value, inclusive } of checksOf(def)) {
    if (check === 'greater_than') range[inclusive ? 'minimum' : 'exclusiveMinimum'] = value as number
    if (check === 'less_than') range.maximum = value as number
  }
  return range
}
