/** Values of subscribe messages as WeChat takes them, by the type in the field's key: `thing1` is a thing. One that breaks the rules is refused with 47003 (R41). */

export type FieldType = 'thing' | 'number' | 'letter' | 'symbol' | 'character_string' | 'time' | 'date' | 'amount' | 'phone_number' | 'car_number' | 'name' | 'phrase'

/** How long a value may be, counted as JavaScript does: WeChat does not say how it counts an emoji, and so it is short enough either way. */
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
const AMOUNT = /\d{1,10}(\.\d{1,2})?/u

const typeOf = (key: string): FieldType => key.replace(/\d+$/, '') as FieldType

/** A value that WeChat takes for this field, as near to what was given as its type allows: signs that do not belong go, what is too long is cut, nothing is ever empty. */
export const fitField = (key: string, value: string): string => {
  const type = typeOf(key)
  const clean = value.replace(/\p{Surrogate}/gu, '').replace(/[\p{Cc}\u2028\u2029]/gu, ' ').replace(/\s+/gu, ' ').trim()
  const fitted = fitType(type, clean)
  return fitted.trim() === '' ? EMPTY[type] : fitted
}

const fitType = (type: FieldType, clean: string): string => {
  switch (type) {
    case 'time': {
      // Two digits for the hour, as in WeChat's own example.
      const clock = CLOCK.exec(clean)?.[0].padStart(5, '0')
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
      const whole = type === 'thing' && clean.length > MOST.thing ? closeDays(clean) : clean
      return cut(keep ? [...whole].filter((sign) => keep.test(sign)).join('') : whole, MOST[type], type === 'thing' || type === 'car_number')
    }
  }
}

/** A day of the calendar; '' when there is none. */
const dayOf = (text: string): string => {
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number)
  if (!year || !month || !day) return ''
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? `${year}年${month}月${day}日` : ''
}

/** What people see as one sign: an emoji of several parts is never cut in two. */
const SIGNS = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** 12月2日 for 12 月 2 日 周三, where room is short. */
const closeDays = (text: string): string => text.replace(/(\d+) 月 (\d+) 日( 周[一二三四五六日])?/gu, '$1月$2日')

/** With a mark that something is missing, where the type takes one. */
const cut = (text: string, most: number, marked = false): string => {
  if (text.length <= most) return text
  const mark = marked ? '…' : ''
  let kept = ''
  for (const { segment } of SIGNS.segment(text)) {
    if (kept.length + segment.length + mark.length > most) break
    kept += segment
  }
  return kept === '' ? '' : kept + mark
}
