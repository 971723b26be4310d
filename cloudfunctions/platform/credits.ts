import type { TemplateKey } from '../../typings/contract'
import { _, collection } from './db'
import { TEMPLATE_KEYS } from './templates'

/** The ledger of messages that a person allowed (R41): one "允许" is one message. */

const creditId = (openid: string, template: TemplateKey): string => `${openid}:${template}`

/** Adds one; the same request again adds none. */
export const grantCredit = async (openid: string, template: TemplateKey, requestId: string): Promise<void> => {
  const _id = creditId(openid, template)
  const added = () => collection('credits').update({ _id, granted: _.nin([requestId]) }, { left: _.inc(1), granted: _.push({ each: [requestId], slice: -20 }) })
  if ((await added()) === 1) return
  const created = await collection('credits').add({ _id, openid, template, left: 1, used: [], granted: [requestId] })
  // Somebody else made it meanwhile, or it knows this request already.
  if (!created) await added()
}

/** How many messages are left of each kind. */
export const creditsLeft = async (openid: string, templates: readonly TemplateKey[] = TEMPLATE_KEYS): Promise<Partial<Record<TemplateKey, number>>> => {
  const found = await collection('credits').find({ _id: _.in(templates.map((template) => creditId(openid, template))) }, { limit: templates.length })
  return Object.fromEntries(found.map((credit) => [credit.template, credit.left]))
}
