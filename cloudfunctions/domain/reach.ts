import type { ReachView, TemplateKey } from '../../typings/contract'
import type { CategoryName } from './views/reading'
import type { Settings } from './settings'
import { after, DAY, MINUTE, sameDay } from './shanghai'
import { isLive, pendingClaim } from './technician'
import type { Technician } from './technician'
import { offReason } from './working-hours'

/** What the ledger knows of one kind of message. */
export interface Reachable {
  left: number
  refusal: 'reject' | 'ban' | 'filter' | null
}

type Line = ReachView['lines'][number]

/**
 * Whether the next offer can reach a technician, in plain words (R41): everything of R05 that does not depend on the order, and whether WeChat would ring. What stops offers comes
 * first in the verdict.
 */
export const reachOf = (technician: Technician, credits: Partial<Record<TemplateKey, Reachable>>, categoryName: CategoryName, now: Date, settings: Settings): Omit<ReachView, 'templates'> => {
  const lines = [account(technician), duty(technician), position(technician, now, settings), certificates(technician, categoryName, now, settings), claim(technician, now), hours(technician, now), day(technician, now), radius(technician)]
  const ring = [message('offers', '新单提醒', credits.offer), message('calls', '打电话的提醒', credits.call_reminder)]
  const stopped = lines.find((line) => !line.ok && STOPS.has(line.id))
  const silent = ring.find((line) => !line.ok)
  const verdict = stopped ? `现在派不到您：${stopped.text}` : silent ? `派得到您，但微信不会响：${silent.text}` : '新单派得到您，微信会响'
  return { ok: !stopped && !silent, verdict, lines: [...lines, ...ring] }
}

/** Without these no offer is made at all; the others make fewer. */
const STOPS: ReadonlySet<Line['id']> = new Set(['account', 'duty', 'claim'])

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

const certificates = ({ skills, certificates: held }: Technician, categoryName: CategoryName, now: Date, { register }: Settings): Line => {
  const own = held.filter((certificate) => skills.includes(certificate.category))
  const expired = own.find((certificate) => certificate.expiresAt <= now)
  if (expired) return bad('certificates', `${expired.name}过期了`, `${categoryName(expired.category)}的单派不到您，换了新证请交公司`, 'call_company')
  const soon = own.find((certificate) => certificate.expiresAt <= after(now, register.certificateDays * DAY))
  return soon ? bad('certificates', `${soon.name}还有 ${Math.ceil((soon.expiresAt.getTime() - now.getTime()) / DAY)} 天到期`, '早点换新证，交给公司', 'call_company') : good('certificates', '证件都在有效期里')
}

const claim = (technician: Technician, now: Date): Line => (pendingClaim(technician, now) ? bad('claim', '有一单还没打电话', '打完记下结果，才派新单', 'open_jobs') : good('claim', '没有等着打的电话'))

const hours = (technician: Technician, now: Date): Line => {
  const off = offReason(technician, { from: now, to: after(now, MINUTE) }, now, 'offer')
  return off ? bad('hours', off === '那天请了假' ? '现在在假里' : '现在不在班次里', '这段时间里的活不派给您', 'open_schedule') : good('hours', technician.shifts.length > 0 ? '在班次里' : '没设班次，哪天都派')
}

const day = (technician: Technician, now: Date): Line => {
  const booked = technician.slots.filter((slot) => isLive(slot, now) && sameDay(slot.from, now)).length
  const room = technician.dailyCapacity - booked
  return room > 0 ? good('day', `今天还能接 ${room} 单`) : bad('day', `今天 ${booked} 单，满了`, '明天的还派', 'open_schedule')
}

const radius = ({ radiusMetres }: Technician): Line => good('radius', `${radiusMetres / 1_000} 公里以内的派给您`)

const message = (id: 'offers' | 'calls', name: string, credit: Reachable | undefined): Line => {
  const left = credit?.left ?? 0
  if (left > 0) return good(id, `${name}还能响 ${left} 次`)
  if (credit?.refusal === 'ban') return bad(id, `${name}在微信里关掉了`, '到微信的小程序设置里，打开“订阅消息”', 'top_up')
  return bad(id, `${name}用完了`, '点一次允许，微信就多响一次；没有也能在这里看到', 'top_up')
}
