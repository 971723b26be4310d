/** The values that the workplace puts for `{{env.NAME}}` in cloudbaserc.json; a deployment takes them from its own environment. */
import { createHash, createHmac } from 'node:crypto'
import type { SubscribeTemplate } from './declarations'
import { ENV_ID } from './functions/environment'
import type { Secrets } from './secrets'

export const APPID = 'wx0000000000000001'
export const MCHID = '1900000001'

/** `base` is the workplace's address without a slash at the end. */
export function workplaceVariables(base: string, secrets: Secrets, templates: SubscribeTemplate[]): Record<string, string> {
  return {
    ENV_ID,
    WX_MINIPROGRAM_APPID: APPID,
    UPLOAD_SECRET: secrets.uploadSecret,
    // Door codes and the codes of cards and badges are derived from it.
    CODE_SECRET: createHmac('sha256', secrets.platformSecret).update('codes').digest('hex'),
    // { name: template id }
    SUBSCRIBE_TEMPLATES: JSON.stringify(Object.fromEntries(templates.map((one) => [one.name, templateId(one.name)]))),
    WECHATPAY_MCHID: MCHID,
    WECHATPAY_SERIAL: secrets.merchantSerial,
    WECHATPAY_PRIVATE_KEY: secrets.merchant.privateKey,
    WECHATPAY_PUBLIC_KEY_ID: secrets.platformKeyId,
    WECHATPAY_PUBLIC_KEY: secrets.platform.publicKey,
    WECHATPAY_APIV3_KEY: secrets.apiV3Key,
    WECHATPAY_BASE_URL: `${base}/`,
    WECHATPAY_NOTIFY_URL: `${base}/http/payment`,
    WECOM_ROBOT_URL: `${base}/__robot?key=${secrets.robotKey}`,
  }
}

/** An id as WeChat's look (43 characters), the same on every start. */
export function templateId(name: string): string {
  return createHash('sha256').update(`template:${name}`).digest('base64url').slice(0, 43)
}
