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

type Stroke = readonly (readonly [number, number])[]

/** Two characters of a name, as a finger writes them. */
const SIGNATURE: readonly Stroke[] = [
  [
    [0.2, 0.32],
    [0.42, 0.3],
  ],
  [
    [0.31, 0.2],
    [0.31, 0.75],
  ],
  [
    [0.31, 0.4],
    [0.2, 0.62],
  ],
  [
    [0.31, 0.42],
    [0.44, 0.66],
  ],
  [
    [0.56, 0.25],
    [0.56, 0.7],
    [0.62, 0.72],
    [0.74, 0.55],
  ],
  [
    [0.52, 0.45],
    [0.78, 0.38],
  ],
  [
    [0.7, 0.2],
    [0.68, 0.66],
    [0.78, 0.74],
    [0.84, 0.58],
  ],
]

/** Writes the name on the open pad and sends it. */
export async function sign(phone: PhoneInHand): Promise<void> {
  await phone.see('签好了')
  for (const stroke of SIGNATURE) await phone.draw('#pad', stroke)
  await phone.tapText('签好了')
}
