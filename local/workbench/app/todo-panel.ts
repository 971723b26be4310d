import { clockText } from '../../../cloudfunctions/domain/shanghai'
import type { TodoDocument } from '../../../cloudfunctions/platform/documents'
import { SETTLED_BY } from '../../../cloudfunctions/staff/settled-by'
import type { City } from './city'
import { element, icon, redraw } from './dom'

/** Rows before somebody asks for all, and at the most. */
const FIRST = 2
const MOST = 20

interface Listener {
  /** The order that a to-do is about. */
  onChoose(orderId: string): void
  /** Writes the event of that action for the to-do. */
  onSettle(todo: TodoDocument, action: string): void
  /** What an action does in a few words; empty while it is not known. */
  wordsOf(action: string): string
}

/** 待办: what waits for a member of staff, urgent ones first and red, each with what settles it. */
export class TodoPanel {
  private readonly list = element('div', { class: 'todo-list' })
  private readonly title = element('h2', { text: '待办', attributes: { id: 'todos-title' } })
  private readonly more = element('button', { class: 'todo-more', attributes: { type: 'button', 'data-key': 'todos more' }, onClick: () => this.toggle() })
  private open = false
  private city: City | null = null

  constructor(
    private readonly container: HTMLElement,
    private readonly listener: Listener,
  ) {
    container.append(element('header', { class: 'todos-head' }, this.title, this.more), this.list)
  }

  show(city: City): void {
    this.city = city
    const { todos } = city
    this.container.hidden = todos.length === 0
    this.title.textContent = `待办 ${todos.length}`
    this.more.hidden = todos.length <= FIRST
    this.more.textContent = this.open ? '收起' : '全部'
    this.more.setAttribute('aria-expanded', String(this.open))
    const sorted = [...todos].sort((a, b) => Number(b.urgent) - Number(a.urgent) || b.at.getTime() - a.at.getTime())
    redraw(
      this.list,
      ...sorted.slice(0, this.open ? MOST : FIRST).map((todo) => this.row(todo, city)),
      ...(this.open && sorted.length > MOST ? [element('p', { class: 'card-note', text: `还有 ${sorted.length - MOST} 件，在控制台里用 listTodos 看。` })] : []),
    )
  }

  private toggle(): void {
    this.open = !this.open
    if (this.city) this.show(this.city)
  }

  private row(todo: TodoDocument, { orders }: City): HTMLElement {
    const { _id, urgent, title, detail, orderId, orderNumber, at } = todo
    const what = element(
      'button',
      { class: 'todo', attributes: { type: 'button', 'data-key': `todo ${_id}` }, onClick: () => this.listener.onChoose(orderId) },
      icon('alert'),
      element(
        'span',
        {},
        element('strong', { text: title }),
        element('span', { text: [detail.includes(orderNumber) ? '' : orderNumber, detail, clockText(at)].filter(Boolean).join(' · ') }),
      ),
    )
    what.disabled = !orders.some((order) => order._id === orderId)
    // Whatever settles it, it can be closed by hand.
    const actions = [...SETTLED_BY[todo.kind].filter((action) => action !== 'closeTodo'), 'closeTodo']
    return element(
      'div',
      { class: urgent ? 'todo-row is-urgent' : 'todo-row', attributes: { 'data-key': `row ${_id}` } },
      what,
      element('div', { class: 'todo-acts' }, ...actions.map((action) => this.act(todo, action))),
    )
  }

  private act(todo: TodoDocument, action: string): HTMLElement {
    const words = action === 'closeTodo' ? '办结' : this.listener.wordsOf(action)
    return element(
      'button',
      { class: 'todo-act', label: `${words} ${action}：${todo.title}`, attributes: { type: 'button', 'data-key': `${action} ${todo._id}` }, onClick: () => this.listener.onSettle(todo, action) },
      ...(words ? [words, ' '] : []),
      element('code', { text: action }),
    )
  }
}
