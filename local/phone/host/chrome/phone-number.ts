/** The consent sheet of `open-type="getPhoneNumber"`. */
import { element } from '../dom'
import type { Phone } from '../phone'

/** A number for a user that has told none: made from the OPENID, so that it stays the same. */
function numberOf(openid: string): string {
  let hash = 7
  for (const letter of openid) hash = (hash * 31 + letter.charCodeAt(0)) % 100_000_000
  return `139${String(hash).padStart(8, '0')}`
}

/** @returns the event's detail: a code that the backend exchanges for the number, or the refusal */
export async function askPhoneNumber(phone: Phone): Promise<{ errMsg: string; code?: string; errno?: number }> {
  const people = await phone.people()
  const number = people.find((person) => person.openid === phone.openid)?.phone ?? numberOf(phone.openid)
  const shown = `${number.slice(0, 3)} **** ${number.slice(-4)}`
  const allowed = await phone.layers.sheet<boolean>({
    label: '获取手机号',
    class: 'host-consent',
    content: (close) => [
      element('h2', { text: '师服到 申请使用您的手机号' }),
      element('p', { class: 'host-consent-item', text: shown }),
      element(
        'footer',
        {},
        element('button', { text: '不允许', class: 'host-cancel', onClick: () => close(false) }),
        element('button', { text: '允许', class: 'host-confirm', onClick: () => close(true) }),
      ),
    ],
  })
  if (!allowed) return { errMsg: 'getPhoneNumber:fail user deny' }
  const { status, body } = await phone.server.post('/__phonecode', { openid: phone.openid, phone: number })
  const code = (body as { code?: string } | null)?.code
  return status === 200 && code !== undefined ? { errMsg: 'getPhoneNumber:ok', code } : { errMsg: 'getPhoneNumber:fail', errno: 103 }
}
