import { resolve } from 'node:path'
import * as z from 'zod'

/** Thrown when an environment variable makes no sense; the message is for the terminal. */
export class SettingError extends Error {
  override name = 'SettingError'
}

const flag = z.enum(['', '0', '1']).default('')
const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  DATA_DIR: z.string().min(1).default('.local'),
  SEED: z.enum(['demo', 'none']).default('demo'),
  CLOCK: z.enum(['running', 'manual', 'frozen']).default('running'),
  STRICT_INDEXES: flag,
  FUNCTION_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  FUNCTION_LOGS: flag,
  END_WITH_STDIN: flag,
  FUNCTION_ROOT: z.string().min(1).default('dist/cloudfunctions'),
  CLOUDBASERC: z.string().min(1).default('cloudbaserc.json'),
  RESOURCES: z.string().min(1).default('cloudbase/resources.json'),
})

/** Reads the workplace's settings; relative paths count from the repository. Throws SettingError. */
export function readSettings(environment: NodeJS.ProcessEnv, root: string) {
  const parsed = variables.safeParse(environment)
  if (!parsed.success) throw new SettingError(`启动参数不对：\n${z.prettifyError(parsed.error)}`)
  const set = parsed.data
  const path = (value: string): string => resolve(root, value)
  return {
    port: set.PORT,
    dataDirectory: path(set.DATA_DIR),
    seed: set.SEED,
    clockMode: set.CLOCK,
    strictIndexes: set.STRICT_INDEXES === '1',
    concurrency: set.FUNCTION_CONCURRENCY,
    endWithStdin: set.END_WITH_STDIN === '1',
    echoLogs: set.FUNCTION_LOGS === '1',
    functionRoot: path(set.FUNCTION_ROOT),
    cloudbasercFile: path(set.CLOUDBASERC),
    resourcesFile: path(set.RESOURCES),
  }
}
