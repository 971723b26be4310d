import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Counts database round trips, parallel ones as one: a trip begins whenever a request goes out while none is under way. Work of the outbox is counted
 * apart, so that what an action costs until its order is written can be seen on its own.
 */
class Lane {
  trips = 0
  private underWay = 0

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.underWay === 0) this.trips += 1
    this.underWay += 1
    try {
      return await work()
    } finally {
      this.underWay -= 1
    }
  }
}

interface Lanes {
  order: Lane
  outbox: Lane
  present: 'order' | 'outbox'
}

export interface TripCount {
  trips: number
  outboxTrips: number
}

const storage = new AsyncLocalStorage<Lanes>()

/** Counts what `work` costs. */
export const countTrips = async <Result>(work: (count: () => TripCount) => Promise<Result>): Promise<Result> => {
  const lanes: Lanes = { order: new Lane(), outbox: new Lane(), present: 'order' }
  return storage.run(lanes, () => work(() => ({ trips: lanes.order.trips, outboxTrips: lanes.outbox.trips })))
}

/** Trips made inside belong to the outbox. */
export const inOutboxLane = <Result>(work: () => Promise<Result>): Promise<Result> => {
  const lanes = storage.getStore()
  return lanes ? storage.run({ ...lanes, present: 'outbox' }, work) : work()
}

/** One request to the database. */
export const trip = <Result>(request: () => Promise<Result>): Promise<Result> => {
  const lanes = storage.getStore()
  return lanes ? lanes[lanes.present].run(request) : request()
}
