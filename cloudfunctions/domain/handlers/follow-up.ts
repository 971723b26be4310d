import type { ReturnChoice } from '../../../typings/contract'
import { homeowner, SYSTEM } from '../draft'
import type { Draft } from '../draft'
import type { OrderEvent } from '../event'
import { personOf, previousVisit } from '../order'
import type { Actor, Visit } from '../order'
import { refuse, SAME } from '../refusal'
import type { Outcome, Refusal } from '../refusal'
import { DAY, spanText } from '../shanghai'
import { latestStandard, standardOf } from '../standards'
import { freeFinished } from './closing'
import { startDispatch } from './dispatch'
import { newVisit } from './new-visit'

type Of<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>

const FOLLOW_UP_DEADLINES = ['follow_up.questionnaire', 'follow_up.call_task', 'follow_up.breach'] as const

/** The step `follow_up.questionnaire`, two hours after completion (R32). */
export const sendQuestionnaire = (draft: Draft): void => {
  const { visit } = draft
  draft.forget(['follow_up.questionnaire'])
  if (!visit.followUp || visit.followUp.answer) return
  visit.followUp.sentAt = draft.now
  draft.tell('questionnaire_sent', SYSTEM, {})
  draft.messageHomeowner(`questionnaire:${visit.no}:${visit.completedAt?.getTime() ?? 0}`, 'follow_up', {})
}

/** The verdict `follow_up.call_task`. */
export const makeCallTask = (draft: Draft): void => {
  const { visit, order } = draft
  if (!visit.followUp || visit.followUp.answer) return
  visit.followUp.callTaskAt = draft.now
  draft.tell('follow_up_task', SYSTEM, {}, true)
  draft.todo('follow_up_call', 'customer_service', '回访电话', `${order.number} ${order.title}：问卷没有答，请在完工 ${spanText(draft.settings.followUp.breachHours * 60)}内打电话问`, { subject: completionOf(visit) })
}

/** The verdict `follow_up.breach`. */
export const followUpBreach = (draft: Draft): void => {
  if (!draft.visit.followUp || draft.visit.followUp.answer) return
  draft.tell('follow_up_overdue', SYSTEM, {}, true)
  draft.todo('follow_up_overdue', 'manager', `完工 ${spanText(draft.settings.followUp.breachHours * 60)}没有回访`, `${draft.order.number} ${draft.order.title}`, { subject: completionOf(draft.visit) })
}

/** Tells one completion of a visit from the next: after "what is missing" everything is asked anew. */
const completionOf = (visit: Visit): string => String(visit.completedAt?.getTime() ?? 0)

const finishedVisit = (draft: Draft, visitNo: number): Visit | Refusal => {
  const visit = draft.order.visits.find((candidate) => candidate.no === visitNo)
  if (!visit) return refuse('NOT_FOUND', '没有这一次上门')
  if (!visit.completedAt) return refuse('WRONG_STATE', '还没完工，完工后再评')
  return visit
}

/** R31 once per visit, changeable for seven days. */
export const rate = (draft: Draft, event: Of<'rate'>): Outcome => {
  const visit = finishedVisit(draft, event.visitNo)
  if ('code' in visit) return visit
  if (isFixed(draft, visit) && !isSame(visit, event)) return refuse('WRONG_STATE', `打过分 ${draft.settings.rating.changeableDays} 天后就不能改了`)
  if (isSame(visit, event)) return SAME
  setStars(draft, visit, event.stars, event.tags, event.comment)
  if (event.stars <= 2 && !hadReturn(draft, visit)) openReturn(draft, visit, null, homeowner(draft.order))
  return null
}

/** Stars that were given stay changeable for some days (R31). */
const isFixed = (draft: Draft, { rating }: Visit): boolean => rating !== null && draft.now.getTime() > rating.at.getTime() + draft.settings.rating.changeableDays * DAY

const isSame = ({ rating }: Visit, { stars, tags, comment }: { stars: number; tags: string[]; comment: string }): boolean =>
  rating !== null && rating.stars === stars && rating.comment === comment && rating.tags.join() === tags.join()

/** Whether this visit was followed by a return already, be it that it was called off: changed stars open no second one (R33). */
const hadReturn = ({ order }: Draft, visit: Visit): boolean => [...order.visits, ...order.cancelledVisits].some((other) => other.kind === 'return' && other.no > visit.no)

const setStars = (draft: Draft, visit: Visit, stars: 1 | 2 | 3 | 4 | 5, tags: string[], comment: string): void => {
  const { rating } = visit
  visit.rating = { stars, tags, comment, at: rating?.at ?? draft.now, changedAt: rating ? draft.now : null }
  draft.tell(rating ? 'rating_changed' : 'rated', homeowner(draft.order), { stars: String(stars) })
  if (visit.technicianId) {
    draft.put(`stars:${visit.no}:${draft.order.version + 1}`, { kind: 'stars', technicianId: visit.technicianId, visitKey: `${draft.order._id}:${visit.no}`, stars, at: draft.now })
  }
}

