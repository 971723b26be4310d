/** What WeChat accepts as a value of a subscribe message, by the type in its key (`thing1` → thing). */

/** WeChat does not say how it counts an emoji: counted as JavaScript does, as two or more, a value is short enough either way. */
const width = (text: string): number => text.length

/** Half an emoji, or a sign that cannot be shown. */
const UNSHOWABLE = /[\p{Surrogate}\p{Cc}\u2028\u2029]/u

/** True if the value is acceptable. */
const TYPES: Record<string, (value: string) => boolean> = {
  thing: (value) => width(value) <= 20,
  number: (value) => /^\d+(\.\d+)?$/.test(value) && value.length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => width(value) <= 5 && !/[\p{L}\p{N}]/u.test(value),
  character_string: (value) => /^[\x20-\x7e]{1,32}$/.test(value),
  time: (value) => value.split('~').every((part) => isTime(part.trim())) && value.split('~').length <= 2,
  date: (value) => value.split('~').every((part) => isDate(part.trim())) && value.split('~').length <= 2,
  amount: (value) => /^[¥￥$€£]?\d{1,10}(\.\d+)?元?$/.test(value),
  phone_number: (value) => /^[\d+\-() ]{1,17}$/.test(value),
  car_number: (value) => width(value) <= 8,
  name: (value) => (/[^\x20-\x7e]/.test(value) ? width(value) <= 10 : value.length <= 20),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
}

const DATES = [/^(\d{4})年(\d{1,2})月(\d{1,2})日$/, /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/]
const CLOCK = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

/** Of the calendar: there is no 30 February. */
function isDate(text: string): boolean {
  const found = DATES.map((form) => form.exec(text)).find((match) => match !== null)
  if (!found) return false
  const year = Number(found[1])
  const [month = 0, day = 0] = found.slice(-2).map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** `14:30`, or a date with a time. */
function isTime(text: string): boolean {
  if (CLOCK.test(text)) return true
  const [date = '', clock = ''] = text.split(/\s+/)
  return isDate(date) && CLOCK.test(clock)
}

/**
 * Why WeChat refuses the data of a message (errcode 47003), or undefined.
 * `keys`: those of the template, if it is known; each must be there and no other.
 */
export function valueProblem(data: Record<string, unknown>, keys?: string[]): string | undefined {
  const missing = keys?.find((key) => !(key in data))
  if (missing !== undefined) return `data.${missing}.value is empty`
  for (const [key, entry] of Object.entries(data)) {
    if (keys && !keys.includes(key)) return `data.${key} is not in the template`
    const value = typeof entry === 'object' && entry !== null && 'value' in entry ? entry.value : undefined
    if (typeof value !== 'string' && typeof value !== 'number') return `data.${key}.value invalid`
    const text = String(value)
    if (text.trim() === '') return `data.${key}.value is empty`
    if (UNSHOWABLE.test(text)) return `data.${key}.value invalid`
    const fits = TYPES[key.replace(/\d+$/, '')]
    if (!fits?.(text)) return `data.${key}.value invalid`
  }
  return undefined
}
