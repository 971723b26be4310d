/** Answers that a test or a person at the workbench chose: POST /__openapi/answers. They go before the stand-in's own. */
import * as z from 'zod'
import type { Shelf } from '../shelf'
import type { Answer } from './answer'

export const chosenAnswer = z.strictObject({
  /** Such as `subscribeMessage.send`. */
  api: z.string().min(1, '要写明接口名，例如 subscribeMessage.send'),
  /** Only for this receiver or caller. */
  openid: z.string().optional(),
  /** Only for this template id. */
  template: z.string().optional(),
  errcode: z.number().int(),
  errmsg: z.string().optional(),
  /** Further fields of the answer. */
  data: z.record(z.string(), z.unknown()).optional(),
  /** How often; without it, until it is taken back with `times: 0`. */
  times: z.number().int().min(0).optional(),
})

export type ChosenAnswer = z.infer<typeof chosenAnswer>

const WORDS: Record<number, string> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40003: 'invalid openid',
  40037: 'invalid template_id',
  41030: 'invalid page',
  43101: 'user refuse to accept the msg',
  45009: 'reach max api daily quota limit',
  47003: 'argument invalid! data format error',
}

export class ChosenAnswers {
  constructor(private readonly shelf: Shelf<ChosenAnswer>) {}

  /** The same api, receiver and template again replaces; `times: 0` takes back. */
  choose(answer: ChosenAnswer): void {
    if (answer.times === 0) this.shelf.delete(key(answer))
    else this.shelf.put(key(answer), answer)
  }

  list(): ChosenAnswer[] {
    return this.shelf.values()
  }

  /** The chosen answer for a call, used up by one; the most particular goes first. */
  take(api: string, openid: string | undefined, template: string | undefined): Answer | undefined {
    const fitting = this.shelf
      .values()
      .filter(
        (one) =>
          one.api === api &&
          (one.openid === undefined || one.openid === openid) &&
          (one.template === undefined || one.template === template),
      )
      .sort((a, b) => particularity(b) - particularity(a))[0]
    if (!fitting) return undefined
    if (fitting.times !== undefined) this.choose({ ...fitting, times: fitting.times - 1 })
    const { errcode, errmsg, data } = fitting
    return { errcode, errmsg: errmsg ?? (errcode === 0 ? 'ok' : (WORDS[errcode] ?? 'chosen by the workplace')), ...data }
  }
}

function key({ api, openid, template }: ChosenAnswer): string {
  return JSON.stringify([api, openid ?? '', template ?? ''])
}

function particularity(one: ChosenAnswer): number {
  return (one.openid === undefined ? 0 : 1) + (one.template === undefined ? 0 : 1)
}
