import { shortName } from '../domain/draft'
import { stillWaitedFor } from '../domain/messages'
import type { Person } from '../domain/order'
import { _, collection } from '../platform/db'
import type { MessageDocument } from '../platform/documents'
import { unreachableId } from '../platform/inbox'
import { raiseTodo } from '../platform/outbox/todos'
import type { LeftTodo } from '../platform/outbox/todos'
import type { Budget } from './budget'
import { eachOf } from './each-of'

const PAGE = 50
const AT_ONCE = 8

/** Messages that WeChat did not deliver and that nobody has opened here: staff are asked to phone, once an order and person (R41). Gives how many were looked at. */
export const escalateUnread = async (budget: Budget): Promise<number> => {
  let count = 0
  while (!budget.isSpent) {
    const due = await collection('messages').find({ escalateAt: _.lte(new Date()) }, { order: { escalateAt: 'asc' }, limit: PAGE })
    let failed = 0
    await eachOf(due, AT_ONCE, async (message) => {
      try {
        if (!message.read) await askToPhone(message)
        await collection('messages').update({ _id: message._id }, { escalateAt: _.set(null) })
      } catch (error) {
        failed += 1
        console.error(JSON.stringify({ sweep: 'messages', id: message._id, error: String(error) }))
      }
    })
    count += due.length - failed
    if (due.length < PAGE || failed > 0) break
  }
  return count
}

const askToPhone = async ({ orderId, openid, role, template, text, at }: MessageDocument): Promise<void> => {
  const order = orderId ? await collection('orders').get(orderId) : null
  const isTechnician = role === 'technician'
  // A technician may still be on the way, whatever became of the order.
  if (!isTechnician && order && !stillWaitedFor(order, template)) return
  const person = order?.people.find((known) => known.openid === openid) ?? (isTechnician ? await registered(openid) : undefined)
  if (person && orderId && (await hasLooked(orderId, person.id, at))) return
  const who = isTechnician ? `师傅${person ? ` ${shortName(person)} ${person.staffNumber}` : ''}` : '业主'
  const todo: LeftTodo = {
    _id: unreachableId(orderId, openid), kind: 'unreachable', orderId, orderNumber: order?.number ?? '', visitNo: order?.visits.length ?? 0, urgent: false, title: `微信通知不到${who}，请打电话`,
    detail: `${order?.number ?? '登记'}：${text}`, role: isTechnician ? 'dispatcher' : 'customer_service', at: new Date(),
  }
  // Read and closed once, and now the next one is not read: phone again.
  await raiseTodo(todo, at)
}

/** Of what is about no order: their registration, their record. */
const registered = async (openid: string): Promise<Pick<Person, 'id' | 'name' | 'staffNumber'> | undefined> => {
  const [found] = await collection('technicians').find({ openid }, { limit: 1 })
  return found && { id: found._id, name: found.name, staffNumber: found.staffNumber }
}

const RECENT = 50

/** Whoever opened the job since knows what it says. */
const hasLooked = async (orderId: string, technicianId: string, since: Date): Promise<boolean> => {
  const readings = await collection('access_log').find({ orderId }, { order: { at: 'desc' }, limit: RECENT })
  return readings.some(({ readerId, at }) => readerId === technicianId && at > since)
}
