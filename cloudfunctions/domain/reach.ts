import type { ReachView, SubscriptionAnswer, TemplateKey } from '../../typings/contract'
import { certificateRefusal } from './eligibility'
import { NOTHING_LEFT, TEMPLATES } from './messages'
import type { CategoryName } from './views/reading'
import type { Settings } from './settings'
import { after, DAY, MINUTE, momentText, sameDay } from './shanghai'
import { isLive, pendingClaim } from './technician'
import type { Technician } from './technician'
import { offReason } from './working-hours'

/** What the ledger knows of one kind of message. */
export interface Reachable {
  left: number
  refusal: Exclude<SubscriptionAnswer, 'accept'> | null
}

/** Whether WeChat would deliver one more. What was allowed before it was switched off is worth nothing now. */
export const canRing = (credit: Reachable | undefined): boolean => credit !== undefined && credit.left > 0 && !SWITCHED_OFF.has(credit.refusal)

const SWITCHED_OFF: ReadonlySet<Reachable['refusal']> = new Set(['ban', 'off', 'blocked'])

/** A message that WeChat did not deliver. */
export interface Missed {
  at: Date
  title: string
  template: TemplateKey
  /** WeChat's own code; null when nothing was left to send it with. */
  errcode: number | null
}

/** All that `reachOf` goes by, besides the technician. */
export interface ReachFacts {
  credits: Partial<Record<TemplateKey, Reachable>>
  /** The last one that they missed; null when there is none. */
  missed: Missed | null
  categoryName: CategoryName
  /** Whether that trade takes a certificate. */
  needsCertificate(category: string): boolean
  now: Date
  settings: Settings
}

type Line = ReachView['lines'][number]

/**
 * Whether the next offer can reach a technician, in plain words (R41): everything of R05 that does not depend on the order, and whether WeChat would ring. What stops offers comes
 * first in the verdict.
 */
export const reachOf = (technician: Technician, { credits, missed, categoryName, needsCertificate, now, settings }: ReachFacts): Omit<ReachView, 'templates'> => {
  const lines = [account(technician), duty(technician), position(technician, now, settings), trades(technician, categoryName, needsCertificate, now), certificates(technician, categoryName, now, settings), claim(technician, now), ...working(technician, now), day(technician, now), radius(technician)]
  const ring = [message('offers', '新单提醒', TEMPLATES.offer.title, credits.offer), message('calls', '打电话的提醒', TEMPLATES.call_reminder.title, credits.call_reminder)]
  const stopped = lines.find((line) => !line.ok && STOPS.has(line.id))
  // A call reminder that would not ring keeps no offer from ringing.
  const silent = ring.find((line) => line.id === 'offers' && !line.ok)
  const last = missed ? [lastMissed(missed, credits[missed.template], now)] : []
  const verdict = stopped ? `现在派不到您：${stopped.text}` : silent ? `派得到您，但微信不会响：${silent.text}` : '新单派得到您，微信会响'
  return { ok: !stopped && !silent, verdict, lines: [...lines, ...ring, ...last] }
}

/** Without these no offer is made at all; the others make fewer. */
const STOPS: ReadonlySet<Line['id']> = new Set(['account', 'duty', 'claim', 'trades', 'leave'])

const good = (id: Line['id'], text: string): Line => ({ id, ok: true, text, hint: '', act: null })
const bad = (id: Line['id'], text: string, hint: string, act: Line['act']): Line => ({ id, ok: false, text, hint, act })

const account = ({ openid, suspended, suspendedReason }: Technician): Line =>
  suspended ? bad('account', `停单中：${suspendedReason || '没有写原因'}`, '打给公司问清楚', 'call_company') : openid ? good('account', '在册，没有停单') : bad('account', '没绑微信', '请公司绑定', 'call_company')

const duty = ({ onDuty }: Technician): Line => (onDuty ? good('duty', '在岗') : bad('duty', '不在岗', '上岗才派新单', 'go_on_duty'))

const position = ({ onDuty, position: place, positionAt }: Technician, now: Date, { dispatch }: Settings): Line => {
  if (!onDuty || !place || !positionAt) return bad('position', '没有报位置', '按您的驻地算距离', onDuty ? 'report_position' : 'go_on_duty')
  const minutes = Math.floor((now.getTime() - positionAt.getTime()) / MINUTE)
  return minutes <= dispatch.positionFreshMinutes ? good('position', minutes < 1 ? '位置刚报过' : `位置 ${minutes} 分钟前报的`) : bad('position', `位置是${ageText(minutes)}前的`, `超过 ${dispatch.positionFreshMinutes} 分钟就按手上的活或驻地算`, 'report_position')
}

