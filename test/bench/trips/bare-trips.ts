import type { Order } from '../../../cloudfunctions/domain/order'
import type { Product } from '../../support/product'
import { Repair } from '../../support/repair'
import { median } from '../statistics'

interface Times {
  reads: number[]
  writes: number[]
}

/**
 * What a round trip costs a function that does nothing else: an order in the middle of its life is copied, and a bare function (setting/bare-function.ts) reads
 * and writes the copy through the same SDK, in a worker thread of the same workplace. Sampled now and then, since the machine is not always equally quick.
 */
export class BareTrips {
  private readonly times: Times = { reads: [], writes: [] }

  private constructor(
    private readonly product: Product,
    private readonly orderId: string,
  ) {}

  static async prepare(product: Product): Promise<BareTrips> {
    const repair = await Repair.file(product)
    await repair.claim()
    await repair.agree()
    const order: Order = await repair.order()
    const _id = `bare-${order._id}`
    const apart = { homeownerId: 'oBenchNobody', offeredTo: [], assigned: [], workedBy: [], nextWorkAt: null }
    await product.put('orders', { ...order, ...apart, _id, number: `${order.number}9` })
    const bare = new BareTrips(product, _id)
    // The first calls load code and compile it.
    await bare.run(200)
    return bare
  }

  async sample(times: number): Promise<void> {
    const { reads, writes } = await this.run(times)
    this.times.reads.push(...reads)
    this.times.writes.push(...writes)
  }

  /** Reading an order, ms. */
  get readMs(): number {
    return median(this.times.reads)
  }

  /** The conditional write of it, ms. */
  get writeMs(): number {
    return median(this.times.writes)
  }

  private run(times: number): Promise<Times> {
    return this.product.workplace.invoke<Times>('bare', { orderId: this.orderId, times })
  }
}
