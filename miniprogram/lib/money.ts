import type { Fen } from '../../typings/contract'

/** `¥1,280.00`; `-¥5.00` below zero. */
export function formatFen(fen: Fen): string {
  const sign = fen < 0 ? '-' : ''
  return `${sign}¥${grouped(Math.abs(fen))}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
}

/** `90` or `90.50`: the bare figure where the unit 元 stands beside it. */
export function formatYuan(fen: Fen): string {
  const cents = Math.abs(fen) % 100
  return (fen < 0 ? '-' : '') + grouped(Math.abs(fen)) + (cents === 0 ? '' : `.${String(cents).padStart(2, '0')}`)
}

function grouped(fen: Fen): string {
  return String(Math.floor(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
}
