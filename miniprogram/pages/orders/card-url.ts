import type { ButtonAct } from '../../../typings/contract'

/** Where a card's button leads. What needs more of the order than a card knows (which visit, which phone) opens the order, which has the same button. */
export function cardUrl(act: ButtonAct, orderId: string): string {
  const page = PAGES[act] ?? 'order/order'
  return `/homeowner/${page}?id=${orderId}`
}

const PAGES: Partial<Record<ButtonAct, string>> = {
  view_quote: 'quote/quote',
  confirm_and_pay: 'quote/quote',
  pay: 'quote/quote',
  accept: 'acceptance/acceptance',
  report_missing: 'acceptance/acceptance',
  sign_card: 'warranty-card/warranty-card',
  view_card: 'warranty-card/warranty-card',
}
