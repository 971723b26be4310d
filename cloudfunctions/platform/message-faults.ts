import type { TemplateKey } from '../../typings/contract'
import { NOTHING_LEFT, TEMPLATES } from '../domain/messages'
import { dateText } from '../domain/shanghai'
import { leaveTodo } from './outbox/todos'

/** The phone's own word for it when WeChat asks nobody on our behalf any more. */
export const BLOCKED = 20005

/** Refusals that are our own fault, whoever the message was for: nobody gets that kind of message till somebody mends it. */
const OURS: Record<number, string> = {
  40037: '模板编号不对，请在设置 templateIds 里核对',
  41030: '消息要打开的页面还没发布',
  47003: '消息内容不合微信的格式，请找技术',
  40003: '收件人的微信账号不对',
  [BLOCKED]: '小程序的订阅消息被微信停了，请到公众平台看通知',
  43107: '微信停了我们发订阅消息的资格，请到公众平台看通知',
  [-604101]: '云函数没有发消息的权限，请重新部署',
  45168: '消息里有微信不让发的词，请找技术',
}

/** Of one person alone, or said by a phone: no reason to wake anybody. */
const DOUBTFUL: ReadonlySet<number> = new Set([40003, BLOCKED])

/** Leaves a to-do, one a template, fault and day (R41). That a person allowed no more says something of them alone, and leaves none. */
export const reportFault = async (template: TemplateKey, errcode: number, at: Date): Promise<void> => {
  if (errcode === NOTHING_LEFT) return
  const why = OURS[errcode] ?? '微信没说清楚，请找技术'
  await leaveTodo({
    _id: `message_fault:${template}:${errcode}:${dateText(at)}`, kind: 'message_fault', orderId: '', orderNumber: '', visitNo: 0, urgent: !DOUBTFUL.has(errcode), title: '微信不收我们的消息',
    detail: `“${TEMPLATES[template].title}” ${errcode}：${why}`, role: 'manager', at,
  })
}
