import { personOf } from '../domain/order'
import type { Order } from '../domain/order'
import { refuse, Refusal } from '../domain/refusal'
import type { ActionContext } from '../platform/action'
import { isClient, openidOf } from '../platform/caller'
import type { Caller } from '../platform/caller'
import { collection } from '../platform/db'
import { technicianByOpenid } from '../platform/register'
import type { TechnicianDocument } from '../platform/technician-document'

export const NOT_ONE = refuse('FORBIDDEN', '这里只给登记过的师傅用；您是师傅的话，请让公司绑定您的微信')

/** Only technicians whose WeChat account staff have bound (R52). */
export const admitTechnician = async (caller: Caller): Promise<Refusal | null> => (isClient(caller) && (await technicianByOpenid(caller.openid)) ? null : NOT_ONE)

/** Who calls, as of some seconds ago. */
export const callingTechnician = async ({ caller }: ActionContext): Promise<TechnicianDocument> => {
  const found = await technicianByOpenid(openidOf(caller))
  if (!found) throw new Error('a technician action was reached by somebody else')
  return found
}

/** Who calls: the technician, and the WeChat account from which they do. */
export type Me = Pick<TechnicianDocument, '_id' | 'openid'>

/** Who calls, as of now: for their day, duty and suspension. An account that is theirs no more is nobody's (R39). */
export const readTechnician = async ({ _id, openid }: Me): Promise<TechnicianDocument | Refusal> => {
  const found = await collection('technicians').get(_id)
  return found && found.openid === openid ? found : NOT_ONE
}

/** An order that knows them by another account was told of a new one: then the register says whether the caller's is still theirs. */
export const accountRefusal = async (order: Pick<Order, 'people'>, me: Me): Promise<Refusal | null> => {
  const known = personOf(order, me._id)
  if (!known || known.openid === me.openid) return null
  const now = await readTechnician(me)
  return now instanceof Refusal ? now : null
}
