/** Where files are put and fetched: signed addresses below /cos/, as the object store behind the cloud gives out. */
import { encodePath, pathOfFileId } from './cloud-path'
import type { FileStore } from './file-store'
import type { LinkSignatures } from './link-signatures'

/** Seconds that a link holds if the caller says nothing: a day. */
const DEFAULT_AGE = 86_400
const UPLOAD_AGE = 900

export interface DownloadLink {
  code: 'SUCCESS' | 'STORAGE_FILE_NONEXIST'
  fileID: string
  tempFileURL: string
  /** Seconds. */
  maxAge?: number
}

export class StorageLinks {
  constructor(
    private readonly base: string,
    private readonly files: FileStore,
    private readonly signatures: LinkSignatures,
    private readonly now: () => number,
  ) {}

  upload(path: string): { url: string; token: string; authorization: string } {
    const until = Math.floor(this.now() / 1000) + UPLOAD_AGE
    const signature = this.signatures.sign('write', path, until)
    return {
      url: `${this.base}/cos/${encodePath(path)}`,
      token: String(until),
      authorization: `q-sign-algorithm=sha256&q-end=${until}&q-signature=${signature}`,
    }
  }

  describeDownload(fileId: string, maxAge = DEFAULT_AGE): DownloadLink {
    const path = pathOfFileId(fileId)
    if (path === undefined || !this.files.find(path)) return { code: 'STORAGE_FILE_NONEXIST', fileID: fileId, tempFileURL: '' }
    return { code: 'SUCCESS', fileID: fileId, tempFileURL: this.download(path, maxAge), maxAge }
  }

  private download(path: string, maxAge: number): string {
    const until = Math.ceil(this.now() / 1000) + Math.floor(maxAge)
    // Not encoded, but for the signs that would end the path: the SDKs call encodeURI() on it themselves.
    const plain = path.replace(/[%?#]/g, encodeURIComponent)
    return `${this.base}/cos/${plain}?sign=${this.signatures.sign('read', path, until)}&t=${until}`
  }
}
