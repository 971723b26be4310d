/** An order as the map and the lists show it: whose turn it is, in the same words as on the homeowner's phone. */
import type { Order } from '../../../../cloudfunctions/domain/order'
import { defaultSettings } from '../../../../cloudfunctions/domain/settings'
import { homeownerState } from '../../../../cloudfunctions/domain/views/state'
import type { Turn } from '../../../../typings/contract'
import { breachOf } from './breach'

/** Only sentences name figures of the settings, and none is shown here. */
const SETTINGS = defaultSettings()

export interface OrderMark {
  turn: Turn
  /** 派单中, 待付款 … */
  word: string
  sentence: string
}

/** A document that cannot be read (another version's, or made by hand) is still shown, as one that cannot. */
export function orderMark(order: Order, now: Date): OrderMark {
  try {
    const { turn, word, fact } = homeownerState(order, { now, settings: SETTINGS })
    const breach = breachOf(order, now)
    return breach ? { turn: 'urgent', word: breach.word, sentence: `${word}，${fact}` } : { turn, word, sentence: fact }
  } catch {
    return { turn: 'closed', word: '读不懂', sentence: '这张工单的内容不完整' }
  }
}

/** Over and done with: drawn small. */
export const isAtRest = (order: Pick<Order, 'status'>): boolean => order.status === 'archived' || order.status === 'cancelled'
