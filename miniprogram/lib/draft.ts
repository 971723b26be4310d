/** What was typed is kept on the phone until it is sent: nothing typed is ever lost. */

interface Kept<T> {
  value: T
  /** ms, the phone's clock. */
  at: number
}

const PREFIX = 'draft:'
/** Older ones are about something long past. */
const LIFE_MS = 14 * 24 * 3_600_000

/** The draft under `key` (`repair`, `step:ORDER:VISIT:STEP`), or null when there is none, it is old or unreadable. */
export function readDraft<T>(key: string): T | null {
  try {
    const kept = wx.getStorageSync<Kept<T> | ''>(PREFIX + key)
    if (!kept || typeof kept !== 'object' || Date.now() - kept.at > LIFE_MS) return null
    return kept.value
  } catch {
    return null
  }
}

/** Keeps the draft. A full or forbidden storage is no reason to disturb whoever is typing. */
export function saveDraft<T>(key: string, value: T): void {
  try {
    wx.setStorageSync<Kept<T>>(PREFIX + key, { value, at: Date.now() })
  } catch (error) {
    console.warn('draft not kept', key, error)
  }
}

export function clearDraft(key: string): void {
  try {
    wx.removeStorageSync(PREFIX + key)
  } catch (error) {
    console.warn('draft not cleared', key, error)
  }
}
