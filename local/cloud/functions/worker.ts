/**
 * One worker thread = one function instance. Between calls the thread is stopped (piscina waits on a lock), as the cloud freezes an
 * instance: what a function leaves running after its answer does not run until the next call, if ever.
 */
import { appendFileSync } from 'node:fs'
import { Console } from 'node:console'
import { createRequire } from 'node:module'
import { Writable } from 'node:stream'
import { type MessagePort, workerData } from 'node:worker_threads'
import { installMovedDate } from './moved-date'

/** What an instance gets once. */
export interface InstanceData {
  clock: SharedArrayBuffer
  /** The function's index.js. */
  file: string
  /** The exported name, such as `main`. */
  exported: string
  logFile: string
  /** Print what the function prints to stderr as well. */
  echo: boolean
}

/** What an instance gets with each call. */
export interface FunctionTask {
  /** The event as JSON. */
  event: string
  context: Record<string, unknown>
  /** Variables of this call alone: identity, source, token. */
  environment: Record<string, string>
  /** Told when the code is loaded and the call's time starts to count. */
  started: MessagePort
}

export type FunctionOutcome = { ok: true; result: string } | { ok: false; message: string; stack: string }

type Handler = (event: unknown, context: unknown) => unknown

const instance = workerData as InstanceData
let requestId = '-'
let handler: Handler | undefined
let previousKeys: string[] = []

installMovedDate(instance.clock)
// A plain object: the thread's own asks its store for each name, and the SDK asks for some twenty with every request.
process.env = { ...process.env }
process.setSourceMapsEnabled(true)
captureConsole()

export default async function run(task: FunctionTask): Promise<FunctionOutcome> {
  for (const key of previousKeys) delete process.env[key]
  previousKeys = Object.keys(task.environment)
  Object.assign(process.env, task.environment)
  requestId = String(task.context.request_id)
  try {
    handler ??= load()
    task.started.postMessage('started')
    const result: unknown = await handler(JSON.parse(task.event), task.context)
    // A rejection that nobody caught ends the instance now, in the call that made it, and not in the next one's.
    await new Promise(setImmediate)
    return { ok: true, result: JSON.stringify(result) ?? 'null' }
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(describe(error))
    console.error(failure.stack)
    return {
      ok: false,
      message: error instanceof Error ? `${failure.name}: ${failure.message}` : failure.message,
      stack: failure.stack ?? '',
    }
  }
}

/** A thrown value that is no Error, as text. */
function describe(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown
  try {
    return JSON.stringify(thrown) ?? String(thrown)
  } catch {
    return String(thrown)
  }
}

function load(): Handler {
  const loaded = createRequire(instance.file)(instance.file) as Record<string, unknown>
  const found = loaded[instance.exported]
  if (typeof found !== 'function') throw new Error(`${instance.file} exports no function ${instance.exported}`)
  return found as Handler
}

function captureConsole(): void {
  const sink = (level: string): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        // Written in place, not through a stream of the main thread: a thread that is stopped or killed loses nothing.
        const line = `${new Date().toISOString()} ${requestId} ${level} ${chunk.endsWith('\n') ? chunk : `${chunk}\n`}`
        appendFileSync(instance.logFile, line)
        if (instance.echo) process.stderr.write(line)
        done()
      },
    })
  const stdout = sink('INFO')
  const stderr = sink('ERROR')
  globalThis.console = Object.assign(new Console({ stdout, stderr }), { Console })
}
