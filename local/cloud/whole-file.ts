import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a small file so that a reader, or a start after `kill -9`, finds the old content or the new one, never half. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  const half = `${path}.${process.pid}.half`
  writeFileSync(half, content)
  renameSync(half, path)
}
