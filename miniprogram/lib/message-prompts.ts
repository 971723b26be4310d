import type { TemplateKey } from '../../typings/contract'

/**
 * Which kinds of message are asked for at which tap (R41): those that the tap makes likely next. WeChat sends one for each time the person pressed "allow", and asks about five kinds
 * at once. Whatever the backend sends somebody is asked for at one of their taps at least (`test/domain/prompts.test.ts`).
 */
export const HOMEOWNER_PROMPTS = {
  filing: ['claimed', 'appointment', 'order_closed', 'quote', 'on_the_way'],
  newTime: ['appointment', 'order_closed', 'on_the_way'],
  paying: ['payment', 'appointment', 'order_closed', 'on_the_way', 'acceptance'],
  accepting: ['warranty_card', 'follow_up', 'return_visit'],
  signing: ['follow_up', 'return_visit'],
  // A return costs nothing: no other tap comes before its acceptance.
  returning: ['claimed', 'appointment', 'return_visit', 'on_the_way', 'acceptance'],
  noticing: ['claimed', 'appointment', 'order_closed', 'on_the_way', 'acceptance'],
  joining: ['register'],
} as const satisfies Record<string, readonly TemplateKey[]>

export const TECHNICIAN_PROMPTS = {
  working: ['offer', 'call_reminder', 'order_closed', 'appointment'],
  reach: ['offer', 'call_reminder', 'order_closed', 'appointment', 'register'],
} as const satisfies Record<string, readonly TemplateKey[]>
