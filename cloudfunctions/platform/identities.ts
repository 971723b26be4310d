import { CODE_ALPHABET, codeFor } from './codes'
import { _, collection } from './db'
import type { IdentityDocument } from './documents'

/** One identity number, one person (R52). The number goes once its application is decided (R39); what stands for it here says nothing without the server's secret. */

const KEY_LENGTH = 32

export const identityKeyOf = (identityNumber: string): string => codeFor(`identity:${identityNumber}`, CODE_ALPHABET, KEY_LENGTH)

/** Whether the number that `key` stands for is somebody else's. Whoever applied with it and was refused, or with another number since, keeps nobody away. */
export const isIdentityTaken = async (key: string, openid: string): Promise<boolean> => isTaken(await collection('identities').get(key), openid)

const isTaken = async (held: IdentityDocument | null, openid: string): Promise<boolean> => {
  if (!held || held.openid === openid) return false
  const application = await collection('applications').get(held.openid)
  return application !== null && application.state !== 'refused' && application.identityKey === held._id
}

/** Makes it this account's, if it is nobody else's; whether it is. */
export const claimIdentity = async (key: string, openid: string): Promise<boolean> => {
  const identities = collection('identities')
  if (await identities.add({ _id: key, openid })) return true
  const held = await identities.get(key)
  if (!held || (await isTaken(held, openid))) return false
  return held.openid === openid || (await identities.update({ _id: key, openid: held.openid }, { openid: _.set(openid) })) === 1
}
