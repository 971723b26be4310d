import { readFileSync } from 'node:fs'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { launchBrowser } from '../support/browser'
async function main() {
  const [from, to] = process.argv.slice(2)
  const svg = readFileSync(from!, 'utf8')
  const html = `<link rel=stylesheet href="file://${resolve('node_modules/@fontsource-variable/noto-sans-sc/index.css')}"><body style="margin:0">${svg}`
  writeFileSync('/tmp/shot.html', html)
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 1200, height: 1300 } })
  await page.goto('file:///tmp/shot.html'); await page.waitForTimeout(1500)
  await page.screenshot({ path: to!, fullPage: true })
  await browser.close()
}
main()
