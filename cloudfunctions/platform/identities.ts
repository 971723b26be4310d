import { CODE_ALPHABET, codeFor } from './codes'
import { _, collection } from './db'
import type { IdentityDocument } from './documents'

/** One identity number, one person (R52). The number goes once its application is decided (R39); what stands for it here says nothing without the server's secret. */

const KEY_LENGTH = 32

export const identityKeyOf = (identityNumber: string): string => codeFor(`identity:${identityNumber}`, CODE_ALPHABET, KEY_LENGTH)

const ENTERED = 'technician:'

/** Who holds the number of a technician whom staff enter by hand. */
export const enteredAs = (technicianId: string): string => `${ENTERED}${technicianId}`

/** Who holds the number that `key` stands for, if anybody. */
export const readIdentity = (key: string): Promise<IdentityDocument | null> => collection('identities').get(key)

/** Whether that is somebody else. Whoever applied with it and was refused, or with another number since, keeps nobody away. */
export const isIdentityTaken = async (held: IdentityDocument | null, holder: string): Promise<boolean> => {
  if (!held || held.holder === holder) return false
  if (held.holder.startsWith(ENTERED)) return (await collection('technicians').get(held.holder.slice(ENTERED.length)))?.identityKey === held._id
  const application = await collection('applications').get(held.holder)
  return application !== null && application.state !== 'refused' && application.identityKey === held._id
}

/** Makes it this holder's, if it is nobody else's; whether it is. `held` is who had it, as it was read. */
export const claimIdentity = async (key: string, holder: string, held: IdentityDocument | null): Promise<boolean> => {
  const identities = collection('identities')
  if (held?.holder === holder) return true
  if (held) return !(await isIdentityTaken(held, holder)) && (await identities.update({ _id: key, holder: held.holder }, { holder: _.set(holder) })) === 1
  if (await identities.add({ _id: key, holder })) return true
  // Somebody was quicker: the very same request, or another account.
  const quicker = await identities.get(key)
  return quicker !== null && claimIdentity(key, holder, quicker)
}
