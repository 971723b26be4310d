import { returnVisit } from './return-visit'
import { smallRepair } from './small-repair'
import type { Standard } from './schema'

export type { Phase, Standard, Step } from './schema'

/** Every version that a visit may have begun with. */
const ALL: readonly Standard[] = [smallRepair, returnVisit]

/** The standard that a visit keeps (R48). */
export const standardOf = (ref: { id: string; version: number }): Standard => {
  const found = ALL.find((standard) => standard.id === ref.id && standard.version === ref.version)
  if (!found) throw new Error(`no standard ${ref.id} v${ref.version}`)
  return found
}

/** The version that a new visit begins with. */
export const latestStandard = (id: string): Standard => {
  const versions = ALL.filter((standard) => standard.id === id).sort((a, b) => b.version - a.version)
  if (!versions[0]) throw new Error(`no standard ${id}`)
  return versions[0]
}
