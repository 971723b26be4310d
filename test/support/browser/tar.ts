/** The little of the tar format that the browser's archives use: directories, files and symbolic links with ustar headers. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const BLOCK = 512
const text = (block: Buffer, start: number, length: number): string => block.toString('utf8', start, start + length).replace(/\0.*$/s, '')
const octal = (block: Buffer, start: number, length: number): number => parseInt(text(block, start, length).trim() || '0', 8)

/**
 * Unpacks a tar archive into a folder.
 * @throws Error when an entry would land outside of the folder or is of a kind that is not expected here
 */
export function unpackTar(archive: Buffer, folder: string): void {
  let offset = 0
  while (offset + BLOCK <= archive.length) {
    const header = archive.subarray(offset, offset + BLOCK)
    offset += BLOCK
    const name = join(text(header, 345, 155), text(header, 0, 100))
    if (header.every((byte) => byte === 0)) return
    if (normalize(name).startsWith('..')) throw new Error(`tar: "${name}" leaves the folder`)
    const target = join(folder, name)
    const size = octal(header, 124, 12)
    const kind = String.fromCharCode(header[156] ?? 0)
    if (kind === '5') mkdirSync(target, { recursive: true })
    else if (kind === '0' || kind === '\0') {
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, archive.subarray(offset, offset + size), { mode: octal(header, 100, 8) & 0o777 })
    } else if (kind === '2') {
      mkdirSync(dirname(target), { recursive: true })
      symlinkSync(text(header, 157, 100), target)
    } else throw new Error(`tar: "${name}" is of the unexpected kind "${kind}"`)
    offset += Math.ceil(size / BLOCK) * BLOCK
  }
}
