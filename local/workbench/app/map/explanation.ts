/** What the map says of a technician or an order that one points at: why these two were asked, why somebody was not (R05). */
import type { Order } from '../../../../cloudfunctions/domain/order'
import type { City } from '../city'
import type { WhyRow } from '../offer-words'
import { OFFER_ENDED, waveText, whyRows } from '../offer-words'
import { lastDigits } from '../words'
import type { House, Stand } from './drawing'
import { reachWords, technicianWords } from './marks'
import { orderMark } from './order-mark'

export interface Note {
  title: string
  lines: string[]
}

/** Of a technician: what they do, how far they go, and how they came out for the selected order. */
export function technicianNote(stand: Stand, selected: Order | null, city: City, now: Date): Note {
  const lines = [reachWords(stand)]
  if (selected) {
    const row = whyRows(selected, city.technicians, city, now).find(({ technicianId }) => technicianId === stand.technician._id)
    lines.push(row ? howTheyCameOut(selected, row) : `${lastDigits(selected.number)} ${whyNotNamed(stand, selected)}`)
  }
  return { title: technicianWords(stand), lines }
}

/** Of an order: its state, its wave, whom that asked and who was left out though nearer. */
export function orderNote({ order }: House, city: City, now: Date): Note {
  const { word, sentence } = orderMark(order, now)
  const rows = whyRows(order, city.technicians, city, now)
  return {
    title: `${order.number}，${word}`,
    lines: [`${order.title}：${sentence}`, waveText(order, now), ...whyThese(rows)],
  }
}

const howTheyCameOut = ({ number }: Order, row: WhyRow): string => {
  const facts = `离 ${lastDigits(number)} ${row.distance} 公里`
  if (!row.eligible) return `${facts}，没请：${row.result}`
  return `${facts}，${row.stars} 分，等了 ${row.waiting}：${row.result}`
}

/** Of somebody whom the last ranking does not name: asked before, not looked for, or farther away than all whom it names. */
function whyNotNamed({ technician }: Stand, { category, dispatch, offers, visits }: Order): string {
  const before = offers.findLast(({ technicianId, visitNo }) => technicianId === technician._id && visitNo === visits.length)
  if (before) return `第 ${before.wave} 轮请过：${OFFER_ENDED[before.state] ?? '在等回话'}`
  if (!technician.onDuty) return '没请：不在岗'
  if (technician.suspended) return '没请：停单中'
  if (!technician.skills.includes(category.code)) return '没请：不会这一类'
  return dispatch.explained.length > 0 ? '没请：太远' : '还没派'
}

/** The distances, ratings and waiting times that decided. */
function whyThese(rows: readonly WhyRow[]): string[] {
  const asked = rows.filter(({ asked }) => asked)
  const farthest = rows.findLastIndex(({ asked }) => asked)
  const passedOver = rows.slice(0, farthest + 1).filter(({ eligible }) => !eligible)
  const nearerButLater = rows.slice(0, farthest + 1).filter(({ eligible, asked }) => eligible && !asked)
  return [
    ...(asked.length > 0 ? [`请了${asked.map(({ name, distance, stars }) => `${name}（${distance} 公里，${stars} 分）`).join('、')}`] : []),
    ...passedOver.map(({ name, result }) => `${name} 更近，没请：${result}`),
    ...nearerButLater.map(({ name, stars, waiting }) => `${name} 差不多远，排在后面：${stars} 分，等了 ${waiting}`),
  ]
}
