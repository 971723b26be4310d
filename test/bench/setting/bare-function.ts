/** A function that only makes round trips: what the same requests cost without any of the product's work around them. */
import cloudbase from '@cloudbase/node-sdk'

const app = cloudbase.init({ env: cloudbase.SYMBOL_CURRENT_ENV })
const database = app.database()
const _ = database.command

export interface BareTrips {
  /** Orders of its own that nothing else touches: as many as are asked for at once. */
  orderIds: readonly string[]
  /** A file of its own. */
  fileId: string
  times: number
}

/** ms of each, one after the other. */
export interface BareTimes {
  /** Reading that many orders at once. */
  reads: number[]
  /** Writing them, each on its condition, at once. */
  writes: number[]
  /** Reading them as one list. */
  lists: number[]
  /** Asking the file storage for a link. */
  calls: number[]
}

interface StoredOrder {
  _id: string
  version: number
  [field: string]: unknown
}

/** What a typical event of an order's life changes. */
const CHANGED = ['status', 'visits', 'timeline', 'deadlines', 'outbox', 'answered', 'updatedAt', 'nextWorkAt']

const orders = () => database.collection('orders')

const read = async (orderId: string): Promise<StoredOrder> => {
  const { data } = await orders().doc(orderId).get()
  const order = (data as StoredOrder[])[0]
  if (!order) throw new Error(`no order ${orderId}`)
  return order
}

const write = async (order: StoredOrder): Promise<void> => {
  const changes = Object.fromEntries(CHANGED.map((field) => [field, _.set(order[field])]))
  const { updated } = await orders()
    .where({ _id: order._id, version: order.version })
    .update({ ...changes, version: _.set(order.version + 1) })
  if (updated !== 1) throw new Error('somebody else wrote the order')
}

export const main = async ({ orderIds, fileId, times }: BareTrips): Promise<BareTimes> => {
  const measured: BareTimes = { reads: [], writes: [], lists: [], calls: [] }
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now()
    const found = await Promise.all(orderIds.map(read))
    const readAt = performance.now()
    await Promise.all(found.map(write))
    const writtenAt = performance.now()
    const { data } = await orders().where({ _id: _.in([...orderIds]) }).limit(orderIds.length).get()
    if ((data as unknown[]).length !== orderIds.length) throw new Error('the list is not whole')
    const listedAt = performance.now()
    await app.getTempFileURL({ fileList: [{ fileID: fileId, maxAge: 900 }] })
    measured.reads.push(readAt - startedAt)
    measured.writes.push(writtenAt - readAt)
    measured.lists.push(listedAt - writtenAt)
    measured.calls.push(performance.now() - listedAt)
  }
  return measured
}
