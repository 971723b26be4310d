/**
 * Small things that the workplace must not forget (messages, payments, file owners, credits): named shelves in one LMDB file.
 * A put is on disk, whole, before it returns: `kill -9` loses nothing that was acknowledged. The database of the functions is apart.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { open, type RootDatabase } from 'lmdb'

type Key = string | number

export class Shelf<Value> {
  constructor(
    private readonly table: ReturnType<RootDatabase['openDB']>,
    private readonly transact: <Result>(work: () => Result) => Result,
  ) {}

  get(key: Key): Value | undefined {
    return this.table.get(key) as Value | undefined
  }

  put(key: Key, value: Value): void {
    this.table.putSync(key, value)
  }

  delete(key: Key): void {
    this.table.removeSync(key)
  }

  /** All values by key, ascending. */
  values(): Value[] {
    return [...this.table.getRange({})].map(({ value }) => value as Value)
  }

  entries(): [Key, Value][] {
    return [...this.table.getRange({})].map(({ key, value }) => [key as Key, value as Value])
  }

  /** The last values by key, newest first. */
  newest(limit: number): Value[] {
    return [...this.table.getRange({ reverse: true, limit })].map(({ value }) => value as Value)
  }

  /** The greatest key, for shelves that are numbered. */
  lastNumber(): number {
    for (const key of this.table.getKeys({ reverse: true, limit: 1 })) return Number(key)
    return 0
  }

  /** All puts within, on any shelf of the same file, are kept together or not at all. */
  together<Result>(work: () => Result): Result {
    return this.transact(work)
  }
}

export class Shelves {
  private readonly root: RootDatabase

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true })
    // Written through the page cache: whole after the process dies at any moment, which is what the workplace promises.
    this.root = open({ path, noSync: true, maxDbs: 32 })
  }

  open<Value>(name: string): Shelf<Value> {
    return new Shelf<Value>(this.root.openDB({ name, encoding: 'json' }), (work) => this.root.transactionSync(work))
  }

  async close(): Promise<void> {
    await this.root.close()
  }
}