/** R32 the questionnaire's answer, or what the homeowner told staff on the phone; R33 not satisfied opens a free return visit at once. */
export const answerFollowUp = (draft: Draft, event: Of<'answer_follow_up'>): Outcome => {
  const visit = finishedVisit(draft, event.visitNo)
  if ('code' in visit) return visit
  if (!visit.followUp) return refuse('WRONG_STATE', '这次上门没有要回访的')
  if (visit.followUp.answer) return refuse('WRONG_STATE', '您已经答过了，谢谢您')
  // What is said here is for us; the words beside the stars, which others read, stay as they were (R31). Stars that can be changed no more stay too, and the answer counts.
  if (event.stars !== null && event.stars !== visit.rating?.stars && !isFixed(draft, visit)) setStars(draft, visit, event.stars, visit.rating?.tags ?? [], visit.rating?.comment ?? '')
  const staff = event.by.role === 'staff'
  visit.followUp.answer = {
    satisfied: event.satisfied,
    answers: event.answers,
    conductProper: event.conductProper,
    comment: event.comment,
    at: draft.now,
    by: staff ? 'staff' : 'homeowner',
    staffId: event.by.role === 'staff' ? event.by.id : null,
  }
  if (visit === draft.visit) draft.forget(FOLLOW_UP_DEADLINES)
  draft.closeTodos(['follow_up_call', 'follow_up_overdue'], visit)
  draft.tell(staff ? 'follow_up_called' : 'follow_up_answered', event.by, { result: event.satisfied ? '满意' : '不满意' })
  const bad = badAnswers(visit, event.answers)
  if (!event.conductProper) draft.todo('conduct_report', 'customer_service', '业主说师傅有不当的地方', `${draft.order.number} 第 ${visit.no} 次上门`, { subject: completionOf(visit), words: event.comment, visit })
  for (const question of bad.filter((each) => !each.returns)) draft.todo('bad_answer', 'customer_service', '回访里有一项不好', `${draft.order.number} ${question.text}${question.good === 'yes' ? question.no : question.yes}`, { urgent: false, subject: `${completionOf(visit)}.${question.id}`, visit })
  const unhappy = !event.satisfied || !event.conductProper || bad.some((each) => each.returns) || (event.stars !== null && event.stars <= 2)
  if (unhappy) openReturn(draft, visit, event.choice, event.by)
  return null
}

/** Answers that are not the satisfying one, by the questions of the visit's own standard (R32). */
const badAnswers = (visit: Visit, answers: readonly { id: string; yes: boolean }[]) =>
  standardOf(visit.standard).questions.filter((question) => answers.some((answer) => answer.id === question.id && answer.yes !== (question.good === 'yes')))

/** R33 one free return visit follows a visit that did not satisfy; changed stars open no second one. */
const openReturn = (draft: Draft, visit: Visit, choice: ReturnChoice | null, by: Actor): void => {
  const { order } = draft
  if (visit !== draft.visit) {
    // It has its return already: who comes may still be open.
    const isNext = order.visits[order.visits.indexOf(visit) + 1] === draft.visit
    if (isNext && draft.visit.state === 'choosing' && choice && draft.visit.choice !== choice) applyChoice(draft, choice, by)
    return
  }
  if (!visit.checkedOutAt) freeFinished(draft)
  draft.deed('returned', visit.technicianId)
  visit.state = 'closed'
  draft.forgetAllBut(['quote.expiry', 'quote.reminder'])
  draft.closeTodos(['acceptance_call', 'follow_up_call', 'follow_up_overdue'])
  const standard = latestStandard('return-visit')
  order.visits.push(newVisit(order.visits.length + order.cancelledVisits.length + 1, 'return', { id: standard.id, version: standard.version }, draft.settings.arrival.doorCodeTries))
  order.status = 'dispatching'
  order.dispatch = { wave: 0, startedAt: null, excluded: [], alone: null, staffAlerted: false, radiusFactor: 1, explained: [] }
  draft.tell('return_opened', by, {})
  if (order.visits.filter((candidate) => candidate.kind === 'return').length >= 2) {
    draft.todo('return_owner', 'manager', '第二次返工，请指定专人负责', `${order.number} ${order.title}`)
  }
  if (choice) {
    applyChoice(draft, choice, by)
    return
  }
  draft.startClock('dissatisfaction')
  draft.messageHomeowner(`return:${order.version + 1}`, 'return_visit', { what: '再上门不收钱，请选哪位师傅来', page: `homeowner/follow-up/follow-up?id=${order._id}&visit=${visit.no}` })
}

/** The homeowner chooses who comes again, or asks to be called (R33). */
export const chooseReturn = (draft: Draft, event: Of<'choose_return'>): Outcome => {
  const { visit } = draft
  if (visit.kind !== 'return' || visit.no !== event.visitNo) return refuse('WRONG_STATE', '这次上门不用选师傅')
  if (visit.choice && visit.choice !== 'call_me') return visit.choice === event.choice ? SAME : refuse('WRONG_STATE', '已经按您选的去安排了')
  if (visit.state !== 'choosing') return refuse('WRONG_STATE', '已经在安排了')
  applyChoice(draft, event.choice, event.by)
  return null
}

const CHOICE_TEXT: Record<ReturnChoice, string> = { same: '还请原来的师傅', another: '换一位师傅', call_me: '请客服打电话' }

const applyChoice = (draft: Draft, choice: ReturnChoice, by: Actor): void => {
  const { order, visit } = draft
  visit.choice = choice
  draft.stopClock('dissatisfaction')
  draft.closeTodos(['return_choice', ...(choice === 'call_me' ? [] : (['call_me'] as const))])
  draft.tell('return_chosen', by, { choice: CHOICE_TEXT[choice] })
  const previous = personOf(order, previousVisit(order)?.technicianId ?? null)
  if (choice === 'call_me') {
    draft.todo('call_me', 'customer_service', '业主不满意，请打电话', `${order.number} ${order.title}，打完替业主选师傅`)
    return
  }
  if (choice === 'another' && previous) order.dispatch.excluded = [previous.id]
  startDispatch(draft, choice === 'same' && previous?.openid ? previous.id : null)
}

/** The verdict `return.choice`: two hours without a choice (R33). */
export const askByPhone = (draft: Draft): void => {
  draft.todo('return_choice', 'customer_service', `不满意，${spanText(draft.settings.returnVisit.choiceHours * 60)}没选师傅，请打电话`, `${draft.order.number} ${draft.order.title}`)
}
