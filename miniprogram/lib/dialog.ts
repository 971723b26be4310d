/** Sentences shown over the page. Short ones pass by, long ones wait to be read. */
import { errorText } from './error-text'

/** A toast without icon holds two lines; beyond this people cannot finish reading before it is gone. */
const LONGEST_TOAST = 14

/** Shows one sentence: as a toast when short, else as a dialog with 知道了. */
export async function showSentence(sentence: string): Promise<void> {
  if ([...sentence].length <= LONGEST_TOAST) {
    await wx.showToast({ title: sentence, icon: 'none', duration: 2_000 })
    return
  }
  await wx.showModal({ content: sentence, showCancel: false, confirmText: '知道了' })
}

/** A done-mark with at most seven characters. */
export function showDone(words: string): void {
  void wx.showToast({ title: words, icon: 'success', duration: 1_500 })
}

export function showFailure(error: unknown): Promise<void> {
  return showSentence(errorText(error))
}

export interface Question {
  title: string
  content: string
  /** At most four characters, a verb. */
  confirmText: string
  cancelText?: string
}

/** Asks before money, cancelling or giving up; true when confirmed. */
export async function confirm({ title, content, confirmText, cancelText = '再想想' }: Question): Promise<boolean> {
  const { confirm: confirmed } = await wx.showModal({ title, content, confirmText, cancelText })
  return confirmed
}

/** Lets the person pick one of at most six; null when closed. */
export async function choose(choices: string[], alertText?: string): Promise<string | null> {
  try {
    const { tapIndex } = await wx.showActionSheet(alertText ? { itemList: choices, alertText } : { itemList: choices })
    return choices[tapIndex] ?? null
  } catch {
    return null
  }
}
