/** The marks on the map: a dot for a technician, a house for an order, and the lines between them. */
import { shape } from '../dom'
import { distanceText } from '../words'
import type { House, Line, Stand } from './drawing'
import { ORDER_MARK, RING, TECHNICIAN_MARK } from './drawing'
import type { OrderMark } from './order-mark'
import type { Point } from './projection'
import { TECHNICIAN_WORDS } from './technician-state'

const HOUSE = 'M-4.6 -.4L0 -4.4 4.6 -.4M-3.2 -1.4V4.2H3.2V-1.4'

const placed = ({ x, y }: Point): string => `translate(${x.toFixed(1)} ${y.toFixed(1)})`
const square = (name: string, half: number, round: number): SVGRectElement =>
  shape('rect', { class: name, x: -half, y: -half, width: 2 * half, height: 2 * half, rx: round })

/** 周国平 0317，派单中 */
export const technicianWords = ({ technician, state }: Stand): string =>
  `${technician.name} ${technician.staffNumber}，${TECHNICIAN_WORDS[state]}${technician.suspended && state !== 'stopped' ? '，停单中' : ''}`

export const reachWords = ({ technician }: Stand): string => `接 ${distanceText(technician.radiusMetres)}内的活`

export const technicianMark = (stand: Stand, scale: number): SVGGElement =>
  shape(
    'g',
    {
      class: `technician is-${stand.state}${stand.asked ? ' is-asked' : ''}`,
      transform: placed(stand.at),
      tabindex: 0,
      role: 'img',
      'aria-label': `${technicianWords(stand)}，${reachWords(stand)}`,
      'data-key': `technician ${stand.technician._id}`,
      'data-technician': stand.technician._id,
    },
    // How far they take jobs from: seen of those who are asked, and when one points at them.
    shape('circle', { class: 'radius', r: (stand.technician.radiusMetres * scale).toFixed(1) }),
    shape('circle', { class: 'technician-ring', r: TECHNICIAN_MARK + RING }),
    shape('circle', { class: 'technician-dot', r: TECHNICIAN_MARK }),
  )

export function orderShape({ order, at, selected }: House, { turn, word }: OrderMark, onChoose: (orderId: string) => void): SVGGElement {
  const mark = shape(
    'g',
    {
      class: `order turn-${turn}${selected ? ' is-selected' : ''}`,
      transform: placed(at),
      role: 'button',
      tabindex: 0,
      'aria-pressed': String(selected),
      'aria-label': `工单 ${order.number}，${word}，${order.title}`,
      'data-key': `order ${order._id}`,
    },
    square('order-ring', ORDER_MARK + RING, 8),
    square('order-ground', ORDER_MARK, 5),
    shape('path', { class: 'order-house', d: HOUSE }),
  )
  mark.addEventListener('click', () => onChoose(order._id))
  mark.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onChoose(order._id)
  })
  return mark
}

export const lineShape = ({ kind, from, to, selected }: Line): SVGLineElement =>
  shape('line', {
    class: `${kind}-line${selected ? ' is-selected' : ''}`,
    x1: from.x.toFixed(1),
    y1: from.y.toFixed(1),
    x2: to.x.toFixed(1),
    y2: to.y.toFixed(1),
  })
