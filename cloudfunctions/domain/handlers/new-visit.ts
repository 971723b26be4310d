import type { Visit } from '../order'

/** A visit before anybody was asked to come. A return begins with the homeowner's choice of who (R33). */
export const newVisit = (no: number, kind: Visit['kind'], standard: Visit['standard'], doorCodeTries: number): Visit => ({
  no, kind, state: kind === 'return' ? 'choosing' : 'dispatching', standard, technicianId: null, formerTechnicianId: null, cashReportedAt: null, helpers: [], claimedAt: null, call: null, appointmentAt: null, agreedAt: null, clockStoppedAt: null,
  delay: null, onTheWayAt: null, arrivedAt: null, arrival: null, noShow: null, reachedAt: null, absent: null, waiting: null, door: { triesLeft: doorCodeTries, openedAt: null, releasedBy: null }, steps: [], redone: [], missing: [],
  completedAt: null, findings: '', advice: '', acceptedAt: null, acceptedBy: null, parts: null, checkedOutAt: null, rating: null, followUp: null, choice: null,
})
