import type { TemplateKey } from '../../typings/contract'
import { _, collection } from './db'
import type { CreditDocument } from './documents'
import { TEMPLATE_KEYS } from './templates'

/** The ledger of messages that a person allowed (R41): one "允许" is one message. */

const creditId = (openid: string, template: TemplateKey): string => `${openid}:${template}`

/** Adds one; the same request again adds none. */
export const grantCredit = async (openid: string, template: TemplateKey, requestId: string): Promise<void> => {
  const _id = creditId(openid, template)
  const added = () => collection('credits').update({ _id, granted: _.nin([requestId]) }, { left: _.inc(1), refusal: _.set(null), granted: _.push({ each: [requestId], slice: -20 }) })
  if ((await added()) === 1) return
  const created = await collection('credits').add({ _id, openid, template, left: 1, used: [], granted: [requestId], refusal: null })
  // Somebody else made it meanwhile, or it knows this request already.
  if (!created) await added()
}

/** They said no, or switched it off in WeChat: remembered, so that the app can say what to do about it (R41). */
export const noteRefusal = async (openid: string, template: TemplateKey, refusal: CreditDocument['refusal']): Promise<void> => {
  const _id = creditId(openid, template)
  const noted = () => collection('credits').update({ _id }, { refusal: _.set(refusal) })
  if ((await noted()) === 1) return
  if (!(await collection('credits').add({ _id, openid, template, left: 0, used: [], granted: [], refusal }))) await noted()
}

/** The ledger of a person for some kinds of message. */
export const creditsOf = (openid: string, templates: readonly TemplateKey[]): Promise<CreditDocument[]> =>
  collection('credits').find({ _id: _.in(templates.map((template) => creditId(openid, template))) }, { limit: templates.length })

/** How many messages are left of each kind. */
export const creditsLeft = async (openid: string, templates: readonly TemplateKey[] = TEMPLATE_KEYS): Promise<Partial<Record<TemplateKey, number>>> => {
  const found = await creditsOf(openid, templates)
  // A kind that was only ever refused was never theirs to use up.
  return Object.fromEntries(found.filter((credit) => credit.granted.length > 0).map((credit) => [credit.template, credit.left]))
}
