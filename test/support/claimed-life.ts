import { technicianButtons } from '../../cloudfunctions/domain/views/technician'
import { HOUR } from '../../cloudfunctions/domain/shanghai'
import { knowledge, Life, MONDAY_9, plus } from './life'

/** Lives of orders from the claim on: t1 has it at 0:00 = Monday 09:00, and the homeowner wants somebody at T. */

export const claimed = (): Life => {
  const life = new Life()
  life.claim('t1')
  return life
}
export const dial = { type: 'dial', technicianId: 't1' } as const
export const T = plus(MONDAY_9, 5 * HOUR)
export const violations = (life: Life) => life.out('violation').map((entry) => `${entry.violation.kind} ${entry.violation.at.toISOString()}`)
export const messaged = (life: Life, what: string) => life.out('message').some((entry) => entry.blanks['what']?.includes(what))
export const buttons = (life: Life) => technicianButtons(life.order, life.visit.technicianId ?? '', { now: life.now, ...knowledge(), categoryName: (code) => code, urlOf: () => '' })
