/** Runs the built functions as the cloud would: declared limits, identity from the platform alone, JSON in and out. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Cloudbaserc, FunctionDeclaration } from '../declarations'
import { ServiceError } from '../service-error'
import type { CallTokens } from './call-tokens'
import { type Caller, callEnvironment, ENV_ID, instanceEnvironment } from './environment'
import { FunctionInstances } from './instances'

/** Bytes of an event and of an answer (SCF, synchronous). */
const MAX_PAYLOAD = 6 * 1024 * 1024
/** Bytes of a log that is carried on at the next start. */
const MAX_LOG = 20 * 1024 * 1024

export interface RuntimeOptions {
  cloudbaserc: Cloudbaserc
  /** The folder with NAME/index.js. */
  functionRoot: string
  workerFile: string
  logDirectory: string
  clock: SharedArrayBuffer
  tokens: CallTokens
  /** Fills `{{env.NAME}}`. */
  variables: Record<string, string>
  appid: string
  adminUrl: string
  concurrency: number
  echoLogs: boolean
}

interface Running {
  instances: FunctionInstances
  /** Of the built file, in ms: a new build gets new instances. */
  builtAt: number
}

export class FunctionRuntime {
  private readonly running = new Map<string, Running>()
  private readonly declarations: Map<string, FunctionDeclaration>

  constructor(private readonly options: RuntimeOptions) {
    mkdirSync(options.logDirectory, { recursive: true })
    setLongLogsAside(options.logDirectory)
    this.declarations = new Map(options.cloudbaserc.functions.map((one) => [one.name, one]))
  }

  names(): string[] {
    return [...this.declarations.keys()]
  }

  /**
   * Runs a function and gives what it returned, as JSON text.
   * Throws ServiceError: FUNCTION_NOT_FOUND, FUNCTIONS_EXECUTE_FAIL (it threw), a limit, or EXCEED_MAX_PAYLOAD_SIZE.
   */
  async invoke(name: string, event: string, caller: Caller): Promise<string> {
    const declaration = this.declarations.get(name)
    if (!declaration) throw new ServiceError('FUNCTION_NOT_FOUND', `FunctionName parameter could not be found: ${name}`)
    refuseTooLarge(event, 'request')
    const requestId = randomUUID()
    const environment = callEnvironment(caller, this.options.appid, this.options.tokens.issue(name, requestId))
    const instances = this.instancesOf(declaration)
    const result = await instances.run({ event, environment, context: this.context(declaration, requestId, environment) })
    refuseTooLarge(result, 'response')
    return result
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ instances }) => instances.close()))
  }

  private instancesOf(declaration: FunctionDeclaration): FunctionInstances {
    const { functionRoot } = this.options
    const [file = 'index', exported = 'main'] = declaration.handler.split('.')
    const path = join(functionRoot, declaration.name, `${file}.js`)
    const builtAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (builtAt === undefined)
      throw new ServiceError('FUNCTION_NOT_FOUND', `Function ${declaration.name} is declared but not built: ${path}`)
    const known = this.running.get(declaration.name)
    if (known?.builtAt === builtAt) return known.instances
    // Deployed anew: calls that run finish on the old code, as in the cloud.
    void known?.instances.retire()
    const instances = this.startInstances(declaration, path, exported)
    this.running.set(declaration.name, { instances, builtAt })
    return instances
  }

  private startInstances(declaration: FunctionDeclaration, file: string, exported: string): FunctionInstances {
    const { options } = this
    const logFile = join(options.logDirectory, `${declaration.name}.log`)
    return new FunctionInstances({
      declaration,
      workerFile: options.workerFile,
      environment: instanceEnvironment(declaration, options.adminUrl, options.variables),
      instance: { clock: options.clock, file, exported, logFile, echo: options.echoLogs },
      concurrency: options.concurrency,
    })
  }

  /** SCF's second argument. `environment` and `environ` hold what the SDK's init({ context }) reads. */
  private context(declaration: FunctionDeclaration, requestId: string, call: Record<string, string>): Record<string, unknown> {
    return {
      request_id: requestId,
      function_name: declaration.name,
      function_version: '$LATEST',
      namespace: ENV_ID,
      memory_limit_in_mb: declaration.memorySize,
      time_limit_in_ms: declaration.timeout * 1000,
      environ: Object.entries(call)
        .map(([key, value]) => `${key}=${value}`)
        .join(';'),
      environment: JSON.stringify(call),
      tencentcloud_region: 'ap-shanghai',
    }
  }
}

function refuseTooLarge(json: string, what: 'request' | 'response'): void {
  if (Buffer.byteLength(json) > MAX_PAYLOAD) throw new ServiceError('EXCEED_MAX_PAYLOAD_SIZE', `The ${what} is larger than 6 MB`)
}

/** At the start: a workplace that is used for months keeps the log before the present one and no more. */
function setLongLogsAside(directory: string): void {
  for (const name of readdirSync(directory).filter((one) => one.endsWith('.log'))) {
    const path = join(directory, name)
    if (statSync(path).size > MAX_LOG) renameSync(path, `${path}.old`)
  }
}
