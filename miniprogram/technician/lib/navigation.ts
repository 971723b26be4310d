import type { JobView } from '../../../typings/contract'

/** Opens the map at the home (GCJ-02), from where any map app leads there. */
export function openNavigation({ longitude, latitude, address }: JobView['place']): void {
  wx.openLocation({ longitude, latitude, name: address, address, fail: () => undefined })
}