/** 45 分钟, 3 小时, 2 天 */
const ageText = (minutes: number): string => (minutes < 120 ? ` ${minutes} 分钟` : minutes < 48 * 60 ? ` ${Math.floor(minutes / 60)} 小时` : ` ${Math.floor(minutes / 60 / 24)} 天`)

/** Trades that they may be sent for: with valid certificates, where one is needed (R05). */
const trades = (technician: Technician, categoryName: CategoryName, needsCertificate: ReachFacts['needsCertificate'], now: Date): Line => {
  const open = technician.skills.filter((category) => certificateRefusal(technician, category, needsCertificate(category), now) === null)
  if (open.length > 0) return good('trades', `${open.map(categoryName).join('、')}的单派给您`)
  return bad('trades', technician.skills.length === 0 ? '名册里没写会做哪一类' : '会做的几类都要有效的证件', '把证件交给公司，登记好就派', 'call_company')
}

const certificates = ({ skills, certificates: held }: Technician, categoryName: CategoryName, now: Date, { register }: Settings): Line => {
  const own = held.filter((certificate) => skills.includes(certificate.category))
  const expired = own.find((certificate) => certificate.expiresAt <= now)
  if (expired) return bad('certificates', `${expired.name}过期了`, `${categoryName(expired.category)}的单派不到您，换了新证请交公司`, 'call_company')
  const soon = own.find((certificate) => certificate.expiresAt <= after(now, register.certificateDays * DAY))
  return soon ? bad('certificates', `${soon.name}还有 ${Math.ceil((soon.expiresAt.getTime() - now.getTime()) / DAY)} 天到期`, '早点换新证，交给公司', 'call_company') : good('certificates', '证件都在有效期里')
}

const claim = (technician: Technician, now: Date): Line => (pendingClaim(technician, now) ? bad('claim', '有一单还没打电话', '打完记下结果，才派新单', 'open_jobs') : good('claim', '没有等着打的电话'))

const working = (technician: Technician, now: Date): Line[] => {
  const leave = technician.leave.find((each) => each.from <= now && now < each.to)
  if (leave) return [bad('leave', `${momentText(leave.to, now)} 前在假里`, '假里的活不派给您；早回来就把假销掉', 'open_schedule')]
  const off = offReason(technician, { from: now, to: after(now, MINUTE) }, now, 'offer')
  return [off ? bad('hours', '现在不在班次里', '这段时间里的活不派给您', 'open_schedule') : good('hours', technician.shifts.length > 0 ? '在班次里' : '没设班次，哪天都派')]
}

const day = (technician: Technician, now: Date): Line => {
  const booked = technician.slots.filter((slot) => isLive(slot, now) && sameDay(slot.from, now)).length
  const room = technician.dailyCapacity - booked
  return room > 0 ? good('day', `今天还能接 ${room} 单`) : bad('day', `今天 ${booked} 单，满了`, '明天的还派', 'open_schedule')
}

const radius = ({ radiusMetres }: Technician): Line => good('radius', `${radiusMetres / 1_000} 公里以内的派给您`)

const message = (id: 'offers' | 'calls', name: string, title: string, credit: Reachable | undefined): Line => {
  if (credit && canRing(credit)) return good(id, `${name}还能响 ${credit.left} 次`)
  switch (credit?.refusal) {
    case 'off':
      return bad(id, '微信里不让我们发消息', '点右上角三个点，进“设置”“订阅消息”，打开“接收消息”，再点允许', 'top_up')
    case 'ban':
      return bad(id, `${name}在微信里关掉了`, `点右上角三个点，进“设置”“订阅消息”，打开“${title}”，再点允许`, 'top_up')
    case 'blocked':
      return bad(id, '微信现在不让我们发提醒', '公司在处理，这几天请多看“接单”', null)
  }
  return bad(id, `${name}用完了`, '点一次允许，微信就多响一次；没有也能在这里看到', 'top_up')
}

/** What was missed last, and why: all right again once a message of that kind would ring. */
const lastMissed = ({ at, title, errcode }: Missed, credit: Reachable | undefined, now: Date): Line => {
  const why = errcode === null || errcode === NOTHING_LEFT ? '次数用完了' : '微信没收，公司在查'
  return { id: 'last', ok: canRing(credit), text: `最近没响的一条：${momentText(at, now)} ${title}`, hint: `${why}，都在消息里`, act: 'open_inbox' }
}
