import { lockTimeout } from '../cloud-error'
import type { Transaction } from './transactions'

/** A plain write met a document that a transaction holds. It has changed nothing and is tried again when the lock is free. */
export class Locked extends Error {
  constructor(readonly holder: Transaction) {
    super('locked by a transaction')
  }
}

/** How long a plain write waits for a lock, in real time. */
const WAIT_MS = 5000

/** Runs the write; when it meets a lock, waits for the release and runs it again, from the start. */
export async function whenUnlocked<T>(run: () => T): Promise<T> {
  const deadline = performance.now() + WAIT_MS
  for (;;) {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof Locked)) throw error
      await releasedBy(error.holder, deadline - performance.now())
    }
  }
}

async function releasedBy(holder: Transaction, ms: number): Promise<void> {
  if (ms <= 0) throw lockTimeout()
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<'timeout'>((resolve) => (timer = setTimeout(() => resolve('timeout'), ms)))
  const outcome = await Promise.race([holder.released, timeout])
  clearTimeout(timer)
  if (outcome === 'timeout') throw lockTimeout()
}
