/** The variables of a function instance and of a single call, as the cloud sets them (facts/cloudbase.md §1). */
import type { FunctionDeclaration } from '../declarations'
import { fillPlaceholders } from '../declarations'

export const ENV_ID = 'local'
const REGION = 'ap-shanghai'

/** Who calls a function, as the platform knows it: nothing of this comes from the event. */
export interface Caller {
  /** The chain of sources: `wx_client`, `wx_client,scf`, `wx_trigger`, `wx_http`; empty for a console run. */
  source: string
  openid?: string
  clientIp?: string
}

/** Where the SDKs find the cloud: enough for any program outside. */
export function sdkEnvironment(adminUrl: string): Record<string, string> {
  return {
    // SCF: the SDK then neither probes the metadata service nor keeps sockets, as in a real function.
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: REGION,
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    TENCENTCLOUD_SESSIONTOKEN: 'local',
    SCF_NAMESPACE: ENV_ID,
    TCB_ENV: ENV_ID,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: adminUrl }),
  }
}

/** What stays the same for all calls of an instance. Nothing of this machine's own environment gets in. */
export function instanceEnvironment(
  declaration: FunctionDeclaration,
  adminUrl: string,
  variables: Record<string, string>,
): Record<string, string> {
  const own = Object.fromEntries(Object.entries(declaration.envVariables).map(([key, text]) => [key, fillPlaceholders(text, variables)]))
  return {
    NODE_ENV: 'production',
    ...sdkEnvironment(adminUrl),
    SCF_FUNCTIONNAME: declaration.name,
    SCF_RUNTIME: declaration.runtime,
    SCF_FUNCTIONVERSION: '$LATEST',
    // node-sdk reads TCB_SOURCE only if it is listed here; wx-server-sdk reads it directly.
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE,TCB_SOURCE_IP',
    ...own,
  }
}

/** Variables of one call. A console run carries no identity: getWXContext() then tells ENV alone. */
export function callEnvironment(caller: Caller, appid: string, token: string): Record<string, string> {
  const timer = caller.source === 'wx_trigger'
  const identity: Record<string, string> = {
    ...(caller.openid === undefined ? {} : { WX_OPENID: caller.openid }),
    ...(caller.openid !== undefined || timer ? { WX_APPID: appid } : {}),
    ...(caller.clientIp === undefined ? {} : { WX_CLIENTIP: caller.clientIp }),
    WX_API_TOKEN: token,
  }
  return {
    ...identity,
    WX_CONTEXT_KEYS: Object.keys(identity).join(','),
    TCB_SOURCE: caller.source,
    ...(caller.clientIp === undefined ? {} : { TCB_SOURCE_IP: caller.clientIp }),
    ...(timer ? { TRIGGER_SRC: 'timer', WX_TRIGGER_API_TOKEN_V0: token } : {}),
  }
}
