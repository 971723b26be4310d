/** How soon the mini-program's first page shows its data in the browser. */
import { launchBrowser, openPhone } from '../support/browser'
import type { Bench } from './setting/bench'
import { median, rounded } from './statistics'

/** A category of the price book: there once the server has answered. */
const DATA = '水路'

/** From navigation to the first page with data, ms; median of `times` browser contexts with nothing kept, after one to warm the function up. */
export async function measureFirstPage({ product }: Bench, times: number): Promise<number> {
  const browser = await launchBrowser()
  try {
    const measured: number[] = []
    for (let index = 0; index <= times; index += 1) {
      const startedAt = performance.now()
      const phone = await openPhone(browser, product.workplace.url, `oBenchFirstPage${index}`)
      await phone.see(DATA)
      measured.push(performance.now() - startedAt)
      await phone.page.context().close()
    }
    return rounded(median(measured.slice(1)), 0)
  } finally {
    await browser.close()
  }
}
