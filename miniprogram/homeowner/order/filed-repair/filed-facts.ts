import type { ShownOrder } from '../order-facts'

/** What was filed, as lines of label and text; empty ones are left out. */
export function filedFacts(order: ShownOrder): { label: string; text: string }[] {
  const { contact, place, wanted, items, requests } = order
  const facts = [
    { label: '修什么', text: items.map(({ name, quantity, unit }) => `${name} ${quantity} ${unit}`).join('、') },
    { label: '什么时候', text: order.emergency ? '尽快修' : wanted.text },
    { label: '要交代的', text: requests },
    { label: '地址', text: place.address },
    { label: '联系人', text: `${contact.name}${contact.honorific} ${contact.phone}` },
    { label: '谁在家', text: contact.onSite ? `${contact.onSite.name} ${contact.onSite.phone}` : '' },
  ]
  return facts.filter(({ text }) => text !== '')
}
