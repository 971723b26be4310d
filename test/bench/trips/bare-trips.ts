import type { Order } from '../../../cloudfunctions/domain/order'
import type { Product } from '../../support/product'
import { Repair } from '../../support/repair'
import type { BareTimes, BareTrips as Asked } from '../setting/bare-function'
import type { CallLine } from '../setting/call-log'
import { median } from '../statistics'

/** How many requests a trip is made of: measured for these, reckoned on a line between them. */
const AT_ONCE = [1, 2, 4, 8] as const

const nothing = (): BareTimes => ({ reads: [], writes: [], lists: [], calls: [] })

/**
 * What round trips cost a function that does nothing else: orders in the middle of their lives are copied, and a bare function (setting/bare-function.ts) reads and writes the copies
 * through the same SDK, in a worker thread of the same workplace, one or several at once as the product's trips are. Sampled now and then, since the machine is not always
 * equally quick.
 */
export class BareTrips {
  private readonly times = new Map<number, BareTimes>(AT_ONCE.map((atOnce) => [atOnce, nothing()]))

  private constructor(
    private readonly product: Product,
    private readonly orderIds: readonly string[],
    private readonly fileId: string,
  ) {}

  static async prepare(product: Product): Promise<BareTrips> {
    const repair = await Repair.file(product)
    await repair.claim()
    await repair.agree()
    const order: Order = await repair.order()
    const apart = { homeownerId: 'oBenchNobody', offeredTo: [], assigned: [], workedBy: [], nextWorkAt: null }
    const copies = Array.from({ length: Math.max(...AT_ONCE) }, (_none, index) => ({ ...order, ...apart, _id: `bare-${index}-${order._id}`, number: `${order.number}9${index}` }))
    for (const copy of copies) await product.put('orders', copy)
    const fileId = await repair.homeowner.upload('filing', 'bare-trips-file')
    const bare = new BareTrips(product, copies.map(({ _id }) => _id), fileId)
    // The first calls load code and compile it.
    await bare.run(1, 200)
    return bare
  }

  async sample(times: number): Promise<void> {
    for (const atOnce of AT_ONCE) {
      const measured = await this.run(atOnce, times)
      const kept = this.times.get(atOnce) ?? nothing()
      for (const kind of ['reads', 'writes', 'lists', 'calls'] as const) kept[kind].push(...measured[kind])
    }
  }

  /** Reading orders, that many at once, ms. */
  readMs(atOnce = 1): number {
    return this.between('reads', atOnce)
  }

  /** The conditional writes of them, ms. */
  writeMs(atOnce = 1): number {
    return this.between('writes', atOnce)
  }

  /** One call to another service, ms. */
  get callMs(): number {
    return median(AT_ONCE.flatMap((atOnce) => this.times.get(atOnce)?.calls ?? []))
  }

  /** One document more in a list, ms. */
  get listedMs(): number {
    return (median(this.times.get(8)?.lists ?? []) - median(this.times.get(1)?.lists ?? [])) / 7
  }

  /** What the trips and calls of this line would take with nothing around them, ms. `writes`: whether its last trip writes the order. */
  msOf({ trips, requests, outboxTrips, outboxRequests, listed, calls }: CallLine, writes: boolean): number {
    const last = writes && trips > 0 ? 1 : 0
    const before = trips - last
    const reading = before > 0 ? before * this.readMs((requests - last) / before) : 0
    const after = outboxTrips > 0 ? outboxTrips * this.writeMs(outboxRequests / outboxTrips) : 0
    // A list of one is as much as reading one.
    const longer = Math.max(0, listed - requests) * this.listedMs
    return reading + last * this.writeMs() + after + longer + calls * this.callMs
  }

  private between(kind: 'reads' | 'writes', atOnce: number): number {
    const at = (count: number): number => median(this.times.get(count)?.[kind] ?? [])
    const above = AT_ONCE.find((count) => count >= atOnce)
    if (above === undefined) return (at(8) / 8) * atOnce
    const below = AT_ONCE.findLast((count) => count <= atOnce) ?? above
    return above === below ? at(above) : at(below) + ((at(above) - at(below)) * (atOnce - below)) / (above - below)
  }

  private run(atOnce: number, times: number): Promise<BareTimes> {
    const asked: Asked = { orderIds: this.orderIds.slice(0, atOnce), fileId: this.fileId, times }
    return this.product.workplace.invoke<BareTimes>('bare', asked)
  }
}
