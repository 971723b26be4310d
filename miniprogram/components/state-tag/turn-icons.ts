import type { Turn } from '../../../typings/contract'

/** The glyph that goes with each turn, so that colour never speaks alone. */
export const TURN_ICONS: Record<Turn, string> = {
  ours: 'clock',
  yours: 'hand',
  done: 'check',
  urgent: 'alert',
  paused: 'pause',
  closed: 'minus',
}
