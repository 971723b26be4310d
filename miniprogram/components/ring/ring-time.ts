import { formatDuration } from '../../lib/time'

/** What a ring shows at one moment, worked out from its two ends: nothing is ever counted down by subtraction. */
export interface RingMoment {
  /** Part of the ring that is drawn, 0–1. */
  share: number
  /** 2:14, or 1:02:14 from an hour on. */
  text: string
  /** The last 30 s of a ring that counts down. */
  urgent: boolean
  over: boolean
  /** Milliseconds until the text changes next; 0 when it will not. */
  nextInMs: number
}

export type RingMode = 'down' | 'up'

const URGENT_MS = 30_000

/** All times in ms since 1970. `down` shows what is left and empties; `up` shows what has passed and fills. */
export function ringAt(ring: { startedAt: number; endsAt: number; mode: RingMode }, now: number): RingMoment {
  const length = Math.max(ring.endsAt - ring.startedAt, 1)
  const left = Math.min(Math.max(ring.endsAt - now, 0), length)
  const passed = length - left
  const over = left === 0
  if (ring.mode === 'up') {
    const seconds = Math.floor(passed / 1000)
    return {
      share: passed / length,
      text: formatDuration(seconds * 1000),
      urgent: false,
      over,
      nextInMs: over ? 0 : 1000 - (passed % 1000),
    }
  }
  // A second that has begun still counts: 0:00 is shown when the time is really up.
  return { share: left / length, text: formatDuration(left), urgent: left <= URGENT_MS, over, nextInMs: over ? 0 : left % 1000 || 1000 }
}
