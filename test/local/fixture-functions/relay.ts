/** Calls another function, by either SDK. */
import tcb from '@cloudbase/node-sdk'
import cloud from 'wx-server-sdk'

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })
const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV })

export async function main(event: { to: string; data?: Record<string, unknown>; by?: 'wx' }) {
  try {
    const options = { name: event.to, data: event.data ?? {} }
    const answer = await (event.by === 'wx' ? cloud.callFunction(options) : app.callFunction(options))
    return { result: (answer as { result: unknown }).result }
  } catch (error) {
    const { code, errCode, message } = error as { code?: string; errCode?: number; message: string }
    return { code, errCode, message }
  }
}
