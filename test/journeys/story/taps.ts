/** What people do again and again with a phone in these journeys. */
import type { PhoneInHand } from '../../support/browser'
import { whereIs } from '../../support/journey'

/** WeChat's own question about messages: "允许", now and from now on. */
export async function allowMessages(phone: PhoneInHand): Promise<void> {
  await phone.see('想给您发这些消息')
  await phone.tapText('总是保持以上选择，不再询问')
  await phone.tapText('允许')
  await phone.notSee('想给您发这些消息')
}

/** WeChat's own question about a permission. */
export async function allowPermission(phone: PhoneInHand, what: string): Promise<void> {
  await phone.see(what)
  await phone.tapText('允许')
  await phone.notSee(what)
}

/** The technician rides to somebody's home. */
export const rideTo = (phone: PhoneInHand, homeowner: string): Promise<void> =>
  phone.page.evaluate(({ latitude, longitude }) => window.__phone?.setPosition(latitude, longitude), whereIs(homeowner))

/** Everything that can be read on the page that is open. */
export const wordsOn = (phone: PhoneInHand): Promise<string> =>
  phone.page.evaluate(() => document.querySelector<HTMLElement>('.host-page:not([hidden])')?.innerText ?? '')

/** A name, as a finger writes it. */
const SIGNATURE: readonly (readonly [number, number])[] = [
  [0.2, 0.35],
  [0.42, 0.3],
  [0.3, 0.65],
  [0.36, 0.5],
  [0.55, 0.6],
  [0.5, 0.3],
  [0.62, 0.7],
  [0.8, 0.45],
]

/** Writes the name on the open pad and sends it. */
export async function sign(phone: PhoneInHand): Promise<void> {
  await phone.see('签好了')
  await phone.draw('#pad', SIGNATURE)
  await phone.tapText('签好了')
}
