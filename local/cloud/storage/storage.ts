/** Cloud storage, whole: files on disk, links to them, and the addresses and actions that reach them. */
import type { AdminAction } from '../admin'
import type { FileRule } from '../declarations'
import type { Shelves } from '../shelf'
import { fileAccess } from './file-rules'
import { FileStore, type StoredFile } from './file-store'
import { LinkSignatures } from './link-signatures'
import { ObjectStore } from './object-store'
import { storageActions } from './storage-actions'
import { StorageLinks } from './storage-links'

export interface StorageOptions {
  url: string
  directory: string
  shelves: Shelves
  now: () => number
  secret: string
  rule: { read: FileRule; write: FileRule }
}

export interface Storage {
  files: FileStore
  links: StorageLinks
  mayAccess: (purpose: 'read' | 'write', path: string, openid: string | undefined) => boolean
  /** Serves `/cos/…`. */
  objects: ObjectStore
  actions: Record<string, AdminAction>
}

export function createStorage({ url, directory, shelves, now, secret, rule }: StorageOptions): Storage {
  const files = new FileStore(directory, shelves.open<StoredFile>('files'), now)
  const signatures = new LinkSignatures(secret, now)
  const links = new StorageLinks(url, files, signatures, now)
  const mayAccess = fileAccess(rule, files)
  return { files, links, mayAccess, objects: new ObjectStore(files, signatures), actions: storageActions({ files, links, mayAccess }) }
}
