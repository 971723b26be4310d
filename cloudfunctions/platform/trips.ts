import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Counts database round trips, parallel ones as one: a trip begins whenever a request goes out while none is under way. Work of the outbox is counted
 * apart, so that what an action costs until its order is written can be seen on its own.
 */
class Lane {
  trips = 0
  requests = 0
  private underWay = 0

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.underWay === 0) this.trips += 1
    this.requests += 1
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
  elsewhere: { calls: number; listed: number }
}

export interface TripCount {
  trips: number
  outboxTrips: number
  /** Database requests that these trips are made of. */
  requests: number
  outboxRequests: number
  /** Documents that lists gave. */
  listed: number
  /** Calls to WeChat, WeChat Pay and the file storage. */
  calls: number
}

const storage = new AsyncLocalStorage<Lanes>()

/** Counts what `work` costs. */
export const countTrips = async <Result>(work: (count: () => TripCount) => Promise<Result>): Promise<Result> => {
  const lanes: Lanes = { order: new Lane(), outbox: new Lane(), present: 'order', elsewhere: { calls: 0, listed: 0 } }
  const count = (): TripCount => ({
    trips: lanes.order.trips, outboxTrips: lanes.outbox.trips, requests: lanes.order.requests, outboxRequests: lanes.outbox.requests, ...lanes.elsewhere,
  })
  return storage.run(lanes, () => work(count))
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

/** Notes how many documents a list gave. */
export const countListed = (documents: number): void => {
  const lanes = storage.getStore()
  if (lanes) lanes.elsewhere.listed += documents
}

/** One call to a service other than the database. */
export const callElsewhere = <Result>(request: () => Promise<Result>): Promise<Result> => {
  const lanes = storage.getStore()
  if (lanes) lanes.elsewhere.calls += 1
  return request()
}
