/** wx.getFileSystemManager: the parts that keep photos and drafts. */
import { extensionOf } from '../chrome/file-chooser'
import type { Phone } from '../phone'
import { USER_DATA_PATH } from '../files'
import { api } from './api'

type Data = string | ArrayBuffer

const toBase64 = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}

const toBlob = (data: Data, encoding: string | undefined): Blob => {
  if (typeof data !== 'string') return new Blob([data])
  if (encoding !== 'base64') return new Blob([data])
  return new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))])
}

const TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  mp4: 'video/mp4',
  json: 'application/json',
  txt: 'text/plain',
}
const typed = (blob: Blob, path: string): Blob =>
  blob.type === '' ? new Blob([blob], { type: TYPES[path.split('.').pop() ?? ''] ?? '' }) : blob

export function fileSystemApis({ files }: Phone): Record<string, unknown> {
  const manager = {
    saveFile: api<{ tempFilePath: string; filePath?: string }>('saveFile', async ({ tempFilePath, filePath }) => {
      const blob = await files.read(tempFilePath)
      return { savedFilePath: await files.keep(blob, extensionOf(blob), filePath) }
    }),
    removeSavedFile: api<{ filePath: string }>('removeSavedFile', async ({ filePath }) => {
      if (!(await files.remove(filePath))) throw new Error('file not exist')
    }),
    getSavedFileList: api('getSavedFileList', () => ({
      fileList: files.list().map(({ path, size, createTime }) => ({ filePath: path, size, createTime })),
    })),
    getFileInfo: api<{ filePath: string }>('getFileInfo', async ({ filePath }) => ({ size: (await files.read(filePath)).size })),
    access: api<{ path: string }>('access', ({ path }) => {
      if (!files.has(path)) throw new Error(`no such file or directory, access '${path}'`)
    }),
    accessSync: (path: string) => {
      if (!files.has(path)) throw new Error(`accessSync:fail no such file or directory, access '${path}'`)
    },
    readFile: api<{ filePath: string; encoding?: string }>('readFile', async ({ filePath, encoding }) => {
      const blob = await files.read(filePath)
      return { data: encoding === 'base64' ? await toBase64(blob) : encoding === undefined ? await blob.arrayBuffer() : await blob.text() }
    }),
    writeFile: api<{ filePath: string; data: Data; encoding?: string }>('writeFile', async ({ filePath, data, encoding }) => {
      await files.write(filePath, typed(toBlob(data, encoding), filePath))
    }),
    copyFile: api<{ srcPath: string; destPath: string }>('copyFile', async ({ srcPath, destPath }) => {
      await files.write(destPath, await files.read(srcPath))
    }),
    unlink: api<{ filePath: string }>('unlink', async ({ filePath }) => {
      if (!(await files.remove(filePath))) throw new Error(`no such file or directory, unlink '${filePath}'`)
    }),
    stat: api<{ path: string }>('stat', async ({ path }) => {
      const { size } = await files.read(path)
      return { stats: { size, isFile: () => true, isDirectory: () => false } }
    }),
  }
  return { getFileSystemManager: () => manager, env: { USER_DATA_PATH }, saveFile: manager.saveFile, getFileInfo: manager.getFileInfo }
}
