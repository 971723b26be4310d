import type { TemplateKey } from '../../typings/contract'
import { fitField } from './message-fields'
import { visitOf } from './order'
import type { Order } from './order'
import { fillBlanks } from './timeline'

/** WeChat's verdict that the person has allowed no further message of this kind. */
export const NOTHING_LEFT = 43101

/** Subscribe-message templates as data (R41). Field types and their limits are WeChat's (message-fields.ts). */

interface Template {
  title: string
  /** Where it leads; {orderId} and {visitNo} are filled in. */
  page: string
  /** One sentence for the inbox; {about} says of which job it is. */
  text: string
  /** Whoever WeChat cannot reach is reached by staff at once, since minutes count. */
  minutesCount?: true
  /** WeChat's key (`thing1`) → the text with blanks. How each is labelled stands in cloudbase/resources.json. */
  fields: Record<string, string>
}

export const TEMPLATES: Record<TemplateKey, Template> = {
  offer: {
    title: '新单提醒',
    minutesCount: true,
    page: 'technician/offer/offer?id={orderId}',
    text: '{category}：{problem}，离您 {distance}，{wanted}',
    fields: { thing1: '{category}', thing2: '{problem}', thing3: '{distance}', thing4: '{wanted}' },
  },
  call_reminder: {
    title: '该打电话了',
    minutesCount: true,
    page: 'technician/call/call?id={orderId}',
    text: '{about}：{what}',
    fields: { character_string1: '{number}', thing2: '{what}' },
  },
  claimed: {
    title: '师傅接单了',
    page: 'homeowner/order/order?id={orderId}',
    text: '{name}接了您的单，{when}给您打电话',
    fields: { character_string1: '{number}', thing2: '{name}，工号 {staffNumber}', thing3: '{when}给您打电话' },
  },
  appointment: {
    title: '上门时间',
    page: '{page}',
    text: '{about}：{what}',
    fields: { character_string1: '{number}', time2: '{at}', thing3: '{name}，工号 {staffNumber}', thing4: '{what}' },
  },
  quote: {
    title: '报价请您看',
    page: 'homeowner/quote/quote?id={orderId}',
    text: '一共 {amount}，看过没问题再付；{until} 前有效',
    fields: { character_string1: '{number}', amount2: '{amount}', thing3: '看过没问题再付' },
  },
  payment: {
    title: '款项提醒',
    page: '{page}',
    text: '{what}，{amount}',
    fields: { character_string1: '{number}', amount2: '{amount}', thing3: '{what}' },
  },
  on_the_way: {
    title: '师傅上门',
    page: 'homeowner/order/order?id={orderId}',
    text: '{name}{what}',
    fields: { character_string1: '{number}', thing2: '{name}，工号 {staffNumber}', thing3: '{what}' },
  },
  acceptance: {
    title: '请您验收',
    page: '{page}',
    text: '{about}：{what}',
    fields: { character_string1: '{number}', thing2: '{what}' },
  },
  warranty_card: {
    title: '保修卡',
    page: 'homeowner/warranty-card/warranty-card?id={orderId}',
    text: '{what}',
    fields: { character_string1: '{number}', thing2: '{what}' },
  },
  follow_up: {
    title: '还好用吗',
    page: 'homeowner/follow-up/follow-up?id={orderId}&visit={visitNo}',
    text: '修好有一阵了，还好用吗？您照实说，我们才改得了',
    fields: { character_string1: '{number}', thing2: '{problem}', thing3: '还好用吗？请您照实说' },
  },
  return_visit: {
    title: '免费再上门',
    page: '{page}',
    text: '{about}：{what}',
    fields: { character_string1: '{number}', thing2: '{what}' },
  },
  order_closed: {
    title: '工单变动',
    page: '{page}',
    text: '{about}：{what}',
    fields: { character_string1: '{number}', thing2: '{what}' },
  },
  register: {
    title: '登记进展',
    page: '{page}',
    text: '{subject}：{what}',
    fields: { thing1: '{subject}', thing2: '{what}' },
  },
}

/** Whether what a homeowner was told, and has not read, still matters: the quote waits, the money is missing, the work waits to be accepted (R41). */
export const stillWaitedFor = (order: Order, template: TemplateKey): boolean => {
  if (order.status === 'archived') return false
  // Nobody comes any more: that is what it says.
  if (order.status === 'cancelled') return template === 'order_closed'
  switch (template) {
    case 'quote':
      return order.quotes.some((quote) => quote.state === 'sent')
    case 'payment':
      return visitOf(order).clockStoppedAt !== null
    case 'acceptance':
      return order.status === 'awaiting_acceptance'
    default:
      return true
  }
}

export interface ComposedMessage {
  title: string
  text: string
  page: string
  data: Record<string, { value: string }>
}

/** Fills a template in: for WeChat (`data`) and for the inbox (`title`, `text`). */
export const composeMessage = (key: TemplateKey, blanks: Record<string, string>): ComposedMessage => {
  const template = TEMPLATES[key]
  return {
    title: template.title,
    text: fillBlanks(template.text, blanks),
    page: fillBlanks(template.page, blanks),
    data: Object.fromEntries(Object.entries(template.fields).map(([field, text]) => [field, { value: fitField(field, fillBlanks(text, blanks)) }])),
  }
}
