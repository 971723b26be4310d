/** subscribeMessage.send: one accepted prompt allows one message, as WeChat counts. */
import { randomInt } from 'node:crypto'
import * as z from 'zod'
import { iso } from '../clock'
import type { MessageLog } from '../messages'
import type { Shelf } from '../shelf'
import { type Answer, OK, refused } from './answer'
import type { ChosenAnswers } from './chosen-answers'
import { valueProblem } from './template-values'

/** A template with the id that this workplace gave it. */
export interface KnownTemplate {
  id: string
  name: string
  title: string
  fields: { key: string; label: string }[]
}

export const consent = z.strictObject({
  openid: z.string().min(1),
  /** What the person pressed, by template id. */
  templates: z.record(z.string(), z.enum(['accept', 'reject', 'ban', 'filter'])),
  /** As if they had pressed so often. */
  times: z.int().min(1).max(1_000).default(1),
})

const send = z.looseObject({
  touser: z.string().min(1),
  template_id: z.string().min(1),
  page: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
  miniprogram_state: z.enum(['developer', 'trial', 'formal']).optional(),
  lang: z.enum(['zh_CN', 'en_US', 'zh_HK', 'zh_TW']).optional(),
})

export interface SubscribeMessagesOptions {
  /** Sends left, by `[openid, template id]`. */
  credits: Shelf<number>
  templates: KnownTemplate[]
  answers: ChosenAnswers
  messages: MessageLog
  now: () => number
}

export class SubscribeMessages {
  constructor(private readonly options: SubscribeMessagesOptions) {}

  /** The person answered a prompt: each accept adds one send, or `times`. */
  consent({ openid, templates, times }: z.infer<typeof consent>): Record<string, number> {
    for (const [template, choice] of Object.entries(templates)) {
      if (choice === 'accept') this.options.credits.put(creditKey(openid, template), this.left(openid, template) + times)
    }
    return Object.fromEntries(Object.keys(templates).map((template) => [template, this.left(openid, template)]))
  }

  left(openid: string, template: string): number {
    return this.options.credits.get(creditKey(openid, template)) ?? 0
  }

  send(args: Record<string, unknown>): Answer {
    const parsed = send.safeParse(args)
    if (!parsed.success) return refused(47001, `data format error: ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
    const { touser, template_id: template, data, page } = parsed.data
    const result = this.decide(touser, template, data)
    this.options.messages.record({
      at: iso(this.options.now()),
      to: touser,
      channel: 'subscribe',
      template,
      data,
      page: page ?? '',
      result,
    })
    return result
  }

  private decide(openid: string, template: string, data: Record<string, unknown>): Answer {
    const chosen = this.options.answers.take('subscribeMessage.send', openid, template)
    if (chosen && chosen.errcode !== 0) {
      // WeChat says 43101 when nothing is left: what the ledger here holds is gone too.
      if (chosen.errcode === 43101) this.options.credits.put(creditKey(openid, template), 0)
      return chosen
    }
    const { templates } = this.options
    const known = templates.find((one) => one.id === template)
    if (templates.length > 0 && !known) return refused(40037, 'invalid template_id')
    const problem = valueProblem(
      data,
      known?.fields.map((field) => field.key),
    )
    if (problem !== undefined) return refused(47003, `argument invalid! ${problem}`)
    if (!chosen) {
      const left = this.left(openid, template)
      if (left === 0) return refused(43101, 'user refuse to accept the msg')
      this.options.credits.put(creditKey(openid, template), left - 1)
    }
    return { ...OK, msgid: randomInt(10 ** 12, 10 ** 13) }
  }
}

function creditKey(openid: string, template: string): string {
  return JSON.stringify([openid, template])
}
