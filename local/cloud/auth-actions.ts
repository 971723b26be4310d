/** `auth.*` and `analytics.*` actions. People sign in through WeChat alone here: their OPENID is who they are, and there is no other record. */
import { createHash } from 'node:crypto'
import type { AdminAction } from './admin'
import { ServiceError } from './service-error'

export function userActions(appid: string): Record<string, AdminAction> {
  return {
    /** getEndUserInfo(uid) and queryUserInfo({ platform: 'OPENID', platformId }). */
    'auth.getUserInfoForAdmin': (params) => {
      const { platform, platformId } = params
      if (platform !== 'OPENID' || typeof platformId !== 'string' || platformId === '')
        throw new ServiceError('USER_NOT_EXIST', 'no such user')
      const uid = createHash('md5').update(platformId).digest('hex')
      return { data: { uid, openId: platformId, appId: appid, isAnonymous: false } }
    },
    /** Realtime watching belongs to clients; in functions the SDK finds no WebSocket in Node 20 (facts/cloudbase.md §2.2). */
    'auth.wsWebSign': () => {
      throw new ServiceError('INVALID_PARAM', 'watch is a client feature and is not served to functions')
    },
    'analytics.report': () => ({ data: {} }),
  }
}
