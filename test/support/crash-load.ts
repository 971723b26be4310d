import type { DatabaseProcess } from './start-database'

/**
 * A load of writes whose every effect can be recognised afterwards, while the process that serves them is killed at any moment.
 *
 * - single: counter documents, raised by one; acknowledged raises must be there, at most one unacknowledged may be.
 * - multi: a group of documents that always carry the same stamp, stamped anew by one update.
 * - batches: documents added many at once: all of a batch or none.
 * - transfers: transactions between two collections; the sum over both never changes.
 */
export class CrashLoad {
  static readonly collections = ['counters', 'stamped', 'batches', 'left', 'right'].map((name) => ({
    name,
    indexes: name === 'batches' ? [{ name: 'batch', keys: [{ field: 'batch', direction: 1 as const }] }] : [],
  }))
  static readonly GROUP = 20
  static readonly BATCH = 10
  static readonly TOTAL = 1000

  /** What has been acknowledged, over all lives of the process. */
  readonly acknowledged = { single: 0, stamp: 0, batches: new Set<string>(), transferred: 0 }
  private sent = { single: 0, stamp: 0, batch: 0 }

  async prepare(server: DatabaseProcess): Promise<void> {
    await this.send(server, 'database.insertDocument', { collectionName: 'counters', data: ['{"_id":"n","n":{"$numberInt":"0"}}'] })
    const group = Array.from({ length: CrashLoad.GROUP }, (_, i) => `{"_id":"s${i}","stamp":{"$numberInt":"0"}}`)
    await this.send(server, 'database.insertDocument', { collectionName: 'stamped', data: group })
    for (const collectionName of ['left', 'right']) {
      await this.send(server, 'database.insertDocument', {
        collectionName,
        data: [`{"_id":"purse","money":{"$numberInt":"${CrashLoad.TOTAL / 2}"}}`],
      })
    }
  }

  /** Writes from four sides at once until the process is gone. */
  async run(server: DatabaseProcess): Promise<void> {
    const rounds = [this.raise, this.stamp, this.addBatch, this.transfer].map(async (round) => {
      for (;;) await round.call(this, server)
    })
    await Promise.all(rounds.map((round) => round.catch(() => undefined)))
  }

  /** How many writes have been acknowledged so far. */
  progress(): number {
    const { single, stamp, batches, transferred } = this.acknowledged
    return single + stamp + batches.size + transferred
  }

  /** @returns what is wrong with what the restarted process holds; empty = whole */
  async damage(server: DatabaseProcess): Promise<string[]> {
    const wrong: string[] = []
    const [counter] = await this.find(server, 'counters')
    const n = Number(counter?.n)
    if (n < this.acknowledged.single || n > this.sent.single)
      wrong.push(`counter ${n}, acknowledged ${this.acknowledged.single}, sent ${this.sent.single}`)
    const stamps = new Set((await this.find(server, 'stamped')).map((doc) => Number(doc.stamp)))
    const [stamp = NaN] = stamps
    if (stamps.size !== 1 || stamp < this.acknowledged.stamp || stamp > this.sent.stamp)
      wrong.push(`stamps ${[...stamps].join()} acknowledged ${this.acknowledged.stamp}, sent ${this.sent.stamp}`)
    const sizes = new Map<string, number>()
    for (const doc of await this.find(server, 'batches')) sizes.set(String(doc.batch), (sizes.get(String(doc.batch)) ?? 0) + 1)
    for (const [batch, size] of sizes) if (size !== CrashLoad.BATCH) wrong.push(`batch ${batch} has ${size} documents`)
    for (const batch of this.acknowledged.batches) if (!sizes.has(batch)) wrong.push(`batch ${batch} is gone`)
    const [left] = await this.find(server, 'left')
    const [right] = await this.find(server, 'right')
    const total = Number(left?.money) + Number(right?.money)
    if (total !== CrashLoad.TOTAL) wrong.push(`money ${total}`)
    const moved = Number(right?.money) - CrashLoad.TOTAL / 2
    if (moved < this.acknowledged.transferred || moved > this.acknowledged.transferred + 1)
      wrong.push(`transferred ${moved}, acknowledged ${this.acknowledged.transferred}`)
    // From here on the truth is what survived: an unacknowledged write may count or not, but only now.
    this.acknowledged.single = this.sent.single = n
    this.acknowledged.stamp = this.sent.stamp = stamp
    this.acknowledged.transferred = moved
    return wrong
  }

