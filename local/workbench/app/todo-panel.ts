import { clockText } from '../../../cloudfunctions/domain/shanghai'
import type { City } from './city'
import { element, icon, redraw } from './dom'

const MOST = 8

/** 待办: what waits for a member of staff, urgent ones first and red. */
export class TodoPanel {
  private readonly list = element('div', { class: 'todo-list' })
  private readonly title = element('h2', { text: '待办', attributes: { id: 'todos-title' } })

  /** `onChoose` is given the order that a to-do is about, `onClose` the to-do that is done. */
  constructor(
    private readonly container: HTMLElement,
    private readonly onChoose: (orderId: string) => void,
    private readonly onClose: (todoId: string) => void,
  ) {
    container.append(this.title, this.list)
  }

  show({ todos, orders }: City): void {
    this.container.hidden = todos.length === 0
    this.title.textContent = `待办 ${todos.length}`
    const sorted = [...todos].sort((a, b) => Number(b.urgent) - Number(a.urgent) || b.at.getTime() - a.at.getTime())
    redraw(
      this.list,
      ...sorted.slice(0, MOST).map(({ _id, urgent, title, detail, orderId, orderNumber, at }) => {
        const known = orders.some((order) => order._id === orderId)
        const row = element(
          'button',
          {
            class: urgent ? 'todo is-urgent' : 'todo',
            attributes: { type: 'button', 'data-key': `todo ${_id}` },
            onClick: () => this.onChoose(orderId),
          },
          icon('alert'),
          element(
            'span',
            {},
            element('strong', { text: title }),
            element('span', { text: [detail.includes(orderNumber) ? '' : orderNumber, detail, clockText(at)].filter(Boolean).join(' · ') }),
          ),
        )
        row.disabled = !known
        const close = element('button', { class: 'todo-close', text: '办结', label: `办结：${title}`, attributes: { type: 'button', 'data-key': `close ${_id}` }, onClick: () => this.onClose(_id) })
        return element('div', { class: 'todo-row', attributes: { 'data-key': `row ${_id}` } }, row, close)
      }),
      ...(sorted.length > MOST
        ? [element('p', { class: 'card-note', text: `还有 ${sorted.length - MOST} 件，在控制台里用 listTodos 看。` })]
        : []),
    )
  }
}
