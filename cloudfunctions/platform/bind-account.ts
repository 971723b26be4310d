import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'
import { _, collection } from './db'
import type { TechnicianDocument } from './technician-document'

/** A WeChat account belongs to one technician (R52). Refuses when it is somebody else's, be it that they bind it in the same moment. With `onlyCheck` nothing is written. */
export const bindAccount = async (technician: Pick<TechnicianDocument, '_id' | 'openid'>, openid: string, onlyCheck = false): Promise<Refusal | null> => {
  const [other] = await collection('technicians').find({ openid }, { limit: 1 })
  if (other && other._id !== technician._id) return refuse('INVALID_INPUT', `这个微信已经绑给${other.name} ${other.staffNumber}了`, { openid: '已经绑给别人' })
  if (onlyCheck) return null
  await collection('technicians').update({ _id: technician._id }, { openid: _.set(openid) })
  // Two who bind the same account at once both saw it free: whoever finds it twice takes their own back.
  const bound = await collection('technicians').find({ openid }, { limit: 2 })
  if (bound.length < 2) return null
  await collection('technicians').update({ _id: technician._id, openid }, { openid: _.set(technician.openid) })
  return refuse('CONFLICT', '这个微信刚被绑给别人，没有绑上，请核对后再试')
}
