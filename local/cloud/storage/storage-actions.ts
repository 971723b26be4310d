/** The `storage.*` actions of the SDK protocol. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { AdminAction } from '../admin'
import { ServiceError } from '../service-error'
import { fileIdOf, pathOfFileId, pathProblem } from './cloud-path'
import type { FileStore } from './file-store'
import type { StorageLinks } from './storage-links'

const fileList = z.array(z.looseObject({ fileid: z.string(), max_age: z.number().positive().optional() }))
const copyList = z.array(
  z.looseObject({ src_path: z.string(), dst_path: z.string(), overwrite: z.boolean().optional(), remove_original: z.boolean().optional() }),
)
const authorityList = z.array(z.looseObject({ path: z.string(), type: z.enum(['READ', 'WRITE', 'READWRITE']) }))

/** Files a request may name (the SDK's documentation). */
const MOST = 50

export interface StorageActionsOptions {
  files: FileStore
  links: StorageLinks
  /** Whether the storage rule lets a client read or write this path. */
  mayAccess: (purpose: 'read' | 'write', path: string, openid: string | undefined) => boolean
}

export function storageActions({ files, links, mayAccess }: StorageActionsOptions): Record<string, AdminAction> {
  return {
    'storage.getUploadMetadata': (params) => {
      const path = parse(z.string(), params.path)
      const problem = pathProblem(path)
      if (problem !== undefined) throw new ServiceError('INVALID_PARAM', `cloudPath: ${problem}`)
      return { data: { ...links.upload(path), fileId: fileIdOf(path), cosFileId: randomUUID() } }
    },

    'storage.batchGetDownloadUrl': (params) => {
      const list = limited(parse(fileList, params.file_list))
      return { data: { download_list: list.map((one) => links.describeDownload(one.fileid, one.max_age)) } }
    },

    'storage.batchDeleteFile': (params) => {
      const list = limited(parse(z.array(z.string()), params.fileid_list))
      return { data: { delete_list: list.map((fileID) => ({ fileID, code: deleteOne(files, fileID) })) } }
    },

    'storage.batchCopyFile': async (params) => {
      const copied = []
      for (const one of limited(parse(copyList, params.file_list)))
        copied.push({ fileId: fileIdOf(one.dst_path), ...(await copyOne(files, one)) })
      return { data: { copy_list: copied } }
    },

    'storage.getFileAuthority': (params) => {
      const openid = typeof params.openId === 'string' ? params.openId : undefined
      const list = parse(authorityList, params.fileList)
      return {
        data: list.map(({ path, type }) => {
          const plain = pathOfFileId(path) ?? path
          const read = !type.includes('READ') || mayAccess('read', plain, openid)
          const write = !type.includes('WRITE') || mayAccess('write', plain, openid)
          return { path, type, hasAuthority: read && write }
        }),
      }
    },
  }
}

function deleteOne(files: FileStore, fileId: string): string {
  const path = pathOfFileId(fileId)
  return path !== undefined && files.remove(path) ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST'
}

async function copyOne(files: FileStore, one: z.infer<typeof copyList>[number]): Promise<{ code: string; message: string }> {
  if (pathProblem(one.src_path) !== undefined || pathProblem(one.dst_path) !== undefined)
    return { code: 'INVALID_PARAM', message: 'invalid path' }
  const source = files.find(one.src_path)
  if (!source) return { code: 'STORAGE_FILE_NONEXIST', message: 'the source file does not exist' }
  if (one.overwrite === false && files.find(one.dst_path)) return { code: 'STORAGE_FILE_EXIST', message: 'the target exists' }
  await files.copy(source, one.dst_path)
  if (one.remove_original === true) files.remove(one.src_path)
  return { code: 'SUCCESS', message: '' }
}

function parse<Shape>(shape: z.ZodType<Shape>, value: unknown): Shape {
  const parsed = shape.safeParse(value)
  if (!parsed.success) throw new ServiceError('INVALID_PARAM', z.prettifyError(parsed.error))
  return parsed.data
}

function limited<Item>(list: Item[]): Item[] {
  if (list.length === 0 || list.length > MOST) throw new ServiceError('INVALID_PARAM', `between 1 and ${MOST} files a request`)
  return list
}