  private async raise(server: DatabaseProcess): Promise<void> {
    this.sent.single++
    await this.modify(server, 'counters', '{"_id":"n"}', '{"$inc":{"n":{"$numberInt":"1"}}}')
    this.acknowledged.single++
  }

  private async stamp(server: DatabaseProcess): Promise<void> {
    const next = ++this.sent.stamp
    await this.modify(server, 'stamped', '{}', `{"$set":{"stamp":{"$numberInt":"${next}"},"filler":"${'x'.repeat(300)}"}}`, true)
    this.acknowledged.stamp = next
  }

  private async addBatch(server: DatabaseProcess): Promise<void> {
    const batch = `b${++this.sent.batch}`
    const data = Array.from({ length: CrashLoad.BATCH }, (_, i) => `{"_id":"${batch}-${i}","batch":"${batch}"}`)
    await this.send(server, 'database.insertDocument', { collectionName: 'batches', data })
    this.acknowledged.batches.add(batch)
  }

  private async transfer(server: DatabaseProcess): Promise<void> {
    const { transactionId } = await this.send(server, 'database.startTransaction', {})
    await this.modify(server, 'left', '{"_id":"purse"}', '{"$inc":{"money":{"$numberInt":"-1"}}}', false, transactionId)
    await this.modify(server, 'right', '{"_id":"purse"}', '{"$inc":{"money":{"$numberInt":"1"}}}', false, transactionId)
    await this.send(server, 'database.commitTransaction', { transactionId })
    this.acknowledged.transferred++
  }

  private modify(
    server: DatabaseProcess,
    collectionName: string,
    query: string,
    data: string,
    multi = false,
    transactionId?: unknown,
  ): Promise<unknown> {
    return this.send(server, 'database.modifyDocument', {
      collectionName,
      query,
      data,
      multi,
      merge: true,
      upsert: false,
      queryType: 'WHERE',
      transactionId,
    })
  }

  private async send(server: DatabaseProcess, action: string, body: object): Promise<Record<string, unknown>> {
    const answer = await server.send({ action, ...body })
    if (answer.code) throw new Error(`${action}: ${answer.code} ${String(answer.message)}`)
    return answer
  }

  private async find(server: DatabaseProcess, collection: string): Promise<Record<string, unknown>[]> {
    return (await server.send({ collection }, '/find')) as unknown as Record<string, unknown>[]
  }
}

/** Kills the database under load again and again, each time after so many acknowledged writes, and starts it on the same files. */
export async function crashRepeatedly(
  start: (path?: string) => Promise<DatabaseProcess>,
  lives: number,
  writes: (life: number) => number,
): Promise<{ load: CrashLoad; damage: string[] }> {
  const load = new CrashLoad()
  const damage: string[] = []
  let server = await start()
  const { path } = server
  await load.prepare(server)
  for (let life = 1; life <= lives; life++) {
    let stopped = false
    const running = load.run(server).then(() => (stopped = true))
    const enough = load.progress() + writes(life)
    // Asking along with the load, so that the kill falls between any two of its steps.
    while (!stopped && load.progress() < enough) await server.send({ action: 'none' })
    for (let i = 0; i < life % 3; i++) await server.send({ action: 'none' })
    await server.kill()
    await running
    server = await start(path)
    damage.push(...(await load.damage(server)).map((each) => `life ${life}: ${each}`))
  }
  await server.stop()
  return { load, damage }
}
