/**
 * The server's clock, as far as the phone can know it: what countdowns and "今天" are reckoned by (R42). Phones run minutes wrong;
 * every answer carries the server's time, and half the round trip is taken off.
 */
let offsetMs = 0

/** Longer than any call is waited for (lib/cloud): the phone's own clock was set between asking and hearing, and the middle of the two says nothing. */
const LONGEST_TRIP_MS = 60_000

/** Learns from one answer: when it was sent and received by the phone's clock, and what time the server said. Ignores what is no time, and no trip. */
export function learnServerTime(serverNow: string, sentAt: number, receivedAt: number): void {
  const server = Date.parse(serverNow)
  if (Number.isNaN(server) || receivedAt < sentAt || receivedAt - sentAt > LONGEST_TRIP_MS) return
  offsetMs = server - (sentAt + receivedAt) / 2
}

/** The server's time now, ms since 1970 UTC. */
export function serverNow(): number {
  return Math.round(Date.now() + offsetMs)
}
