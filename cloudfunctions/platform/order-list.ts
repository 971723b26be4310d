import type { OrderDocument } from './documents'

/** What lists do without: the long parts of an order. */
export const NOT_FOR_LISTS = ['timeline', 'outbox', 'answered', 'photos', 'requests'] as const

/** An order read without those parts, made whole again. */
export const asOrder = (order: OrderDocument): OrderDocument => ({ ...order, timeline: [], outbox: [], answered: [], photos: [], requests: '' })
