import type { OrderView, StateView } from '../../../typings/contract'
import { serverNow } from '../../lib/server-clock'
import { daysBetween, toMs } from '../../lib/time'

/** The question at the top, reckoned from completion: 修好一天了，还好用吗？ */
export function followUpHead(completedAt: string | null, title: string): StateView {
  return {
    turn: 'yours',
    word: '待评价',
    fact: `${sinceCompletion(completedAt, serverNow())}，还好用吗？`,
    sentence: `${title}。您照实说，我们才改得了`,
    joint: 4,
  }
}

/** `修好一阵了`, `修好半天了`, `修好一天了`, `修好 3 天了` */
export function sinceCompletion(completedAt: string | null, now: number): string {
  if (completedAt === null) return '修好了'
  const hours = (now - toMs(completedAt)) / 3_600_000
  if (hours < 1) return '刚修好'
  if (hours < 6) return '修好一阵了'
  if (hours < 18) return '修好半天了'
  const days = Math.max(1, daysBetween(completedAt, now))
  return days === 1 ? '修好一天了' : `修好 ${days} 天了`
}

/** After the answer: who comes again, or thanks. */
export function doneHead(order: OrderView, stage: 'choosing' | 'done'): StateView {
  if (stage === 'choosing')
    return { turn: 'yours', word: '请您选', fact: '对不住，我们再来一趟', sentence: '不收钱，直到您满意。请谁来，您定', joint: 2 }
  const asked = order.followUp?.visitNo ?? 0
  // Not only "not satisfied" brings a return visit: what the order says about it stands here then.
  if (order.visits.some(({ no }) => no > asked)) return order.state
  return { turn: 'done', word: '已回访', fact: '谢谢您，收到了', sentence: '保修期里有毛病，随时叫我们', joint: 4 }
}
