import { daysBetween, formatClock, formatMoment } from '../../lib/time'

/** What the page is: something shown of the server, a form that is being filled in and kept on the phone, a question that only the server can answer. */
export type NetworkKind = 'shown' | 'form' | 'question'

/** One sentence while there is no network. `readAt`: ms, when the page last heard from the server; 0 = it has nothing to show yet. */
export function networkWords(kind: NetworkKind, readAt: number, now: number): string {
  if (kind === 'form') return '没有网络。您接着写，都替您存着，有网再提交'
  if (kind === 'question') return '没有网络，现在查不了。有网了再查'
  if (readAt <= 0) return '没有网络。有网了自动打开，不用点'
  const clock = formatClock(readAt)
  const when = daysBetween(readAt, now) === 0 ? clock : formatMoment(readAt, now)
  return `没有网络。这是 ${when} 的，可能变了，有网自动更新`
}
