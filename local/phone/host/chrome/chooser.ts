/** Without `?as=`, the phone asks whose it is. */
import { element, requiredElement } from '../dom'
import type { Person } from '../server'

export function showChooser(people: Person[] | null): void {
  const phone = requiredElement('phone')
  const open = (openid: string): void => {
    const address = new URL(location.href)
    address.searchParams.set('as', openid)
    location.href = address.href
  }
  const own = element('input', { attributes: { placeholder: 'OPENID', 'aria-label': 'OPENID' } })
  const form = element('form', {}, own, element('button', { text: '打开' }))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (own.value.trim() !== '') open(own.value.trim())
  })
  const rows = (people ?? []).map((person) =>
    element(
      'button',
      { class: 'host-person', onClick: () => open(person.openid) },
      element('strong', { text: person.name }),
      element('span', { text: [person.role, person.note].filter(Boolean).join(' · ') }),
    ),
  )
  phone.replaceChildren(
    element(
      'main',
      { class: 'host-chooser' },
      element('h1', { text: '打开谁的手机？' }),
      ...rows,
      element('p', { text: '或者填一个 OPENID，新用户也可以。' }),
      form,
    ),
  )
}
