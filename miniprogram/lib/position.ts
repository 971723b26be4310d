import type { PositionInput } from '../../typings/contract'
import { confirm } from './dialog'
import { serverNow } from './server-clock'

/** Where the phone is, GCJ-02 degrees; null when it will not say (refused, no satellite, switched off). */
export function currentPosition(): Promise<PositionInput | null> {
  return new Promise((resolve) => {
    wx.getLocation({
      type: 'gcj02',
      success: ({ longitude, latitude }) => resolve({ longitude, latitude, measuredAt: new Date(serverNow()).toISOString() }),
      fail: () => resolve(null),
    })
  })
}

/** The same without asking anyone: null until the person has allowed it at a button. */
export function positionIfAllowed(): Promise<PositionInput | null> {
  return new Promise((resolve) => {
    wx.getSetting({
      success: ({ authSetting }) => resolve(authSetting['scope.userLocation'] ? currentPosition() : null),
      fail: () => resolve(null),
    })
  })
}

/** Says why the position is needed and leads to the settings; the person presses again afterwards. */
export async function explainPosition(why: string): Promise<void> {
  const go = await confirm({ title: '拿不到位置', content: `${why}请打开手机定位，并允许微信和师服到使用位置。`, confirmText: '去打开' })
  if (go) void wx.openSetting({})
}
