import type { Honorific, TechnicianApi } from '../../../typings/contract'

type RecordCall = TechnicianApi['recordCall']['input']

/** What is gone through on the phone; kept until the call is recorded. */
export interface CallNotes {
  checked: CheckId[]
  honorific: Honorific | null
  problem: string | null
  room: string | null
  appointmentAt: string | null
}

export type CheckId = 'honorific' | 'problem' | 'time' | 'room'

export const EMPTY_NOTES: CallNotes = { checked: [], honorific: null, problem: null, room: null, appointmentAt: null }

export interface Check {
  id: CheckId
  label: string
  on: boolean
}

const LABELS: [CheckId, string][] = [
  ['honorific', '称呼'],
  ['problem', '毛病'],
  ['time', '时间'],
  ['room', '门牌'],
]

export function checksOf(notes: CallNotes): Check[] {
  return LABELS.map(([id, label]) => ({ id, label, on: notes.checked.includes(id) }))
}

export function check(notes: CallNotes, id: CheckId, changes: Partial<CallNotes> = {}): CallNotes {
  const checked = notes.checked.includes(id) ? notes.checked : [...notes.checked, id]
  return { ...notes, ...changes, checked }
}

/** What was kept of an earlier call, without a time that has passed: it would be agreed to by mistake. */
export function stillGood(notes: CallNotes, now: number): CallNotes {
  if (!notes.appointmentAt || Date.parse(notes.appointmentAt) > now) return notes
  return { ...notes, checked: notes.checked.filter((id) => id !== 'time'), appointmentAt: null }
}

/** Only what differs from what the order says is a correction (R10). */
export function correctionsOf(notes: CallNotes, known: { honorific: Honorific; problem: string }): RecordCall['corrections'] {
  const corrections: NonNullable<RecordCall['corrections']> = {}
  if (notes.honorific && notes.honorific !== known.honorific) corrections.honorific = notes.honorific
  const problem = notes.problem?.trim()
  if (problem && problem !== known.problem) corrections.problem = problem
  const room = notes.room?.trim()
  if (room) corrections.room = room
  return Object.keys(corrections).length > 0 ? corrections : undefined
}
