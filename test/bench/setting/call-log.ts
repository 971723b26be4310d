/** The line that a function logs for each call, read from the workplace's logs. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface CallLine {
  function: string
  action: string
  /** `OK`, or why it was refused. */
  code: string
  /** From entry to answer. */
  ms: number
  /** Database round trips until the order was written, parallel ones as one. */
  trips: number
  /** The same for the outbox that was worked off before the answer. */
  outboxTrips: number
  /** Database requests that the trips are made of. */
  requests: number
  outboxRequests: number
  /** Documents that lists gave. */
  listed: number
  /** Calls to WeChat, WeChat Pay and the file storage. */
  calls: number
}

const FIELDS: readonly (keyof CallLine)[] = ['function', 'action', 'code', 'ms', 'trips', 'outboxTrips', 'requests', 'outboxRequests', 'listed', 'calls']

function readLine(line: string): CallLine | null {
  const start = line.indexOf('{')
  if (start < 0 || !line.includes('"outboxTrips"')) return null
  const parsed = JSON.parse(line.slice(start)) as Record<string, unknown>
  return FIELDS.every((field) => field in parsed) ? (parsed as unknown as CallLine) : null
}

export class CallLog {
  private readonly offsets = new Map<string, number>()
  private readonly folder: string

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'logs')
  }

  /** The calls that were logged since the last time, by function and in their order. */
  take(): CallLine[] {
    if (!existsSync(this.folder)) return []
    const names = readdirSync(this.folder).filter((name) => name.endsWith('.log'))
    return names.flatMap((name) => this.added(join(this.folder, name)).flatMap((line) => readLine(line) ?? []))
  }

  private added(path: string): string[] {
    const from = this.offsets.get(path) ?? 0
    const to = statSync(path).size
    this.offsets.set(path, to)
    const bytes = Buffer.alloc(to - from)
    const file = openSync(path, 'r')
    try {
      readSync(file, bytes, 0, bytes.length, from)
    } finally {
      closeSync(file)
    }
    return bytes.toString('utf8').split('\n')
  }
}
