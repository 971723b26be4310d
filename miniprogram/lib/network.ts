/**
 * Whether the phone has a network: asked in one place of the app (app.ts), heard by whoever must say so or go on when it is back (components/network-line,
 * LiveView, the technician's start). Until WeChat has said otherwise there is one.
 */
type Listener = (online: boolean) => void

let online = true
const listeners = new Set<Listener>()

/** In the app's onLaunch. */
export function watchNetwork(): void {
  wx.onNetworkStatusChange(({ isConnected }) => learn(isConnected))
}

/** In the app's onShow: what changed while it was in the background is told to nobody. */
export function readNetwork(): void {
  wx.getNetworkType({ success: ({ networkType }) => learn(networkType !== 'none'), fail: () => undefined })
}

function learn(isOnline: boolean): void {
  if (isOnline === online) return
  online = isOnline
  for (const listener of [...listeners]) listener(online)
}

export function isOnline(): boolean {
  return online
}

/** Hears each change until the function that it gives is called. */
export function onNetworkChange(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
