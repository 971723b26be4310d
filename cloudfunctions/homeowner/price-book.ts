import { categoryViews } from '../domain/views/price-book'
import { defineAction } from '../platform/action'
import { nothing } from '../platform/fields'
import { readPriceBook } from '../platform/settings'

/** R44 what things cost stands there before anything is filed. */
export const priceBook = defineAction({
  summary: '公示价目',
  input: nothing,
  example: {},
  run: async () => {
    const book = await readPriceBook()
    return { version: book.version, categories: categoryViews(book) }
  },
})
