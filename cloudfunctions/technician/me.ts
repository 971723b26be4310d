import type { Refusal } from '../domain/refusal'
import { refuse } from '../domain/refusal'
import type { ActionContext } from '../platform/action'
import { isClient, openidOf } from '../platform/caller'
import type { Caller } from '../platform/caller'
import { collection } from '../platform/db'
import { technicianByOpenid } from '../platform/register'
import type { TechnicianDocument } from '../platform/technician-document'

const NOT_ONE = refuse('FORBIDDEN', '这里只给登记过的师傅用；您是师傅的话，请让公司绑定您的微信')

/** Only technicians whose WeChat account staff have bound (R52). */
export const admitTechnician = async (caller: Caller): Promise<Refusal | null> => (isClient(caller) && (await technicianByOpenid(caller.openid)) ? null : NOT_ONE)

/** Who calls, as of some seconds ago. */
export const callingTechnician = async ({ caller }: ActionContext): Promise<TechnicianDocument> => {
  const found = await technicianByOpenid(openidOf(caller))
  if (!found) throw new Error('a technician action was reached by somebody else')
  return found
}

/** Who calls, as of now: for their day, duty and suspension. */
export const readTechnician = async (id: string): Promise<TechnicianDocument | Refusal> => (await collection('technicians').get(id)) ?? NOT_ONE
