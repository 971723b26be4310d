import type { TemplateKey } from '../../typings/contract'
import { TEMPLATES } from '../domain/messages'
import { dateText } from '../domain/shanghai'
import { leaveTodo } from './outbox/todos'

/** Refusals that are our own fault, whoever the message was for: nobody gets that kind of message till somebody mends it. */
const OURS: Record<number, string> = {
  40037: '模板编号不对，请在设置 templateIds 里核对',
  41030: '消息要打开的页面还没发布',
  47003: '消息内容不合微信的格式，请找技术',
  40003: '收件人的微信账号不对',
}

/** Leaves a to-do, one a template, fault and day (R41). A refusal that says something of the person alone leaves none. */
export const reportFault = async (template: TemplateKey, errcode: number, at: Date): Promise<void> => {
  const why = OURS[errcode]
  if (!why) return
  await leaveTodo({
    _id: `message_fault:${template}:${errcode}:${dateText(at)}`, kind: 'message_fault', orderId: '', orderNumber: '', visitNo: 0, urgent: errcode !== 40003, title: '微信不收我们的消息',
    detail: `“${TEMPLATES[template].title}” ${errcode}：${why}`, role: 'manager', at,
  })
}
