/**
 * What is declared once and used twice, by the deployment and by the local workplace: functions with their limits, variables and timers
 * (`cloudbaserc.json`); collections, indexes, security rules, HTTP paths, openapi permissions and message templates
 * (`cloudbase/resources.json`).
 */
import { readFileSync } from 'node:fs'
import * as z from 'zod'

const functionName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, 'starts with a letter, then letters, digits, - and _')

const timerTrigger = z.strictObject({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/),
  type: z.literal('timer'),
  /** Seven fields: second minute hour day month weekday year, read as Beijing time. */
  config: z
    .string()
    .refine((text) => text.trim().split(/\s+/).length === 7, 'needs seven fields: second minute hour day month weekday year'),
})

const functionDeclaration = z.strictObject({
  name: functionName,
  /** Seconds. */
  timeout: z.int().min(1).max(900),
  /** MB. */
  memorySize: z.int().min(64).max(3072),
  runtime: z.string(),
  handler: z.string().regex(/^[\w-]+\.[\w$]+$/, 'is file.export, such as index.main'),
  installDependency: z.boolean(),
  ignore: z.array(z.string()).default([]),
  envVariables: z.record(z.string(), z.string()).default({}),
  /** WeChat allows one trigger a function. */
  triggers: z.array(timerTrigger).max(1).default([]),
})

const cloudbaserc = z.strictObject({
  version: z.literal('2.0'),
  envId: z.string(),
  functionRoot: z.string(),
  functions: z
    .array(functionDeclaration)
    .refine((list) => new Set(list.map((one) => one.name)).size === list.length, 'two functions share a name'),
})

const direction = z.union([z.literal(1), z.literal(-1), z.literal('2dsphere')])
const index = z.strictObject({
  name: z.string().min(1),
  keys: z
    .array(z.strictObject({ field: z.string().min(1), direction }))
    .min(1)
    .max(31),
  unique: z.boolean().optional(),
})
const collection = z.strictObject({
  name: z.string().regex(/^[A-Za-z][\w-]{0,31}$/),
  /** Clients reach no collection directly: everything goes through functions (facts: security rules). */
  rule: z.literal('ADMINONLY'),
  indexes: z.array(index).max(64),
})

const invokeRule = z.strictObject({ invoke: z.union([z.boolean(), z.literal('auth != null')]) })
const fileRule = z.union([z.boolean(), z.literal('auth != null'), z.literal('resource.openid == auth.openid')])

const subscribeTemplate = z.strictObject({
  /** How our code calls it. */
  name: z.string().regex(/^[a-z][\w-]*$/i),
  title: z.string().min(1).max(20),
  /** Keys as WeChat's template library numbers them: the type of a value is its key without the digits. */
  fields: z.array(z.strictObject({ key: z.string().regex(/^[a-z_]+\d+$/), label: z.string() })).min(1),
})

const resources = z.strictObject({
  collections: z
    .array(collection)
    .refine((list) => new Set(list.map((one) => one.name)).size === list.length, 'two collections share a name'),
  functionRules: z.record(z.string(), invokeRule).refine((rules) => '*' in rules, 'the key "*" is compulsory'),
  storageRule: z.strictObject({ read: fileRule, write: fileRule }),
  httpAccess: z.array(z.strictObject({ path: z.string().regex(/^\/[\w/-]*$/), function: functionName })),
  openapi: z.record(functionName, z.array(z.string())),
  subscribeTemplates: z.array(subscribeTemplate).default([]),
})

export type FunctionDeclaration = z.infer<typeof functionDeclaration>
export type Cloudbaserc = z.infer<typeof cloudbaserc>
export type InvokeRule = z.infer<typeof invokeRule>
export type FileRule = z.infer<typeof fileRule>
export type SubscribeTemplate = z.infer<typeof subscribeTemplate>
export type Resources = z.infer<typeof resources>

/** Thrown when a declaration cannot be read; the message names the file and every wrong place in it. */
export class DeclarationError extends Error {
  override name = 'DeclarationError'
}

/** Reads and checks a `cloudbaserc.json`. Throws DeclarationError. */
export function readCloudbaserc(path: string): Cloudbaserc {
  return read(path, cloudbaserc)
}

/** Reads and checks a `cloudbase/resources.json`. Throws DeclarationError. */
export function readResources(path: string): Resources {
  return read(path, resources)
}

function read<Shape>(path: string, shape: z.ZodType<Shape>): Shape {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new DeclarationError(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = shape.safeParse(json)
  if (!parsed.success) throw new DeclarationError(`${path} is not valid:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/**
 * Fills `{{env.NAME}}` in a text, as CloudBase's CLI does.
 * Throws DeclarationError naming the first variable that is not set.
 */
export function fillPlaceholders(text: string, variables: Record<string, string>): string {
  return text.replace(/\{\{env\.(\w+)\}\}/g, (_whole, name: string) => {
    const value = variables[name]
    if (value === undefined) throw new DeclarationError(`The variable ${name} is used in cloudbaserc.json and not set`)
    return value
  })
}
