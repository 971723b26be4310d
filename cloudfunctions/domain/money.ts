import * as z from 'zod'

/** Integer fen; ¥1 = 100 fen (R20). */
export type Fen = number & { readonly __unit: 'fen' }

/** The most that one line or order may come to: ¥10,000,000.00. Anything above is a slip of the hand. */
const MOST_FEN = 1_000_000_000

export const fen = (amount: number): Fen => {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`money must be whole fen, not ${amount}`)
  return amount as Fen
}

export const ZERO = fen(0)

export const addFen = (...amounts: readonly Fen[]): Fen => fen(amounts.reduce<number>((sum, amount) => sum + amount, 0))

/** `unit` × a whole `quantity`. */
export const timesFen = (unit: Fen, quantity: number): Fen => fen(unit * quantity)

/** A schema for stored or imported money: whole, not negative, not absurd. */
export const fenSchema = z
  .int('金额要是整数分')
  .min(0, '金额不能是负数')
  .max(MOST_FEN, '金额太大，请核对')
  .transform((amount) => amount as Fen)

/** ¥1,280.00 */
export const yuan = (amount: Fen | number): string => {
  const sign = amount < 0 ? '-' : ''
  const whole = Math.trunc(Math.abs(amount) / 100)
  const rest = String(Math.abs(amount) % 100).padStart(2, '0')
  return `${sign}¥${String(whole).replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`
}

/** ¥120–280; whole yuan without decimals, one figure when both are equal. */
export const yuanRange = (low: Fen | number, high: Fen | number): string => {
  const short = (amount: number) => (amount % 100 === 0 ? String(amount / 100) : (amount / 100).toFixed(2)).replace(/\B(?=(\d{3})+(\.|$))/g, ',')
  return low === high ? `¥${short(low)}` : `¥${short(low)}–${short(high)}`
}
