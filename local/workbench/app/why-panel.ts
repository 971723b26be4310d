import type { Order } from '../../../cloudfunctions/domain/order'
import type { City } from './city'
import { element, redraw } from './dom'
import { orderMark } from './map/order-mark'
import { waveText, whyRows } from './offer-words'

const HEADS = ['师傅', '距离', '评分', '等单', '结果']

/** 为什么请这两位: of the selected order; which one that is can be chosen here as on the map. */
export class WhyPanel {
  private readonly choice = element('select', { label: '看哪张工单' })
  private readonly body = element('div')
  private choices = ''

  constructor(container: HTMLElement, onChoose: (orderId: string) => void) {
    this.choice.addEventListener('change', () => onChoose(this.choice.value))
    container.append(
      element('header', { class: 'why-head' }, element('h2', { text: '为什么请这两位', attributes: { id: 'why-title' } }), this.choice),
      this.body,
    )
  }

  show(city: City, selected: Order | null, now: Date): void {
    this.showChoices(city.orders, selected, now)
    if (!selected) {
      redraw(this.body, element('p', { class: 'card-note', text: '有了工单，这里说明每一轮为什么请这两位。' }))
      return
    }
    const rows = whyRows(selected, city.technicians, city, now)
    redraw(
      this.body,
      element('p', { class: 'card-note', text: waveText(selected, now) }),
      ...(rows.length === 0
        ? []
        : [
            element(
              'table',
              {},
              element('thead', {}, element('tr', {}, ...HEADS.map((head) => element('th', { text: head, attributes: { scope: 'col' } })))),
              element(
                'tbody',
                {},
                ...rows.map(({ name, distance, stars, waiting, result, tone }) =>
                  element(
                    'tr',
                    {},
                    element('th', { text: name, attributes: { scope: 'row' } }),
                    ...[distance, stars, waiting].map((text) => element('td', { text })),
                    element('td', { class: `tone-${tone}`, text: result }),
                  ),
                ),
              ),
            ),
          ]),
    )
  }

  private showChoices(orders: readonly Order[], selected: Order | null, now: Date): void {
    const options = orders.map((order) => ({ id: order._id, text: `${order.number} ${orderMark(order, now).word}` }))
    const signature = JSON.stringify([options, selected?._id])
    if (signature === this.choices) return
    this.choices = signature
    this.choice.hidden = options.length === 0
    this.choice.replaceChildren(...options.map(({ id, text }) => element('option', { text, attributes: { value: id } })))
    if (selected) this.choice.value = selected._id
  }
}
