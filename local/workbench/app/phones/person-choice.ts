/** Whose phone a slot shows: the people of the city, or any OPENID, since in WeChat anyone can open the app. */
import type { Person } from '../workplace'
import { element } from '../dom'

const OTHER = '\u0000other'

/** Groups people by their role, in the order in which the roles first come. */
const byRole = (people: readonly Person[]): [role: string, people: Person[]][] => {
  const groups = new Map<string, Person[]>()
  for (const person of people) groups.set(person.role, [...(groups.get(person.role) ?? []), person])
  return [...groups]
}

/** As the platform takes them; digits alone would be turned into a number. */
export const isOpenid = (text: string): boolean => /^[\w-]{1,64}$/.test(text) && !/^-?\d+$/.test(text)

export class PersonChoice {
  readonly view = element('span', { class: 'slot-person' })
  private readonly select = element('select', { label: '这部手机是谁的' })
  private readonly own = element('input', {
    label: 'OPENID',
    attributes: { placeholder: 'OPENID', spellcheck: 'false', autocomplete: 'off' },
  })
  private shown = ''

  constructor(private readonly onChoose: (openid: string) => void) {
    this.own.hidden = true
    this.select.addEventListener('change', () => {
      if (this.select.value === OTHER) this.askForOpenid()
      else this.onChoose(this.select.value)
    })
    this.own.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') this.takeOpenid()
      if (key === 'Escape') this.closeInput()
    })
    this.own.addEventListener('blur', () => this.closeInput())
    this.view.append(this.select, this.own)
  }

  show(people: readonly Person[], openid: string): void {
    const known = people.some((person) => person.openid === openid)
    const signature = JSON.stringify([people, openid])
    if (signature === this.shown) return
    this.shown = signature
    const option = (value: string, text: string) => element('option', { text, attributes: { value } })
    const groups = byRole(people).map(([role, list]) => {
      const group = element('optgroup', { attributes: { label: role } })
      group.append(...list.map((person) => option(person.openid, person.name)))
      return group
    })
    this.select.replaceChildren(
      ...(openid === '' ? [option('', '选一个人')] : []),
      ...groups,
      ...(known || openid === '' ? [] : [option(openid, openid)]),
      option(OTHER, '填 OPENID…'),
    )
    this.select.value = openid
  }

  private askForOpenid(): void {
    this.select.hidden = true
    this.own.hidden = false
    this.own.value = ''
    this.own.focus()
  }

  private takeOpenid(): void {
    const openid = this.own.value.trim()
    const fits = isOpenid(openid)
    this.own.setCustomValidity(fits ? '' : 'OPENID 只含字母、数字、下划线和短横，不能全是数字')
    if (!fits) {
      this.own.reportValidity()
      return
    }
    this.closeInput()
    this.onChoose(openid)
  }

  private closeInput(): void {
    this.own.hidden = true
    this.select.hidden = false
    this.shown = ''
  }
}
