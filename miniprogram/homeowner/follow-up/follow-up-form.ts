import type { Figures, FollowUpView, HomeownerApi, OrderView, ReturnChoice } from '../../../typings/contract'
import { formatCount, formatSpan } from '../../lib/time'

/** What is filled in; kept on the phone until it is sent. null = not answered yet. */
export interface FollowUpForm {
  satisfied: boolean | null
  answers: Record<string, boolean>
  conductProper: boolean | null
  stars: number
  tags: string[]
  comment: string
  choice: ReturnChoice | null
}

export const EMPTY_FORM: FollowUpForm = { satisfied: null, answers: {}, conductProper: null, stars: 0, tags: [], comment: '', choice: null }

export interface QuestionRow {
  id: string
  text: string
  yes: string
  no: string
  value: boolean | null
}

const SATISFIED = { id: 'satisfied', text: '这次修得满意吗？', yes: '满意', no: '不满意' }
const CONDUCT = { id: 'conduct', text: '师傅言行规矩吗？', yes: '规矩', no: '不规矩' }

/** The rows of the questionnaire: ours first and last, those of the standard between (R32). */
export function questionRows(followUp: FollowUpView, form: FollowUpForm): QuestionRow[] {
  return [
    { ...SATISFIED, value: form.satisfied },
    ...followUp.questions.map((question) => ({
      id: question.id,
      text: question.text,
      yes: question.yes,
      no: question.no,
      value: form.answers[question.id] ?? null,
    })),
    { ...CONDUCT, value: form.conductProper },
  ]
}

export function answerRow(form: FollowUpForm, id: string, value: boolean): FollowUpForm {
  if (id === SATISFIED.id) return { ...form, satisfied: value }
  if (id === CONDUCT.id) return { ...form, conductProper: value }
  return { ...form, answers: { ...form.answers, [id]: value } }
}

/**
 * Whether this answer opens a free return visit, by the same rule as the server: said so, conduct that was not proper, a question whose bad
 * answer brings one, or one or two stars (R33).
 */
export function unhappy(followUp: FollowUpView, form: FollowUpForm): boolean {
  if (form.satisfied === false || form.conductProper === false) return true
  if (form.stars > 0 && form.stars <= 2) return true
  return followUp.questions.some(({ id, good, returns }) => returns && form.answers[id] === (good !== 'yes'))
}

/** The first thing that is still to be answered, as a sentence; null when it can be sent. Nobody is chosen twice: `coming` when a return is under way. */
export function stillMissing(followUp: FollowUpView, form: FollowUpForm, coming = false): string | null {
  const open = questionRows(followUp, form).find(({ value }) => value === null)
  if (open) return `还有一题没答：${open.text}`
  if (form.stars === 0) return '请给师傅打几颗星'
  if (!coming && unhappy(followUp, form) && form.choice === null) return '请选一下：还请这位师傅，还是换一位'
  return null
}

type Answer = HomeownerApi['answerFollowUp']['input']

/** What is sent; who comes again only if somebody comes. */
export function toAnswer(orderId: string, followUp: FollowUpView, form: FollowUpForm): Answer {
  const answer: Answer = {
    orderId,
    visitNo: followUp.visitNo,
    satisfied: form.satisfied === true,
    answers: form.answers,
    conductProper: form.conductProper === true,
    stars: form.stars,
    comment: form.comment.trim(),
  }
  return unhappy(followUp, form) && form.choice ? { ...answer, choice: form.choice } : answer
}

export interface ReturnOption {
  choice: ReturnChoice
  title: string
  note: string
}

/** Who comes again; `name` is the technician's surname form, 周师傅. */
export function returnOptions(name: string | null, { aloneMinutes, offersPerWave }: Pick<Figures, 'aloneMinutes' | 'offersPerWave'>): ReturnOption[] {
  const same: ReturnOption[] = name ? [{ choice: 'same', title: `还请${name}来`, note: `只派给这位师傅，${formatSpan(aloneMinutes)}没接再换人` }] : []
  return [
    ...same,
    { choice: 'another', title: '换一位师傅', note: `请离您最近的另外${formatCount(offersPerWave)}位` },
    { choice: 'call_me', title: '先给我打个电话', note: '客服打给您，说清楚再定' },
  ]
}

/** 周师傅 from a full name; compound surnames stay whole. */
export function masterOf(name: string): string {
  const compound = COMPOUND_SURNAMES.find((surname) => name.startsWith(surname))
  return `${compound ?? name.slice(0, 1)}师傅`
}

const COMPOUND_SURNAMES = ['欧阳', '司马', '上官', '诸葛', '司徒', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '夏侯']

/** Whether a return waits for the choice who comes: that goes before the questions, which low stars may have left unanswered. */
export function onlyChoiceOpen(order: OrderView): boolean {
  return order.returnChoice !== null
}
