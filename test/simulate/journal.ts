/** What people did, and when, by the clock on the wall: what the database is held against afterwards. */

/** Somebody has to phone (R10). */
export interface CallFact {
  orderId: string
  technicianId: string
  /** ms; at night the morning. */
  since: number
  dialledAt: number | null
  /** The job went from them, or was cancelled. */
  endedAt: number | null
}

/** Somebody has to be there at an agreed time (R13). */
export interface ArrivalFact {
  orderId: string
  technicianId: string
  at: number
  agreedAt: number
  /** Must be paid before they may set out. */
  needsMoney: boolean
  paidAt: number | null
  arrivedAt: number | null
  /** Cancelled, given back, moved. */
  endedAt: number | null
}

/** Somebody said that they would be late (R12). */
export interface NoticeFact {
  orderId: string
  technicianId: string
  /** The time that they cannot keep. */
  from: number
  agreedAt: number
  toldAt: number
}

export interface ClaimFact {
  orderId: string
  visitNo: number
  technicianId: string
  /** When the search began: filed, given back … at night the morning. */
  searchedSince: number
  at: number
  by: 'claim' | 'staff'
}

export class Journal {
  readonly calls: CallFact[] = []
  readonly arrivals: ArrivalFact[] = []
  readonly notices: NoticeFact[] = []
  readonly claims: ClaimFact[] = []
  /** Promises of the product that people found broken on the way. */
  readonly broken: string[] = []
}
