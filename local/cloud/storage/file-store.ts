/**
 * Uploaded files. Bytes lie in blobs of random names, what is known about a path in a shelf: putting the entry is the one step that
 * makes an upload visible, so a file is there whole or not at all, after `kill -9` too. No path of a user becomes a path on disk.
 */
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, openSync, readdirSync, type ReadStream, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ServiceError } from '../service-error'
import type { Shelf } from '../shelf'

export interface StoredFile {
  path: string
  blob: string
  /** Bytes. */
  size: number
  contentType: string
  /** OPENID of the client that uploaded it; absent for a function's or the console's upload. */
  owner?: string
  /** ms, moved time. */
  storedAt: number
}

/** Bytes of a file from `start` to `end`, both included. */
export interface Part {
  start: number
  end: number
}

/** Bytes above the limit after which an upload is broken off. */
const MAX_OVERRUN = 64 * 1024 * 1024

export class FileStore {
  constructor(
    private readonly directory: string,
    private readonly shelf: Shelf<StoredFile>,
    private readonly now: () => number,
  ) {
    mkdirSync(directory, { recursive: true })
    this.sweep()
  }

  find(path: string): StoredFile | undefined {
    return this.shelf.get(path)
  }

  /** Opened before it returns: whoever has begun to read reads to the end, even if the file is replaced or removed meanwhile. */
  open(file: StoredFile, part: Part = { start: 0, end: file.size - 1 }): ReadStream {
    const path = join(this.directory, file.blob)
    return createReadStream(path, { fd: openSync(path, 'r'), start: part.start, end: Math.max(part.end, 0) })
  }

  /** Stores a stream under a path, replacing what was there. Throws ServiceError STORAGE_FILE_TOO_LARGE above `limit` bytes. */
  async store(path: string, content: Readable, about: { contentType: string; owner?: string; limit: number }): Promise<StoredFile> {
    const blob = randomUUID()
    const half = join(this.directory, `${blob}.half`)
    let size = 0
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        // What is too much is still taken for a while and forgotten, so that the sender gets to read why it is refused.
        if (size > about.limit + MAX_OVERRUN) done(tooLarge(about.limit))
        else if (size > about.limit) done()
        else done(null, chunk)
      },
    })
    try {
      await pipeline(content, measure, createWriteStream(half))
      if (size > about.limit) throw tooLarge(about.limit)
    } catch (error) {
      rmSync(half, { force: true })
      throw error
    }
    renameSync(half, join(this.directory, blob))
    const { contentType, owner } = about
    const file: StoredFile = { path, blob, size, contentType, ...(owner === undefined ? {} : { owner }), storedAt: this.now() }
    this.replace(path, file)
    return file
  }

  /** Gives a second path the same content. The copy is the copier's, a function's: no client is its creator. */
  async copy(from: StoredFile, path: string): Promise<StoredFile> {
    return this.store(path, this.open(from), { contentType: from.contentType, owner: undefined, limit: Number.MAX_SAFE_INTEGER })
  }

  remove(path: string): boolean {
    const old = this.shelf.get(path)
    if (!old) return false
    this.shelf.delete(path)
    rmSync(join(this.directory, old.blob), { force: true })
    return true
  }

  private replace(path: string, file: StoredFile): void {
    const old = this.shelf.get(path)
    this.shelf.put(path, file)
    if (old) rmSync(join(this.directory, old.blob), { force: true })
  }

  /** Removes blobs that no entry names: uploads that a kill cut short. */
  private sweep(): void {
    const named = new Set(this.shelf.values().map((file) => file.blob))
    for (const name of readdirSync(this.directory)) if (!named.has(name)) rmSync(join(this.directory, name), { force: true })
  }
}

function tooLarge(limit: number): ServiceError {
  return new ServiceError('STORAGE_FILE_TOO_LARGE', `文件太大，最多 ${Math.floor(limit / 1024 / 1024)} MB`)
}
