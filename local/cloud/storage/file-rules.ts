import type { FileRule } from '../declarations'
import type { FileStore } from './file-store'

/** Whether a client may read or write a path, by the storage rule that is deployed. Functions are not bound by it. */
export function fileAccess(rules: { read: FileRule; write: FileRule }, files: FileStore) {
  return (purpose: 'read' | 'write', path: string, openid: string | undefined): boolean => {
    const rule = rules[purpose]
    if (typeof rule === 'boolean') return rule
    if (!openid) return false
    if (rule === 'auth != null') return true
    const file = files.find(path)
    // A path that is free can be written by anyone who is signed in; it is theirs from then on.
    return file ? file.owner === openid : purpose === 'write'
  }
}
