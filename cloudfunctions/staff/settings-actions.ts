import * as z from 'zod'
import { refuse } from '../domain/refusal'
import { defaultSettings, settingsSchema } from '../domain/settings'
import { _, collection, replaceFields } from '../platform/db'
import type { SettingsDocument } from '../platform/documents'
import { inputRefusal } from '../platform/input-errors'
import { forgetSettings, readSettings, SETTINGS_ID, settingsIn } from '../platform/settings'
import { staffAction } from './staff-action'

export const showSettings = staffAction({
  summary: '看全部设置，和公司标准不一样的单独列出',
  roles: ['dispatcher', 'estimator', 'customer_service', 'finance'],
  writes: false,
  input: z.strictObject({}),
  example: {},
  run: async () => {
    forgetSettings()
    const settings = await readSettings()
    const changed = differences(defaultSettings(), settings)
    return { text: changed.length > 0 ? `改过的设置：\n${changed.join('\n')}` : '全部按公司标准，没有改过', settings }
  },
})

/** Changes single figures: what is not named stays as it is. The whole is checked before it is written. */
export const changeSettings = staffAction({
  summary: '改设置，只写要改的；先用 dryRun 看会变什么',
  roles: ['manager'],
  writes: true,
  input: z.strictObject({ settings: z.record(z.string(), z.unknown()).describe('只写要改的，写法和 showSettings 里一样') }),
  example: { settings: { dispatch: { radiusMetres: 10000 } } },
  run: async ({ settings: wanted }, { operator, dryRun }) => {
    const stored = await collection('settings').get(SETTINGS_ID)
    const before = settingsSchema.parse(stored ? settingsIn(stored) : {})
    const parsed = settingsSchema.safeParse(merge(before, wanted))
    if (!parsed.success) return inputRefusal(parsed.error)
    const changed = differences(before, parsed.data)
    if (changed.length === 0) return { text: '和现在一样，没有要改的', changed }
    if (dryRun) return { text: `试跑，什么都没改。会变成：\n${changed.join('\n')}`, changed, dryRun: true }
    // Somebody else may have changed another figure since: theirs must not be undone.
    if (!(await writeSettings(stored, { ...parsed.data, updatedAt: new Date(), updatedBy: operator.id }))) return refuse('CONFLICT', '设置刚被别人改过，请再看一遍后重试')
    forgetSettings()
    return { text: `改好了，10 秒内生效：\n${changed.join('\n')}`, changed }
  },
})

const writeSettings = async (stored: SettingsDocument | null, next: Omit<SettingsDocument, '_id' | 'version'>): Promise<boolean> => {
  if (!stored) return collection('settings').add({ _id: SETTINGS_ID, ...next, version: 1 })
  const { version } = stored
  const known = typeof version === 'number' ? version : null
  const changes = replaceFields(stored, { ...next, _id: stored._id, version: (known ?? 0) + 1 })
  return (await collection('settings').update({ _id: stored._id, version: known ?? _.exists(false) }, changes)) === 1
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const merge = (base: unknown, change: unknown): unknown =>
  isGroup(base) && isGroup(change) ? { ...base, ...Object.fromEntries(Object.entries(change).map(([key, value]) => [key, merge(base[key], value)])) } : change

const differences = (a: unknown, b: unknown, path = ''): string[] => {
  if (isGroup(a) && isGroup(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differences(a[key], b[key], path ? `${path}.${key}` : key))
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [`${path}：${JSON.stringify(a)} → ${JSON.stringify(b)}`]
}

