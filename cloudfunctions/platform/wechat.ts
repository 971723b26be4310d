import cloud from 'wx-server-sdk'
import { callElsewhere } from './trips'

/** Calls to WeChat itself, through wx-server-sdk: the only SDK that has them. */

export interface SubscribeMessage {
  openid: string
  templateId: string
  page: string
  data: Record<string, { value: string }>
}

/** `errcode` null: it cannot be told whether WeChat took it (no answer, or a fault of its own). */
export type SendResult = { sent: true } | { sent: false; errcode: number | null }

/** The function's config.json does not name the API, or there is none of that name. */
const NEVER_CALLED: ReadonlySet<number> = new Set([-604100, -604101])

const errCodeOf = (error: unknown): number | null => {
  const code = typeof error === 'object' && error !== null && 'errCode' in error ? Number((error as { errCode: unknown }).errCode) : Number.NaN
  // Positive codes are WeChat's verdicts; -1 is "busy", and the SDK's own codes below tell of the way there, but for two: this function may not call that at all.
  return Number.isInteger(code) && (code > 0 || NEVER_CALLED.has(code)) ? code : null
}

export const sendSubscribeMessage = async ({ openid, templateId, page, data }: SubscribeMessage): Promise<SendResult> => {
  try {
    await callElsewhere(() => cloud.openapi.subscribeMessage.send({ touser: openid, templateId, page, data, miniprogramState: 'formal', lang: 'zh_CN' }))
    return { sent: true }
  } catch (error) {
    return { sent: false, errcode: errCodeOf(error) }
  }
}

export type TextVerdict = 'pass' | 'risky' | 'unchecked'

/** WeChat's content check of what other people will read (R54). `unchecked`: it did not answer or was not sure; staff look at it. */
export const checkText = async (openid: string, content: string): Promise<TextVerdict> => {
  if (content.trim() === '') return 'pass'
  try {
    const { result } = await callElsewhere<{ result: { suggest: string } }>(() => cloud.openapi.security.msgSecCheck({ version: 2, scene: 2, openid, content }))
    return result.suggest === 'pass' || result.suggest === 'risky' ? result.suggest : 'unchecked'
  } catch {
    return 'unchecked'
  }
}

/** The phone number that the one-time code of the phone-number button stands for; null when the code is spent or old. */
export const readPhoneNumber = async (code: string): Promise<string | null> => {
  try {
    const { phoneInfo } = await callElsewhere<{ phoneInfo: { purePhoneNumber: string } }>(() => cloud.openapi.phonenumber.getPhoneNumber({ code }))
    return phoneInfo.purePhoneNumber
  } catch (error) {
    if ((errCodeOf(error) ?? 0) > 0) return null
    throw error
  }
}
