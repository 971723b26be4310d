import type { Order, Person } from '../domain/order'
import { categoryNameIn } from '../domain/price-book'
import type { CardReading, Reading } from '../domain/views/reading'
import { codeFor } from './codes'
import { linkTo } from './files'
import { readPriceBook, readSettings } from './settings'

/** Every file that an order's pages may show. */
const filesOf = (order: Order): string[] => [
  ...order.photos,
  ...(order.video ? [order.video] : []),
  ...order.visits.flatMap((visit) => visit.steps.flatMap((step) => step.photos)),
  ...order.quotes.flatMap(({ change }) => change?.photos ?? []),
  ...order.people.map((person) => person.photo).filter(Boolean),
  ...[order.card?.technicianSigned?.file, order.card?.homeownerSigned?.file].filter((file): file is string => Boolean(file)),
]

/** What technicians' cards are drawn with, for people of these orders or of the register. */
export const cardReading = async (people: readonly Pick<Person, 'photo'>[]): Promise<CardReading> => {
  const [book, urlOf] = await Promise.all([readPriceBook(), linkTo(people.map((person) => person.photo).filter(Boolean))])
  return { categoryName: categoryNameIn(book), urlOf }
}

/** What a projection of this order must be told: the time, the figures, links to its files. */
export const readingOf = async (order: Order | null): Promise<Reading> => {
  const [settings, book, urlOf] = await Promise.all([readSettings(), readPriceBook(), linkTo(order ? filesOf(order) : [])])
  return { now: new Date(), settings, codeFor, categoryName: categoryNameIn(book), urlOf }
}
