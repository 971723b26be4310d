import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { UploadGrant, UploadPurpose } from '../../typings/contract'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import { storage } from './db'
import { required } from './environment'
import { callElsewhere } from './trips'

/**
 * Files: paths are given out for one person, purpose and subject, and can be told from any other by working them out again, so that neither giving nor accepting costs a
 * trip to the database (R39). Links to look at them last some minutes.
 */

export type Extension = 'jpg' | 'jpeg' | 'png' | 'mp4'

/** Whom and what a file belongs to: for a filing the draft's requestId, else the order's id. */
export interface FileOwner {
  purpose: UploadPurpose
  openid: string
  subject: string
}

const directoryOf = ({ purpose, openid, subject }: FileOwner): string =>
  createHmac('sha256', required('UPLOAD_SECRET')).update(JSON.stringify([purpose, openid, subject])).digest('base64url').slice(0, 32)

/** Paths that this person may upload to for this purpose, one a file. */
export const grantPaths = (owner: FileOwner, extensions: readonly Extension[]): UploadGrant[] =>
  extensions.map((extension, index) => ({ cloudPath: `${owner.purpose}/${directoryOf(owner)}/${index + 1}-${randomBytes(9).toString('base64url')}.${extension}` }))

const PATH = /^([a-z_]+)\/([A-Za-z0-9_-]{32})\/\d{1,2}-[A-Za-z0-9_-]{12}\.(jpg|jpeg|png|mp4)$/

const pathOf = (fileId: string): string | null => {
  const prefix = `cloud://${required('TCB_ENV')}.`
  if (!fileId.startsWith(prefix)) return null
  const slash = fileId.indexOf('/', prefix.length)
  return slash < 0 ? null : fileId.slice(slash + 1)
}

const isGranted = (fileId: string, owner: FileOwner): boolean => {
  const [, purpose, directory] = PATH.exec(pathOf(fileId) ?? '') ?? []
  if (purpose !== owner.purpose || directory === undefined) return false
  return timingSafeEqual(Buffer.from(directory), Buffer.from(directoryOf(owner)))
}

/** How long a link lasts, s, and how much of that an instance hands it out again: phones keep pictures by their link. */
const LINK_SECONDS = 900
const KEEP_MS = 300_000
/** File ids a request may name. */
const MOST_AT_ONCE = 50
const MOST_KEPT = 2_000

const links = new Map<string, { url: string; until: number }>()

const fetchLinks = async (fileIds: readonly string[]): Promise<void> => {
  const now = Date.now()
  const wanted = [...new Set(fileIds)].filter((fileId) => fileId.startsWith('cloud://') && (links.get(fileId)?.until ?? 0) <= now)
  const chunks = Array.from({ length: Math.ceil(wanted.length / MOST_AT_ONCE) }, (_, index) => wanted.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE))
  if (links.size > MOST_KEPT) links.clear()
  await Promise.all(
    chunks.map(async (chunk) => {
      const { fileList } = await callElsewhere(() => storage.getTempFileURL({ fileList: chunk.map((fileID) => ({ fileID, maxAge: LINK_SECONDS })) }))
      for (const { fileID, tempFileURL } of fileList) if (tempFileURL) links.set(fileID, { url: tempFileURL, until: now + KEEP_MS })
    }),
  )
}

/** Short-lived links to files that the reader has been checked for; empty where there is no such file. A storage that does not answer hides pictures, not orders. */
export const linkTo = async (fileIds: readonly string[]): Promise<(fileId: string) => string> => {
  try {
    await fetchLinks(fileIds)
  } catch (error) {
    console.error(JSON.stringify({ storage: 'links', error: error instanceof Error ? error.message : String(error) }))
  }
  return (fileId) => links.get(fileId)?.url ?? (fileId.startsWith('cloud://') ? '' : fileId)
}

/** Where a file is kept once it was taken in: a path that nobody can know before, and that no client may write to after. The SDK copies under the same name only. */
const keptPath = (path: string): string => `kept/${createHmac('sha256', required('UPLOAD_SECRET')).update(path).digest('base64url').slice(0, 32)}/${path.split('/').at(-1) ?? ''}`

/**
 * Copies files to where whoever uploaded them cannot put others in their place (R38). Copied again, what is kept stays as it is.
 * @returns their ids there, in the same order; whether each is there shows by its link.
 */
const keepFiles = async (fileIds: readonly string[]): Promise<string[]> => {
  const paths = fileIds.map((fileId) => ({ fileId, path: pathOf(fileId) ?? '' }))
  await callElsewhere(() => storage.copyFile({ fileList: paths.map(({ path }) => ({ srcPath: path, dstPath: keptPath(path), overwrite: false })) }))
  return paths.map(({ fileId, path }) => `${fileId.slice(0, fileId.length - path.length)}${keptPath(path)}`)
}

/**
 * Lets through only files that were uploaded to paths given out for this owner, and keeps them as they are now.
 * @returns the ids under which they are kept: what is stored names these.
 * @throws what the storage failed with: whether a file is there cannot be told then.
 */
export const acceptFiles = async (field: string, fileIds: readonly string[], owner: FileOwner, kind: 'picture' | 'video' = 'picture'): Promise<Refusal | readonly string[]> => {
  if (fileIds.length === 0) return []
  const refused = (message: string) => refuse('FILE_REFUSED', message, { [field]: message })
  if (fileIds.some((fileId) => !isGranted(fileId, owner))) return refused('这个文件不是从这里上传的，请重新选一次')
  if (fileIds.some((fileId) => fileId.endsWith('.mp4') !== (kind === 'video'))) return refused(kind === 'video' ? '视频要是 mp4' : '这里要照片，不能是视频')
  if (new Set(fileIds).size !== fileIds.length) return refused('同一个文件选了两次')
  const kept = await keepFiles(fileIds)
  await fetchLinks(kept)
  return kept.some((fileId) => !links.has(fileId)) ? refused('文件没有传上来，请重新传一次') : kept
}
