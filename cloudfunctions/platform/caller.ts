import cloud from 'wx-server-sdk'

// The SDK's own typings ask for a string where its documentation asks for this symbol.
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })

/** Who calls, as the platform says it; nothing of this comes from the event. */
export interface Caller {
  /** Present only for calls from the mini-program. */
  openid: string | null
  /** `wx_client`, `wx_trigger`, `wx_http` …; empty for a console run. A chain has the first caller first. */
  source: string
}

/** Read inside `main`, never kept: each call of an instance has its own (facts: process.env identity). */
export const readCaller = (): Caller => {
  const { OPENID, SOURCE } = cloud.getWXContext()
  // The SDK turns a value of digits into a number, and tells no source at all to a call without an identity.
  return { openid: OPENID === undefined ? null : String(OPENID), source: String(SOURCE ?? process.env.TCB_SOURCE ?? '') }
}

/** Somebody who uses the mini-program. */
export const isClient = (caller: Caller): caller is Caller & { openid: string } => caller.openid !== null && !/wx_http|wx_trigger/.test(caller.source)

/** Neither the mini-program nor HTTP: the console, a timer or the owner's own tools. */
export const isInside = (caller: Caller): boolean => caller.openid === null && !/wx_client|wx_http|wx_devtools/.test(caller.source)

/** The OPENID of somebody whom `isClient` let through. @throws Error otherwise: a function that serves them must have checked. */
export const openidOf = (caller: Caller): string => {
  if (caller.openid === null) throw new Error('a client action was reached without an OPENID')
  return caller.openid
}
