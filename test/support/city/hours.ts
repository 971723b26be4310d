/** The hours of R52 and R55 once more, from the service standard's words. Times are ms; Shanghai is eight hours ahead of UTC, all year. */
export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const dayOf = (ms: number): number => Math.floor((ms + 8 * HOUR) / DAY)
/** So many ms after midnight of that day. */
export const onDay = (day: number, sinceMidnight: number): number => day * DAY - 8 * HOUR + sinceMidnight
const sinceMidnight = (ms: number): number => ms - onDay(dayOf(ms), 0)

/** That time of the day, the next time that it comes. */
const next = (ms: number, clock: number): number => (sinceMidnight(ms) < clock ? onDay(dayOf(ms), clock) : onDay(dayOf(ms) + 1, clock))

const NIGHT = { from: 22 * HOUR, to: 7 * HOUR }
const OFFICE = { from: 8 * HOUR, to: 21 * HOUR }

/** R55: what an ordinary order waits for at night comes at seven; an emergency runs on. */
export const byDay = (ms: number, emergency: boolean): number => {
  const clock = sinceMidnight(ms)
  return !emergency && (clock >= NIGHT.from || clock < NIGHT.to) ? next(ms, NIGHT.to) : ms
}

/** R55: what waits for people in the office comes while they are there. */
export const whenStaffed = (ms: number, emergency: boolean): number => {
  const clock = sinceMidnight(ms)
  return emergency || (clock >= OFFICE.from && clock < OFFICE.to) ? ms : next(ms, OFFICE.from)
}

/** Hours that somebody works, ms after midnight, on one day of the week (1 Monday … 7 Sunday) or, unnamed, on all (R52). None at all: any time. */
export type Shifts = readonly { weekday?: number; from: number; to: number }[]

/** The first day of 1970 was a Thursday. */
const isOn = ({ weekday }: Shifts[number], day: number): boolean => weekday === undefined || ((day + 3) % 7) + 1 === weekday

export const worksAt = (shifts: Shifts, ms: number): boolean => shifts.length === 0 || shifts.some((shift) => isOn(shift, dayOf(ms)) && sinceMidnight(ms) >= shift.from && sinceMidnight(ms) < shift.to)
/** When the next shift begins. */
export const nextShift = (shifts: Shifts, ms: number): number =>
  Math.min(...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((days) => shifts.filter((shift) => isOn(shift, dayOf(ms) + days)).map(({ from }) => onDay(dayOf(ms) + days, from))).filter((moment) => moment > ms))
/** When work begins, from that day on: with the first shift, or when the night is over. */
export const workBegins = (shifts: Shifts, day: number): number => (shifts.length > 0 ? nextShift(shifts, onDay(day, 0) - 1) : onDay(day, NIGHT.to))
