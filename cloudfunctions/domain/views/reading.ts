import type { Figures } from '../../../typings/contract'
import type { Knowledge } from '../event'
import type { Settings } from '../settings'

/** What a category is called, by its code; the code itself when the price book no longer has it. */
export type CategoryName = (code: string) => string

/** What a projection must be told, since it looks nothing up. */
export interface Reading {
  now: Date
  settings: Settings
  codeFor: Knowledge['codeFor']
  /** 水路 for `plumbing`, by the price book. */
  categoryName: CategoryName
  /** A short-lived link to a file that this reader may see; empty when there is none. */
  urlOf(fileId: string): string
}

/** What a technician's card is drawn with. Their photo is a file like any other, unless it is a picture itself. */
export type CardReading = Pick<Reading, 'categoryName' | 'urlOf'>

export const iso = (moment: Date): string => moment.toISOString()
export const isoOrNull = (moment: Date | null): string | null => (moment ? moment.toISOString() : null)

/** The figures that pages say in words of their own. */
export const figuresOf = ({ dispatch, call, arrival, returnVisit, rating }: Settings): Figures => ({
  offersPerWave: dispatch.offersPerWave,
  callMinutes: call.breachMinutes,
  callTries: call.retryMinutes.length + 1,
  earlyMinutes: arrival.earlyMinutes,
  noticeMinutes: arrival.noticeMinutes,
  aloneMinutes: returnVisit.aloneMinutes,
  ratingDays: rating.changeableDays,
})
