/** How people behave: shares of all cases and durations, in one place. Invented, from what the trade tells of itself. */

/** Seconds. */
const MINUTE = 60

export const HABITS = {
  filing: {
    /** Orders by hour of the day, relative: a peak before noon, a higher one after work, few at night. */
    byHour: [0.4, 0.25, 0.2, 0.15, 0.2, 0.5, 1.6, 3.6, 6.2, 7.6, 7.8, 6.4, 4.6, 4.4, 5.2, 5.4, 5.4, 6.2, 7.8, 8.6, 7.8, 5.2, 2.8, 1.2],
    emergencies: 0.035,
    emergenciesAtNight: 0.3,
    /** The wanted day, by whether there is still time today. */
    wantsToday: 0.46,
    /** Days ahead, when it is not today. */
    wantsLater: [[50, 1], [30, 2], [20, 3]],
    /** Priced at once; the rest are looked at first (R17b). */
    pricedAtOnceLater: 0.55,
    /** Of today's: the share that is paid before and repaired to the end; the others decide at the door (visits are free, R16). */
    repairedToTheEnd: 0.06,
    /** Presses “允许” when filing. */
    allowsMessages: 0.8,
    /** Of those priced at once for another day: pays as soon as the time is agreed. */
    paysAhead: 0.12,
  },
  offer: {
    /** Never looks while it is open. */
    overlooked: 0.1,
    quick: 0.72,
    quickMedian: 22,
    slowLow: 60,
    slowHigh: 170,
    /** Has allowed that WeChat tells of changes to a job. */
    allowsMessages: 0.92,
    /** Opens the offer before deciding; the others decide from the list. */
    reads: 0.25,
    declines: 0.1,
    /** More of those that are far away, a kilometre. */
    declinesPerKm: 0.012,
    letsLie: 0.05,
  },
  call: {
    quick: 0.8,
    quickLow: 15,
    quickHigh: 150,
    slow: 0.11,
    slowHigh: 235,
    /** Forgets, and is woken by the reminder at 4:00. */
    reminded: 0.06,
    /** Past five minutes all the same. */
    late: 0.018,
    lateHigh: 11 * MINUTE,
    /** The rest forget for good, unless staff reach them. */
    reachedByStaff: 0.6,
    talkLow: 40,
    talkHigh: 200,
    noAnswer: 0.1,
    answersRetry: 0.62,
    forgetsRetry: 0.07,
    wrongNumber: 0.015,
    cancelsOnThePhone: 0.01,
  },
  plan: {
    givesBack: 0.025,
    homeownerCancels: 0.02,
    cancelsBeforeClaim: 0.012,
    tellsDelay: 0.02,
    agreesToDelay: 0.8,
    neverPays: 0.05,
  },
  visit: {
    /** How far ahead of T−10 they mean to be there, minutes. */
    marginLow: 0,
    marginHigh: 13,
    /** Traffic: spread of the logarithm, and how much longer at rush hour. */
    traffic: 0.32,
    rushHour: 1.35,
    /** Forgets the visit until staff phone. */
    forgets: 0.012,
    nobodyAtHome: 0.015,
    checksInFar: 0.01,
    atDoorLow: 8 * MINUTE,
    atDoorHigh: 25 * MINUTE,
  },
  afterwards: { answersQuestions: 0.6, notSatisfied: 0.07, rebooks: 0.6 },
  duty: {
    /** How often the app is opened while waiting for work, minutes. */
    opensLow: 50,
    opensHigh: 110,
  },
  staff: { looksEvery: 3 * MINUTE, looksAtNightEvery: 5 * MINUTE, homeownerReached: 0.7, assignsAtMost: 4 },
} as const

/** Tuesday 2030-01-08 06:00 in Shanghai: clocks only move forward, so it lies well ahead. */
export const DAY_BEGINS = Date.parse('2030-01-07T22:00:00Z')
/** 1 Monday … 7 Sunday. */
export const WEEKDAY = 2

export interface Size {
  technicians: number
  orders: number
  districts: number
  /** Hours that the simulated day lasts. */
  hours: number
}

export const FULL: Size = { technicians: 1_000, orders: 10_000, districts: 12, hours: 24 }
export const QUICK: Size = { technicians: 60, orders: 200, districts: 2, hours: 6 }
