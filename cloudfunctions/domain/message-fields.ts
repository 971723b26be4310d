/** Values of subscribe messages as WeChat takes them, by the type in the field's key: `thing1` is a thing. One that breaks the rules is refused with 47003 (R41). */

export type FieldType = 'thing' | 'number' | 'letter' | 'symbol' | 'character_string' | 'time' | 'date' | 'amount' | 'phone_number' | 'car_number' | 'name' | 'phrase'

/** Signs that a value may have. */
const MOST: Record<FieldType, number> = { thing: 20, number: 32, letter: 32, symbol: 5, character_string: 32, time: 40, date: 40, amount: 13, phone_number: 17, car_number: 8, name: 10, phrase: 5 }

/** What stands there when nothing usable is left: WeChat refuses empty values. */
const EMPTY: Record<FieldType, string> = {
  thing: '无', number: '0', letter: 'A', symbol: '-', character_string: '-', time: '00:00', date: '2000年1月1日', amount: '¥0', phone_number: '0', car_number: '无', name: '无', phrase: '无',
}

/** The signs that a type takes, of what was given. */
const KEEP: Partial<Record<FieldType, RegExp>> = {
  number: /[\d.]/u, letter: /[A-Za-z]/u, symbol: /[^\p{L}\p{N}\s]/u, character_string: /[\x21-\x7e]/u, phone_number: /[\d+\-() ]/u, phrase: /\p{Script=Han}/u,
}

const DAY = /(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?/u
const CLOCK = /([01]?\d|2[0-3]):[0-5]\d/u
const AMOUNT = /-?\d{1,10}(\.\d{1,2})?/u

const typeOf = (key: string): FieldType => key.replace(/\d+$/, '') as FieldType

/** A value that WeChat takes for this field, as near to what was given as its type allows: signs that do not belong go, what is too long is cut, nothing is ever empty. */
export const fitField = (key: string, value: string): string => {
  const type = typeOf(key)
  const clean = withoutHalves(value).replace(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/\s+/gu, ' ').trim()
  const fitted = fitType(type, clean)
  return fitted.trim() === '' ? EMPTY[type] : fitted
}

const fitType = (type: FieldType, clean: string): string => {
  switch (type) {
    case 'time': {
      const clock = CLOCK.exec(clean)?.[0]
      const day = dayOf(clean)
      return clock ? (day ? `${day} ${clock}` : clock) : ''
    }
    case 'date':
      return dayOf(clean)
    case 'amount': {
      const figure = AMOUNT.exec(clean.replace(/(?<=\d),(?=\d)/gu, ''))?.[0]
      return figure ? `¥${figure}` : ''
    }
    case 'number':
      return /\d+(\.\d+)?/u.exec(clean)?.[0].slice(0, MOST.number).replace(/\.$/u, '') ?? ''
    // What is all Latin may be twice as long.
    case 'name':
      return /^[\x20-\x7e]*$/u.test(clean) ? clean.slice(0, 20) : cut(clean, MOST.name)
    default: {
      const keep = KEEP[type]
      return cut(keep ? [...clean].filter((sign) => keep.test(sign)).join('') : clean, MOST[type], type === 'thing' || type === 'car_number')
    }
  }
}

const dayOf = (text: string): string => {
  const [, year, month = '', day = ''] = DAY.exec(text) ?? []
  return year ? `${year}年${Number(month)}月${Number(day)}日` : ''
}

/** With a mark that something is missing, where the type takes one. */
const cut = (text: string, most: number, marked = false): string => {
  const signs = [...text]
  if (signs.length <= most) return text
  return marked ? `${signs.slice(0, most - 1).join('')}…` : signs.slice(0, most).join('')
}

/** Half an emoji is no sign. */
const withoutHalves = (text: string): string => text.replace(/\p{Surrogate}/gu, '')
