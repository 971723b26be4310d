/** The instances of one function: worker threads that take one call at a time, with the declared timeout and memory. */
import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { FunctionDeclaration } from '../declarations'
import { ServiceError } from '../service-error'
import type { FunctionOutcome, FunctionTask, InstanceData } from './worker'

/** A cold start has a limit of its own in the cloud, apart from the call's timeout. */
const COLD_START_MS = 60_000
/** Shorter than the server keeps a socket open: an instance that sleeps never wakes to a closed one. */
const IDLE_MS = 60_000
const YOUNG_MB = 64

export interface InstancesOptions {
  declaration: FunctionDeclaration
  workerFile: string
  environment: Record<string, string>
  instance: InstanceData
  concurrency: number
}

export class FunctionInstances {
  private readonly pool: Piscina<FunctionTask, FunctionOutcome>
  private free: number
  private readonly waiting: (() => void)[] = []
  private calls = 0
  private onIdle: (() => void) | undefined

  constructor(private readonly options: InstancesOptions) {
    this.free = options.concurrency
    this.pool = new Piscina({
      filename: options.workerFile,
      minThreads: 0,
      maxThreads: options.concurrency,
      concurrentTasksPerWorker: 1,
      idleTimeout: IDLE_MS,
      env: options.environment,
      workerData: options.instance,
      // Room for what is young: a call's documents are gone before they are moved, which takes a twentieth off every call.
      resourceLimits: { maxOldGenerationSizeMb: options.declaration.memorySize, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    // An instance may die of memory or of its own doing when it has no call (any more): that is its end, not the workplace's.
    this.pool.on('error', (error: unknown) => console.error(`云函数 ${options.declaration.name} 的一个实例退出了：`, error))
  }

  /** Runs one call. Throws ServiceError FUNCTIONS_TIME_LIMIT_EXCEEDED, FUNCTIONS_MEMORY_LIMIT_EXCEEDED or FUNCTIONS_EXECUTE_FAIL. */
  async run(task: Omit<FunctionTask, 'started'>): Promise<string> {
    this.calls++
    try {
      await this.takeInstance()
      return await this.runOnInstance(task)
    } finally {
      this.calls--
      if (this.calls === 0) this.onIdle?.()
    }
  }

  private async runOnInstance(task: Omit<FunctionTask, 'started'>): Promise<string> {
    const { port1, port2 } = new MessageChannel()
    const stop = new AbortController()
    // The limit counts from the moment the code is loaded: waiting for an instance is not the function's fault.
    let timer = setTimeout(() => stop.abort(), COLD_START_MS)
    port1.once('message', () => {
      clearTimeout(timer)
      timer = setTimeout(() => stop.abort(), this.options.declaration.timeout * 1000)
    })
    try {
      const outcome = await this.pool.run({ ...task, started: port2 }, { transferList: [port2], signal: stop.signal })
      if (!outcome.ok) throw new ServiceError('FUNCTIONS_EXECUTE_FAIL', outcome.message)
      return outcome.result
    } catch (error) {
      throw this.explain(error, stop.signal.aborted)
    } finally {
      clearTimeout(timer)
      port1.close()
      this.giveInstance()
    }
  }

  /** Lets the calls that it has taken finish, then ends. No new ones may come. */
  async retire(): Promise<void> {
    if (this.calls > 0) await new Promise<void>((resolve) => (this.onIdle = resolve))
    await this.close()
  }

  async close(): Promise<void> {
    await this.pool.destroy()
  }

  private explain(error: unknown, timedOut: boolean): ServiceError {
    if (error instanceof ServiceError) return error
    const { timeout } = this.options.declaration
    if (timedOut) return new ServiceError('FUNCTIONS_TIME_LIMIT_EXCEEDED', `Invoking task timed out after ${timeout} seconds`)
    const message = error instanceof Error ? error.message : String(error)
    const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    if (outOfMemory)
      return new ServiceError('FUNCTIONS_MEMORY_LIMIT_EXCEEDED', `Memory limit exceeded: ${this.options.declaration.memorySize} MB`)
    return new ServiceError('FUNCTIONS_EXECUTE_FAIL', message)
  }

  private async takeInstance(): Promise<void> {
    if (this.free > 0) this.free--
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  private giveInstance(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.free++
  }
}
