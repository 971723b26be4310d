/** A function that only makes round trips: what the same requests cost without any of the product's work around them. */
import cloudbase from '@cloudbase/node-sdk'

const database = cloudbase.init({ env: cloudbase.SYMBOL_CURRENT_ENV }).database()
const _ = database.command

interface BareTrips {
  /** An order of its own that nothing else touches. */
  orderId: string
  times: number
}

interface StoredOrder {
  version: number
  [field: string]: unknown
}

/** What a typical event of an order's life changes. */
const CHANGED = ['status', 'visits', 'timeline', 'deadlines', 'outbox', 'answered', 'updatedAt', 'nextWorkAt']

/** ms of each request, one after the other: reading the order, and the conditional write of it. */
export const main = async ({ orderId, times }: BareTrips): Promise<{ reads: number[]; writes: number[] }> => {
  const reads: number[] = []
  const writes: number[] = []
  const orders = database.collection('orders')
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now()
    const { data } = await orders.doc(orderId).get()
    const readAt = performance.now()
    const order = (data as StoredOrder[])[0]
    if (!order) throw new Error(`no order ${orderId}`)
    const changes = Object.fromEntries(CHANGED.map((field) => [field, _.set(order[field])]))
    const { updated } = await orders
      .where({ _id: orderId, version: order.version })
      .update({ ...changes, version: _.set(order.version + 1) })
    if (updated !== 1) throw new Error('somebody else wrote the order')
    reads.push(readAt - startedAt)
    writes.push(performance.now() - readAt)
  }
  return { reads, writes }
}
