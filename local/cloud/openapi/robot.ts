/** Stand-in for the 企业微信 group robot that staff notices go to: POST /__robot?key=KEY. */
import * as z from 'zod'
import { iso } from '../clock'
import { type Exchange, readBody, sendJson } from '../http/exchange'
import type { MessageLog } from '../messages'
import { type Answer, OK, refused } from './answer'

const bytes = (limit: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= limit, 'too long')
const post = z.discriminatedUnion('msgtype', [
  z.looseObject({
    msgtype: z.literal('text'),
    text: z.looseObject({
      content: bytes(2048),
      mentioned_list: z.array(z.string()).optional(),
      mentioned_mobile_list: z.array(z.string()).optional(),
    }),
  }),
  z.looseObject({ msgtype: z.literal('markdown'), markdown: z.looseObject({ content: bytes(4096) }) }),
])

export interface RobotOptions {
  key: string
  messages: MessageLog
  now: () => number
  /** An answer chosen for `robot.send`, such as errcode 45009 (too many posts a minute). */
  chosen: () => Answer | undefined
}

export class Robot {
  constructor(private readonly options: RobotOptions) {}

  async serve(exchange: Exchange): Promise<void> {
    const text = (await readBody(exchange, 1024 * 1024)).toString('utf8')
    sendJson(exchange, 200, this.take(exchange.query.get('key'), text))
  }

  private take(key: string | null, text: string): Answer {
    if (key !== this.options.key) return refused(93000, 'invalid webhook url')
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      return refused(47001, 'data format error')
    }
    const parsed = post.safeParse(json)
    if (!parsed.success)
      return refused(
        parsed.error.issues.some((issue) => issue.path[0] === 'msgtype') ? 40008 : 44004,
        `invalid ${parsed.error.issues[0]?.path.join('.') ?? 'message'}`,
      )
    const result = this.options.chosen() ?? OK
    const { msgtype } = parsed.data
    const data = msgtype === 'text' ? parsed.data.text : parsed.data.markdown
    this.options.messages.record({ at: iso(this.options.now()), to: 'staff', channel: 'robot', template: msgtype, data, page: '', result })
    return result
  }
}
