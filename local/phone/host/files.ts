/**
 * The phone's files, with WeChat's paths: `wxfile://tmp_…` lives until the page is loaded anew, `wxfile://usr/…` and `wxfile://store_…` are kept (IndexedDB,
 * a drawer for each user). Also knows what URL shows a path in the browser.
 */
import type { Server } from './server'

export const USER_DATA_PATH = 'wxfile://usr'
const STORED = 'wxfile://store_'
const isKept = (path: string): boolean => path.startsWith(`${USER_DATA_PATH}/`) || path.startsWith(STORED)

interface Entry {
  blob: Blob
  url: string
  at: number
}

interface KeptFile {
  key: string
  openid: string
  path: string
  blob: Blob
  at: number
}

const promised = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
  })

function openDrawer(): Promise<IDBDatabase> {
  const request = indexedDB.open('phone-files', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('files', { keyPath: 'key' }).createIndex('openid', 'openid')
  return promised(request)
}

export class FileStore {
  private readonly entries = new Map<string, Entry>()
  private readonly cloudUrls = new Map<string, string>()
  private drawer: IDBDatabase | undefined
  private serial = 0

  constructor(
    private readonly server: Server,
    /** the page that is shown, against which relative image paths count */
    private readonly currentPath: () => string,
    private readonly online: () => boolean,
  ) {}

  /** Brings back what was kept before. */
  async load(): Promise<void> {
    this.drawer = await openDrawer()
    const list = await promised<KeptFile[]>(
      this.drawer.transaction('files').objectStore('files').index('openid').getAll(this.server.openid),
    )
    for (const { path, blob, at } of list) this.put(path, blob, at)
  }

  /** A new temporary file. */
  addTemporary(blob: Blob, extension: string): string {
    this.serial += 1
    const path = `wxfile://tmp_${Date.now().toString(36)}${this.serial}.${extension}`
    this.put(path, blob, Date.now())
    return path
  }

  /** Keeps a file under a path of WeChat's choosing, or the given one below USER_DATA_PATH. */
  async keep(blob: Blob, extension: string, wanted?: string): Promise<string> {
    this.serial += 1
    const path = wanted ?? `${STORED}${Date.now().toString(36)}${this.serial}.${extension}`
    await this.write(path, blob)
    return path
  }

  /** @throws Error for a path that is not the app's to write to */
  async write(path: string, blob: Blob): Promise<void> {
    if (!isKept(path)) throw new Error(`permission denied, open ${path}`)
    const at = Date.now()
    this.put(path, blob, at)
    const record: KeptFile = { key: `${this.server.openid}|${path}`, openid: this.server.openid, path, blob, at }
    if (this.drawer) await promised(this.drawer.transaction('files', 'readwrite').objectStore('files').put(record))
  }

  /** @returns whether there was such a file */
  async remove(path: string): Promise<boolean> {
    const entry = this.entries.get(path)
    if (!entry) return false
    URL.revokeObjectURL(entry.url)
    this.entries.delete(path)
    if (this.drawer && isKept(path))
      await promised(this.drawer.transaction('files', 'readwrite').objectStore('files').delete(`${this.server.openid}|${path}`))
    return true
  }

  has(path: string): boolean {
    return this.entries.has(path)
  }

  list(): { path: string; size: number; createTime: number }[] {
    return [...this.entries]
      .filter(([path]) => isKept(path))
      .map(([path, { blob, at }]) => ({ path, size: blob.size, createTime: Math.floor(at / 1000) }))
  }

  /** The bytes behind a path: a file of the phone or one of the app's own. */
  async read(path: string): Promise<Blob> {
    const entry = this.entries.get(path)
    if (entry) return entry.blob
    if (path.startsWith('wxfile://')) throw new Error(`no such file or directory, open ${path}`)
    const response = await fetch(this.appUrl(path))
    if (!response.ok) throw new Error(`no such file or directory, open ${path}`)
    return response.blob()
  }

  /** What the browser can show for a source as pages write it; null when there is no such file. */
  async urlOf(source: string): Promise<string | null> {
    if (source === '' || /^(https?|data|blob):/.test(source)) return source
    if (source.startsWith('wxfile://')) return this.entries.get(source)?.url ?? null
    if (source.startsWith('cloud://')) return this.cloudUrl(source)
    return this.appUrl(source)
  }

  private appUrl(source: string): string {
    if (source.startsWith('/')) return `.${source}`
    return `.${new URL(source, `http://app/${this.currentPath()}`).pathname}`
  }

  private async cloudUrl(fileId: string): Promise<string | null> {
    const known = this.cloudUrls.get(fileId)
    if (known !== undefined) return known
    if (!this.online()) return null
    const { status, body } = await this.server.post('/__tempurl', { fileList: [fileId] })
    const list = (body as { fileList?: { tempFileURL?: string }[] } | null)?.fileList
    const url = status === 200 ? list?.[0]?.tempFileURL : undefined
    if (url === undefined || url === '') return null
    this.cloudUrls.set(fileId, url)
    return url
  }

  private put(path: string, blob: Blob, at: number): void {
    const before = this.entries.get(path)
    if (before) URL.revokeObjectURL(before.url)
    this.entries.set(path, { blob, url: URL.createObjectURL(blob), at })
  }
}
