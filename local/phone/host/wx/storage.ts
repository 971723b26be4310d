/** wx.setStorage and its family: a drawer for each user, with WeChat's limits (1 MB a key, 10 MB in all). */
import type { Phone } from '../phone'
import { api } from './api'

const KEY_LIMIT = 1024 * 1024
const TOTAL_LIMIT = 10 * 1024 * 1024

interface Stored {
  /** absent for undefined, which WeChat reads back as '' */
  value?: unknown
}

export class Storage {
  private readonly prefix: string

  constructor(openid: string) {
    this.prefix = `phone:${openid}:`
  }

  get(key: string): unknown {
    const text = localStorage.getItem(this.prefix + key)
    return text === null ? undefined : ((JSON.parse(text) as Stored).value ?? '')
  }

  /** @throws Error beyond WeChat's limits */
  set(key: string, value: unknown): void {
    if (typeof key !== 'string' || key === '') throw new Error('key should be a non-empty String')
    const text = JSON.stringify({ value })
    if (text.length > KEY_LIMIT) throw new Error('entry size limit reached')
    const before = localStorage.getItem(this.prefix + key)?.length ?? 0
    if (this.size - before + text.length > TOTAL_LIMIT) throw new Error('exceed storage max size 10Mb')
    localStorage.setItem(this.prefix + key, text)
  }

  remove(key: string): void {
    localStorage.removeItem(this.prefix + key)
  }

  clear(): void {
    for (const key of this.keys) this.remove(key)
  }

  get keys(): string[] {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length))
  }

  get size(): number {
    return this.keys.reduce((sum, key) => sum + key.length + (localStorage.getItem(this.prefix + key)?.length ?? 0), 0)
  }
}

export function storageApis({ openid }: Phone): Record<string, unknown> {
  const storage = new Storage(openid)
  const info = (): Record<string, unknown> => ({
    keys: storage.keys,
    currentSize: Math.ceil(storage.size / 1024),
    limitSize: TOTAL_LIMIT / 1024,
  })
  const syncSet = (key: string, value: unknown): void => {
    try {
      storage.set(key, value)
    } catch (error) {
      throw new Error(`setStorageSync:fail ${error instanceof Error ? error.message : ''}`, { cause: error })
    }
  }
  return {
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: syncSet,
    removeStorageSync: (key: string) => storage.remove(key),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: info,
    getStorage: api<{ key: string }>('getStorage', ({ key }) => {
      const data = storage.get(key)
      if (data === undefined) throw new Error('data not found')
      return { data }
    }),
    setStorage: api<{ key: string; data: unknown }>('setStorage', ({ key, data }) => storage.set(key, data)),
    removeStorage: api<{ key: string }>('removeStorage', ({ key }) => storage.remove(key)),
    clearStorage: api('clearStorage', () => storage.clear()),
    getStorageInfo: api('getStorageInfo', info),
  }
}
