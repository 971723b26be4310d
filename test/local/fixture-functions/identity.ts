/** Tells who calls, by both SDKs, before and after waiting. */
import tcb from '@cloudbase/node-sdk'
import cloud from 'wx-server-sdk'

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })
const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV })
const instance = Math.random().toString(36)

export async function main(event: { wait?: number }, context: Record<string, unknown>) {
  const before = cloud.getWXContext()
  await new Promise((done) => setTimeout(done, event.wait ?? 0))
  const after = cloud.getWXContext()
  return { instance, event, before, after, user: app.auth().getUserInfo(), context, environment: process.env }
}
