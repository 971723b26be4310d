import * as z from 'zod'

/** What a kind of job demands, as data (R48). `decide` interprets it and knows no step by name; pages draw their checklists from it. */

const id = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, '编号用小写字母、数字和下划线')
const words = z.string().min(1, '不能是空的').max(80, '最多 80 个字')

const stepSchema = z.strictObject({
  id,
  title: words,
  hint: z.string().max(120).default(''),
  /** before_setting_out → set out · at_door → after checking in, before the door code · work → until completion is reported */
  phase: z.enum(['before_setting_out', 'at_door', 'work']),
  /** Everything listed must be ticked. */
  ticks: z.array(z.strictObject({ id, label: words })).max(20).default([]),
  photos: z.strictObject({ label: words, min: z.int().min(0).max(9) }).nullable().default(null),
  note: z.strictObject({ label: words, required: z.boolean() }).nullable().default(null),
  /** A timed step is started, and cannot be completed sooner (R28). */
  minSeconds: z.int().min(0).max(86_400).default(0),
  /** Done again when the homeowner says that something is missing (R30). */
  again: z.boolean().default(false),
  /** Which words are said at this moment. */
  moment: z.string().default(''),
})

export const standardSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z-]{1,39}$/),
    version: z.int().min(1),
    name: words,
    visitKind: z.enum(['repair', 'return', 'warranty', 'survey']),
    /** What must be confirmed and paid before setting out and before work (R17, R19). */
    scheme: z.enum(['ahead', 'free']),
    steps: z.array(stepSchema).min(1).max(40),
    /** Lines to say at a moment; blanks in braces are filled in; 【…】 is stressed. */
    words: z.record(z.string(), z.array(z.string().min(1).max(80)).min(1).max(12)),
    closing: z.strictObject({ /** A warranty card is filled and signed. */ card: z.boolean(), /** Old parts are handed over. */ parts: z.boolean() }),
    ratingTags: z.array(words).min(1).max(12),
    /** Yes/no questions of the follow-up; the answer that satisfies is `good` (R32). */
    questions: z.array(z.strictObject({ id, text: words, yes: words, no: words, good: z.enum(['yes', 'no']), /** The other answer opens a free return visit (R33). */ returns: z.boolean().default(false) })).min(1).max(8),
  })
  .check((context) => {
    const seen = new Set<string>()
    context.value.steps.forEach((step, index) => {
      if (seen.has(step.id)) context.issues.push({ code: 'custom', input: step.id, path: ['steps', index, 'id'], message: `步骤编号“${step.id}”重复了` })
      seen.add(step.id)
      if (step.moment && !context.value.words[step.moment]) {
        context.issues.push({ code: 'custom', input: step.moment, path: ['steps', index, 'moment'], message: `没有“${step.moment}”这一段话` })
      }
    })
    if (!context.value.steps.some((step) => step.phase === 'work')) {
      context.issues.push({ code: 'custom', input: context.value.steps, path: ['steps'], message: '至少要有一个作业步骤' })
    }
  })

export type Step = z.output<typeof stepSchema>
export type Standard = z.output<typeof standardSchema>
export type Phase = Step['phase']
