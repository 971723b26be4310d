import * as z from 'zod'

/** Every figure of the standard. Defaults are the company's published ones, or ours where the spec marks ⚙. One document in `settings`, changed by staff. */

const minutes = (value: number) => z.number().positive('要大于 0').max(60 * 24 * 90).default(value)
const count = (value: number, most = 1_000) => z.int('要是整数').min(1, '至少是 1').max(most).default(value)
const clock = (value: string) => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写成 08:00 这样').default(value)

export const settingsSchema = z.strictObject({
  hotline: z.string().min(3).max(20).default('4000-555-776'),
  company: z.string().min(1).max(20).default('师服到'),

  dispatch: z
    .strictObject({
      /** R05 how many are offered an order at once. */
      offersPerWave: count(2, 500),
      /** R07 */
      waveMinutes: minutes(3),
      maxWaves: count(3, 20),
      /** R50 */
      emergencyWaveMinutes: minutes(1),
      emergencyRadiusFactor: z.number().min(1).max(5).default(1.5),
      /** R05 */
      radiusMetres: z.int().min(500).max(50_000).default(8_000),
      positionFreshMinutes: minutes(30),
      dailyCapacity: count(8, 50),
      bucketMetres: count(100, 5_000),
      starsWithout: z.number().min(1).max(5).default(4.5),
      ratingsCounted: count(50, 1_000),
      detourFactor: z.number().min(1).max(5).default(1.4),
      travelKmPerHour: z.number().min(1).max(120).default(20),
      jobMinutes: minutes(90),
      /** How long a hold on a technician lasts unless the order confirms it: longer than it takes the clock to pick up what a dead function left behind. */
      holdSeconds: count(120, 600),
    })
    .prefault({}),

  call: z
    .strictObject({
      /** R10 */
      reminderMinutes: minutes(4),
      breachMinutes: minutes(5),
      takeBackMinutes: minutes(15),
      /** Second and third try, counted from the first. */
      retryMinutes: z.array(z.number().positive()).length(2).default([10, 30]),
      retryGraceMinutes: minutes(5),
    })
    .prefault({}),

  appointment: z
    .strictObject({
      /** R11 */
      dayBeforeAt: clock('20:00'),
      reminderMinutes: minutes(120),
      /** How far ahead a visit may be agreed. */
      mostDaysAhead: count(60, 365),
    })
    .prefault({}),

  arrival: z
    .strictObject({
      /** R13 */
      reminderMinutes: minutes(90),
      earlyMinutes: minutes(10),
      farMetres: z.int().min(50).max(20_000).default(500),
      /** R12 how long before the appointment a delay must be told, and how long the homeowner has to answer. */
      noticeMinutes: minutes(60),
      delayAnswerMinutes: minutes(30),
      /** R14 */
      doorCodeTries: count(5, 20),
      /** R14 how long a shown badge code can be verified. */
      badgeMinutes: minutes(10),
    })
    .prefault({}),

  absence: z.strictObject({ /** R15 */ waitMinutes: minutes(30), rebookHours: minutes(48) }).prefault({}),

  quote: z.strictObject({ /** R22 */ reminderHours: minutes(24), expiryHours: minutes(72) }).prefault({}),

  payment: z
    .strictObject({
      /** R13 the homeowner is reminded this long before T, hours. */
      reminderHours: z.array(z.number().positive()).max(5).default([24, 3]),
      /** How long one attempt at WeChat Pay stays open. */
      attemptMinutes: minutes(30),
    })
    .prefault({}),

  acceptance: z.strictObject({ /** R30 */ reminderHours: minutes(24), staffHours: minutes(72) }).prefault({}),

  followUp: z
    .strictObject({
      /** R32, hours after completion. */
      questionnaireHours: minutes(2),
      callTaskHours: minutes(20),
      breachHours: minutes(24),
      leastStaffedHours: minutes(2),
    })
    .prefault({}),

  returnVisit: z.strictObject({ /** R33 */ aloneMinutes: minutes(30), choiceHours: minutes(2) }).prefault({}),

  rating: z.strictObject({ /** R31 */ changeableDays: minutes(7) }).prefault({}),

  /** R41 when a message that WeChat could not deliver, and that nobody has opened here, becomes a call for staff. */
  messages: z.strictObject({ unreadMinutes: minutes(30) }).prefault({}),

  /** R36, R52 how long a technician can contest what is on their record, and how long before it expires a certificate is asked for anew, days. */
  register: z.strictObject({ contestDays: count(15, 365), breachPoints: count(3, 12), certificateDays: count(30, 365) }).prefault({}),

  /** R39 how long after completion a technician sees who lives there. */
  privacy: z.strictObject({ visibleDays: count(7, 365) }).prefault({}),

  /** R32, R55 */
  staffedHours: z
    .strictObject({ from: clock('08:00'), to: clock('21:00') })
    .refine(({ from, to }) => from < to, { error: '下班要在上班之后', path: ['to'] })
    .prefault({}),

  /** R55 ordinary orders wait, and no call clock starts. The same clock twice: no night. */
  night: z.strictObject({ from: clock('22:00'), to: clock('07:00') }).prefault({}),

  /** Ids of the subscribe-message templates in this account, by key (R41). A key without an id is shown in the inbox only. */
  templateIds: z.record(z.string(), z.string()).default({}),
})

export type Settings = z.output<typeof settingsSchema>

/** The spec's defaults. */
export const defaultSettings = (): Settings => settingsSchema.parse({})
