/** What WeChat accepts as a value of a subscribe message, by the type in its key (`thing1` → thing). */

const width = (text: string): number => [...text].length

/** True if the value is acceptable. Lengths count signs. */
const TYPES: Record<string, (value: string) => boolean> = {
  thing: (value) => width(value) <= 20,
  number: (value) => /^\d+(\.\d+)?$/.test(value) && value.length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => width(value) <= 5 && !/[\p{L}\p{N}]/u.test(value),
  character_string: (value) => /^[\x20-\x7e]{1,32}$/.test(value),
  time: (value) => value.split('~').every((part) => isTime(part.trim())) && value.split('~').length <= 2,
  date: (value) => value.split('~').every((part) => isDate(part.trim())) && value.split('~').length <= 2,
  amount: (value) => /^[¥￥$€£]?-?\d{1,10}(\.\d+)?元?$/.test(value),
  phone_number: (value) => /^[\d+\-() ]{1,17}$/.test(value),
  car_number: (value) => width(value) <= 8,
  name: (value) => (/[^\x20-\x7e]/.test(value) ? width(value) <= 10 : value.length <= 20),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
}

const DATE = /^\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|\/\d{1,2}\/\d{1,2}|\.\d{1,2}\.\d{1,2})$/
const CLOCK = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

function isDate(text: string): boolean {
  return DATE.test(text)
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
    const fits = TYPES[key.replace(/\d+$/, '')]
    if (!fits?.(text)) return `data.${key}.value invalid`
  }
  return undefined
}
