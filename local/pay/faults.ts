import * as z from 'zod'

/** How the gateway itself misbehaves, for a number of answers: POST /__pay-faults. */
export const fault = z.strictObject({
  fault: z.enum([
    /** The answer's signature is wrong: somebody sits in between. */
    'forged-answer',
    /** 500 SYSTEM_ERROR, nothing carried out. */
    'unavailable',
    /** Carried out, but the connection breaks before the answer. */
    'lost-answer',
    /** 429 FREQUENCY_LIMITED, nothing carried out. */
    'busy',
  ]),
  times: z.number().int().min(1).max(1000).default(1),
})

export type Fault = z.infer<typeof fault>['fault']

export class Faults {
  private left: Fault[] = []

  choose({ fault: kind, times }: z.infer<typeof fault>): void {
    this.left.push(...Array.from({ length: times }, () => kind))
  }

  take(): Fault | undefined {
    return this.left.shift()
  }

  clear(): void {
    this.left = []
  }
}
