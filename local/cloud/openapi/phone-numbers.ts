/** phonenumber.getPhoneNumber: codes that the phone's button gave, each good once and for five minutes. */
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Shelf } from '../shelf'
import { type Answer, OK, refused } from './answer'

const VALID_MS = 5 * 60_000

export const phoneCodeRequest = z.strictObject({
  openid: z.string().min(1),
  phone: z.string().regex(/^1[3-9]\d{9}$/, '应是 11 位手机号'),
})

export interface PhoneCode {
  openid: string
  phone: string
  /** ms, moved time. */
  issuedAt: number
}

export class PhoneNumbers {
  constructor(
    private readonly codes: Shelf<PhoneCode>,
    private readonly now: () => number,
    private readonly appid: string,
  ) {}

  issue({ openid, phone }: z.infer<typeof phoneCodeRequest>): string {
    const code = randomBytes(32).toString('hex')
    this.codes.put(code, { openid, phone, issuedAt: this.now() })
    return code
  }

  exchange(args: Record<string, unknown>): Answer {
    const code = typeof args.code === 'string' ? args.code : ''
    const known = code === '' ? undefined : this.codes.get(code)
    if (!known) return refused(40029, 'invalid code')
    this.codes.delete(code)
    if (this.now() - known.issuedAt > VALID_MS) return refused(40029, 'invalid code')
    return {
      ...OK,
      phone_info: {
        phoneNumber: known.phone,
        purePhoneNumber: known.phone,
        countryCode: '86',
        watermark: { timestamp: Math.floor(this.now() / 1000), appid: this.appid },
      },
    }
  }
}
