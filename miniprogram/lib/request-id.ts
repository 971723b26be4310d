import { isActionFailure } from './action-failure'

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'

/** A fresh request id: 26 lower-case letters and digits, the time first so that logs sort. Made when a form or dialog opens (R04). */
export function newRequestId(now: number = Date.now()): string {
  const time = now.toString(36).padStart(9, '0')
  let random = ''
  while (random.length < 17) random += ALPHABET.charAt(Math.floor(Math.random() * ALPHABET.length))
  return time + random
}

/**
 * The open requests of a page, one a button. The same id is sent again as long as the outcome is unknown; once the server has
 * decided (done, or refused for a reason), the next press is a new request.
 */
export class RequestIds {
  private readonly open = new Map<string, string>()

  for(act: string): string {
    const existing = this.open.get(act)
    if (existing) return existing
    const id = newRequestId()
    this.open.set(act, id)
    return id
  }

  settle(act: string): void {
    this.open.delete(act)
  }

  /** Keeps the id when `error` leaves the outcome open, else settles it. */
  failed(act: string, error: unknown): void {
    if (!isActionFailure(error) || !error.unsettled) this.settle(act)
  }
}
