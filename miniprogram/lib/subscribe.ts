/**
 * Asking WeChat's leave to send messages (R41). One "允许" is one message, so we ask at every natural tap: filing, paying, accepting;
 * technicians at going on duty, claiming, arriving. A refusal never blocks what the tap was for.
 */
import type { SubscriptionAnswer, TemplateKey, Templates } from '../../typings/contract'
import type { FunctionName } from './cloud'
import { call } from './cloud'
import { newRequestId } from './request-id'

export type SubscriptionAnswers = Partial<Record<TemplateKey, SubscriptionAnswer>>

const STORAGE_KEY = 'templates'
/** WeChat's limit for one question. */
const MOST_AT_ONCE = 5
const ANSWERS: ReadonlySet<string> = new Set<SubscriptionAnswer>(['accept', 'reject', 'ban', 'filter'])
/** Errors of the question that say why nobody was asked; after any other, one may simply ask again. */
const NOT_ASKED: Partial<Record<number, SubscriptionAnswer>> = { 20004: 'off', 20005: 'blocked' }

/** What came of asking: whether any of those kinds was allowed once more, and how many of each kind are left, as far as is known. */
export interface Asked {
  allowed: boolean
  left: Partial<Record<TemplateKey, number>>
}

const NOTHING: Asked = { allowed: false, left: {} }

let known: Templates | null = null

/** Keeps the template ids that openHome / openJobs gave: at a tap there is no time to fetch them. */
export function rememberTemplates(templates: Templates): void {
  known = templates
  wx.setStorage({ key: STORAGE_KEY, data: templates, fail: () => undefined })
}

/** At the app's start on a page that is not told them: somebody came by a message or a shared link, and may be asked for messages there. */
export async function learnTemplates(): Promise<void> {
  if (Object.keys(templateIds()).length > 0) return
  try {
    rememberTemplates((await call('homeowner', 'openHome', {})).templates)
  } catch (error) {
    console.warn('no template ids yet', error)
  }
}

function templateIds(): Partial<Templates> {
  if (known) return known
  const kept: unknown = wx.getStorageSync(STORAGE_KEY)
  return typeof kept === 'object' && kept !== null ? (kept as Partial<Templates>) : {}
}

/**
 * Asks for these kinds of message and records what was answered. Call it first thing in the tap's handler, before any await:
 * WeChat shows its question only then. Never throws.
 */
export function askForMessages(name: FunctionName, keys: readonly TemplateKey[]): Promise<Asked> {
  const ids = templateIds()
  const asked = keys.filter((key) => ids[key]).slice(0, MOST_AT_ONCE)
  if (asked.length === 0) return Promise.resolve(NOTHING)
  const tmplIds = asked.map((key) => ids[key] ?? '')
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds,
      success: (result) => {
        const answers: SubscriptionAnswers = {}
        for (const key of asked) {
          const answer = result[ids[key] ?? '']
          if (isSubscriptionAnswer(answer)) answers[key] = answer
        }
        record(name, answers).then(resolve, () => resolve(NOTHING))
      },
      // Whatever it is, the inbox has everything anyway.
      fail: ({ errCode }) => {
        const why = NOT_ASKED[errCode]
        record(name, why ? Object.fromEntries(asked.map((key) => [key, why])) : {}).then(resolve, () => resolve(NOTHING))
      },
    })
  })
}

async function record(name: FunctionName, answers: SubscriptionAnswers): Promise<Asked> {
  if (Object.keys(answers).length === 0) return NOTHING
  const { left } = await call(name, 'recordSubscription', { answers }, { requestId: newRequestId() })
  return { allowed: Object.values(answers).includes('accept'), left }
}

function isSubscriptionAnswer(value: unknown): value is SubscriptionAnswer {
  return typeof value === 'string' && ANSWERS.has(value)
}
