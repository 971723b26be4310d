import type { InvokeRule } from '../declarations'

/**
 * Whether a client may call a function, by the rules that are deployed: the function's own, else the one for "*".
 * Rules bind clients alone, not the console, timers, HTTP access or other functions.
 */
export function clientMayInvoke(rules: Record<string, InvokeRule>, functionName: string, openid: string | undefined): boolean {
  const rule = Object.hasOwn(rules, functionName) ? rules[functionName] : rules['*']
  if (rule?.invoke === 'auth != null') return Boolean(openid)
  return rule?.invoke === true
}
