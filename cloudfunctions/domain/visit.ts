import type { CallOutcome, CallReason, ReturnChoice, VisitState } from '../../typings/contract'

/** Visits of an order: who comes, when, and what became of it. Part of the order’s one document. */

export interface Visit {
  no: number
  kind: 'repair' | 'return' | 'warranty' | 'survey'
  state: VisitState
  /** The standard it began with, and keeps (R48). */
  standard: { id: string; version: number }
  technicianId: string | null
  /** Who had it before it was given back, taken back or cancelled. */
  formerTechnicianId: string | null
  claimedAt: Date | null
  call: Call | null
  appointmentAt: Date | null
  agreedAt: Date | null
  /** Since then the technician's clock stands still: payment due before setting out was missing at T−90 (R13). */
  clockStoppedAt: Date | null
  onTheWayAt: Date | null
  arrivedAt: Date | null
  arrival: { punctuality: 'early' | 'on_time' | 'late' | 'not_counted'; distanceMetres: number | null; reason: string | null } | null
  door: { triesLeft: number; openedAt: Date | null; releasedBy: string | null }
  steps: StepRecord[]
  /** Steps that were done again after "what is missing", as they were before (R38). */
  redone: StepRecord[]
  missing: { text: string; reportedAt: Date; doneAt: Date | null }[]
  completedAt: Date | null
  findings: string
  advice: string
  acceptedAt: Date | null
  acceptedBy: 'homeowner' | 'staff' | null
  parts: { at: Date; handedOver: boolean; note: string } | null
  checkedOutAt: Date | null
  rating: Rating | null
  followUp: FollowUp | null
  /** A return visit's own choice (R33). */
  choice: ReturnChoice | null
  /** Technicians beside the one in charge, whose time is held for it too (R47). */
  helpers: string[]
  /** The last time that somebody said they would be late (R12). */
  delay: Delay | null
  /** At the door, and nobody answers the phone (R15). */
  noShow: { since: Date; calls: Date[]; noteFrom: Date } | null
  /** At the door, somebody was reached after all: calls until then count towards no note (R15). */
  reachedAt: Date | null
  /** Nobody was at home: the note that was left, and when (R15). */
  absent: { at: Date; note: string } | null
  /** The homeowner says that cash was asked for (R21). */
  cashReportedAt: Date | null
  /** Stands still until parts come (R45). */
  waiting: ({ since: Date } & Missing) | null
}

/** The parts that are not there, why, and when they come (R45). */
export interface Missing {
  parts: MissingPart[]
  reason: string
  expectedAt: Date
}

export interface MissingPart {
  name: string
  quantity: number
}

/** The new time stands at once, provisionally: the homeowner agrees or books anew (R12). */
export interface Delay {
  from: Date
  to: Date
  toldAt: Date
  by: 'technician' | 'staff'
  reason: string
  inTime: boolean
  answeredAt: Date | null
}

export interface Call {
  why: CallReason
  /** 5:00 from here to the first dial, 15:00 to an outcome (R10). */
  since: Date
  dials: Date[]
  outcome: CallOutcome | null
  outcomeAt: Date | null
  unanswered: number
  /** Dials before this moment belong to an earlier try. */
  tryOpensAt: Date | null
  /** After nobody answered: when it is to be tried again; null once that is done. */
  retryAt: Date | null
}

export interface StepRecord {
  id: string
  startedAt: Date | null
  doneAt: Date | null
  ticks: string[]
  photos: string[]
  note: string
}

export interface Rating {
  stars: 1 | 2 | 3 | 4 | 5
  tags: string[]
  comment: string
  at: Date
  changedAt: Date | null
}

export interface FollowUp {
  sentAt: Date | null
  callTaskAt: Date | null
  answer: {
    satisfied: boolean
    answers: { id: string; yes: boolean }[]
    conductProper: boolean
    comment: string
    at: Date
    by: 'homeowner' | 'staff'
    staffId: string | null
  } | null
}

/** Whether a technician belongs to a visit: in charge of it, or helping (R47). */
export const worksOn = (visit: Pick<Visit, 'technicianId' | 'helpers'>, technicianId: string): boolean => visit.technicianId === technicianId || visit.helpers.includes(technicianId)

/** When a visit ended for whoever came: done, or before a closed door. */
export const endOf = (visit: Visit): Date | null => visit.completedAt ?? visit.absent?.at ?? null

/** All technicians of a visit, the one in charge first. */
export const crewOf = (visit: Pick<Visit, 'technicianId' | 'helpers'>): string[] => [...(visit.technicianId ? [visit.technicianId] : []), ...visit.helpers]
