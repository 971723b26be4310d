import { OUTBOX_LEASE_MS } from '../domain/draft'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import { after } from '../domain/shanghai'
import { _, collection } from './db'
import type { TechnicianDocument } from './technician-document'

/** Whose WeChat account that is, if any technician's. */
export const ownerOf = async (openid: string): Promise<TechnicianDocument | null> => (await collection('technicians').find({ openid }, { limit: 1 }))[0] ?? null

/** A WeChat account belongs to one technician (R52). */
export const boundElsewhere = (technicianId: string, owner: TechnicianDocument | null): Refusal | null =>
  owner && owner._id !== technicianId ? refuse('INVALID_INPUT', `这个微信已经绑给${owner.name} ${owner.staffNumber}了`, { openid: '已经绑给别人' }) : null

/** Binds an account that was found free; the clock lets their orders follow, whatever becomes of this function. Refuses when somebody else binds it in the same moment: whoever finds it twice takes their own back. */
export const bindAccount = async (technician: Pick<TechnicianDocument, '_id' | 'openid'>, openid: string): Promise<Refusal | null> => {
  await collection('technicians').update({ _id: technician._id }, { openid: _.set(openid), ordersCheckAt: _.set(after(new Date(), OUTBOX_LEASE_MS)) })
  const bound = await collection('technicians').find({ openid }, { limit: 2 })
  if (bound.length < 2) return null
  await collection('technicians').update({ _id: technician._id, openid }, { openid: _.set(technician.openid) })
  return refuse('CONFLICT', '这个微信刚被绑给别人，没有绑上，请核对后再试')
}
