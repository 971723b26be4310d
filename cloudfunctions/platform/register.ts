import { Cached, REGISTER_MS } from './cached'
import { collection } from './db'
import type { OperatorDocument } from './documents'
import type { TechnicianDocument } from './technician-document'

/** The registers of technicians and operators (R52, R43), each entry kept for a while. Who is not found is looked for again each time. */

const byKey = <Entry>(load: (key: string) => Promise<Entry | null>) => {
  const kept = new Map<string, Cached<Entry | null>>()
  return async (key: string): Promise<Entry | null> => {
    const cached = kept.get(key) ?? new Cached(REGISTER_MS, () => load(key))
    const found = await cached.get()
    if (found) {
      // One instance serves few people; should it serve many, begin anew rather than grow.
      if (kept.size > 5_000) kept.clear()
      kept.set(key, cached)
    } else kept.delete(key)
    return found
  }
}

/**
 * The technician whose WeChat account this is, as of some seconds ago: enough to know who calls. Whoever decides by their day, duty or suspension reads the
 * document anew.
 */
export const technicianByOpenid = byKey<TechnicianDocument>(async (openid) => {
  const [found] = await collection('technicians').find({ openid }, { limit: 1 })
  return found ?? null
})

export const operatorById = byKey<OperatorDocument>((id) => collection('operators').get(id))
