import type { IsoTime, MissingPart } from '../../../../typings/contract'
import { formatClock, formatMoment, formatSpan, startOfDay } from '../../../lib/time'

/** Late, or without parts: both want a reason and a time. */
export type PlanKind = 'delay' | 'parts'

export interface TimeChoice {
  at: IsoTime
  label: string
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const NOON_MS = 12 * HOUR_MS

export const REASONS: Record<PlanKind, string[]> = {
  delay: ['上一家还没修完', '路上堵车', '车坏了', '要去取材料'],
  parts: ['门店没货，厂家发', '型号要定做', '物流还在路上'],
}

const LATER_MINUTES = [30, 60, 90, 120, 180]

/** When they can come after all: later the same day, or the same time on the next days; nothing that has passed. `at` and `now` in ms. */
export function delayChoices(at: number, now: number): TimeChoice[] {
  const same = LATER_MINUTES.map((minutes) => ({ at: at + minutes * MINUTE_MS, words: `晚 ${formatSpan(minutes)}` }))
  const next = [1, 2].map((days) => ({ at: at + days * DAY_MS, words: '' }))
  return [...same, ...next]
    .filter((choice) => choice.at > now)
    .map((choice) => ({ at: new Date(choice.at).toISOString(), label: choice.words ? `${timeOf(choice.at, now)} ${choice.words}` : formatMoment(choice.at, now) }))
}

/** The clock alone today. */
const timeOf = (at: number, now: number): string => (startOfDay(at) === startOfDay(now) ? formatClock(at) : formatMoment(at, now))

/** When the parts are expected: by noon of one of the next days. */
export function partsChoices(now: number): TimeChoice[] {
  return [1, 2, 3, 5, 7, 14].map((days) => {
    const at = startOfDay(now) + days * DAY_MS + NOON_MS
    return { at: new Date(at).toISOString(), label: formatMoment(at, now).replace(/ 12:00$/, '') }
  })
}

/** A part that is missing, as it is written in; `key` stays while rows come and go. */
export interface PartRow extends MissingPart {
  key: number
}

/** As many as the server takes. */
export const MOST_PARTS = 5

export function blankPart(rows: PartRow[]): PartRow {
  return { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, name: '', quantity: 1 }
}

/** What is known, or one row to begin with. */
export function rowsOf(parts: MissingPart[]): PartRow[] {
  return parts.length > 0 ? parts.map((part, key) => ({ ...part, key })) : [blankPart([])]
}

/** Rows without a name are left out. */
export function filledParts(rows: PartRow[]): MissingPart[] {
  return rows.map(({ name, quantity }) => ({ name: name.trim(), quantity })).filter(({ name }) => name !== '')
}

/** What is still to be done about the parts; empty when nothing is. */
export function partsMissing(rows: PartRow[]): string {
  return filledParts(rows).length === 0 ? '写缺哪样配件，业主会看到' : ''
}

const FIELDS = ['reason', 'at', 'expectedAt']

/** The server's sentence about one of these fields, if any. */
export function errorOf(errors: Record<string, string>): string {
  return Object.entries(errors).find(([field]) => FIELDS.includes(field) || field === 'parts' || field.startsWith('parts.'))?.[1] ?? ''
}
