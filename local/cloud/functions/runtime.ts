/** Runs the built functions as the cloud would: declared limits, identity from the platform alone, JSON in and out. */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Cloudbaserc, FunctionDeclaration } from '../declarations'
import { ServiceError } from '../service-error'
import type { CallTokens } from './call-tokens'
import { type Caller, callEnvironment, ENV_ID, instanceEnvironment } from './environment'
import { FunctionInstances } from './instances'

/** Bytes of an event and of an answer (SCF, synchronous). */
const MAX_PAYLOAD = 6 * 1024 * 1024

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

export class FunctionRuntime {
  private readonly instances = new Map<string, FunctionInstances>()
  private readonly declarations: Map<string, FunctionDeclaration>

  constructor(private readonly options: RuntimeOptions) {
    mkdirSync(options.logDirectory, { recursive: true })
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
    await Promise.all([...this.instances.values()].map((one) => one.close()))
  }

  private instancesOf(declaration: FunctionDeclaration): FunctionInstances {
    const known = this.instances.get(declaration.name)
    if (known) return known
    const { options } = this
    const [file = 'index', exported = 'main'] = declaration.handler.split('.')
    const path = join(options.functionRoot, declaration.name, `${file}.js`)
    if (!existsSync(path)) throw new ServiceError('FUNCTION_NOT_FOUND', `Function ${declaration.name} is declared but not built: ${path}`)
    const made = new FunctionInstances({
      declaration,
      workerFile: options.workerFile,
      environment: instanceEnvironment(declaration, options.adminUrl, options.variables),
      instance: {
        clock: options.clock,
        file: path,
        exported,
        logFile: join(options.logDirectory, `${declaration.name}.log`),
        echo: options.echoLogs,
      },
      concurrency: options.concurrency,
    })
    this.instances.set(declaration.name, made)
    return made
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
