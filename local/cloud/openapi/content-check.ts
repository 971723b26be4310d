/** security.msgSecCheck and security.mediaCheckAsync. The real lists are secret; a few plain words stand for them here. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { type Answer, OK, refused } from './answer'

interface Verdict {
  suggest: 'pass' | 'review' | 'risky'
  label: number
}

/** Labels are WeChat's: 20001 politics, 20002 porn, 20003 abuse, 20006 crime, 20008 fraud, 21000 other, 100 normal. */
const WORDS: { words: string[]; verdict: Verdict }[] = [
  { words: ['赌博', '博彩', '毒品', '枪支', '假币'], verdict: { suggest: 'risky', label: 20006 } },
  { words: ['色情', '裸聊', '招嫖'], verdict: { suggest: 'risky', label: 20002 } },
  { words: ['刷单返利', '代开发票', '高利贷'], verdict: { suggest: 'risky', label: 20008 } },
  { words: ['去死', '王八蛋'], verdict: { suggest: 'risky', label: 20003 } },
  { words: ['加微信', '私下交易', '扫码加群'], verdict: { suggest: 'review', label: 21000 } },
]
const NORMAL: Verdict = { suggest: 'pass', label: 100 }

const textCheck = z.looseObject({
  version: z.literal(2),
  scene: z.int().min(1).max(4),
  openid: z.string().min(1),
  content: z.string().min(1).max(2500),
})
const mediaCheck = z.looseObject({
  version: z.literal(2),
  scene: z.int().min(1).max(4),
  openid: z.string().min(1),
  media_url: z.string().regex(/^https?:\/\//),
  media_type: z.union([z.literal(1), z.literal(2)]),
})

export function checkText(args: Record<string, unknown>): Answer {
  const parsed = textCheck.safeParse(args)
  if (!parsed.success) return refused(40129, `invalid ${parsed.error.issues[0]?.path.join('.') ?? 'argument'}`)
  const found = WORDS.map(({ words, verdict }) => ({ keyword: words.find((word) => parsed.data.content.includes(word)), verdict })).find(
    (one) => one.keyword !== undefined,
  )
  const result = found?.verdict ?? NORMAL
  const detail = {
    strategy: 'content_model',
    errcode: 0,
    ...result,
    ...(found?.keyword === undefined ? {} : { keyword: found.keyword, level: 90, prob: 90 }),
  }
  return { ...OK, result, detail: [detail], trace_id: randomUUID() }
}

/** WeChat answers with a trace id alone; its verdict comes later by message push, which this product does not use. */
export function checkMedia(args: Record<string, unknown>): Answer {
  const parsed = mediaCheck.safeParse(args)
  if (!parsed.success) return refused(40129, `invalid ${parsed.error.issues[0]?.path.join('.') ?? 'argument'}`)
  return { ...OK, trace_id: randomUUID() }
}
