/** Calls WeChat's openapi by name, as a function does. */
import cloud from 'wx-server-sdk'

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })

type Call = (args: unknown) => Promise<Record<string, unknown>>

export async function main(event: { api: string; args: Record<string, unknown> }) {
  const [namespace = '', method = ''] = event.api.split('.')
  const openapi = cloud.openapi as Record<string, Record<string, Call>>
  try {
    return { ok: await openapi[namespace]?.[method]?.(event.args) }
  } catch (error) {
    const { errCode, errMsg } = error as { errCode: number; errMsg: string }
    return { errCode, errMsg }
  }
}
