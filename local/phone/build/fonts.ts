/** Chinese text looks the same on every machine: the font comes from npm and is served with the phone. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Writes `fonts/` with the font's files and `fonts/fonts.css`. */
export function copyFonts(outDir: string): void {
  const folder = dirname(createRequire(__filename).resolve('@fontsource-variable/noto-sans-sc/package.json'))
  cpSync(join(folder, 'files'), join(outDir, 'fonts', 'files'), { recursive: true })
  // `block`: a page is never drawn with a stand-in font first, which would move everything.
  writeFileSync(
    join(outDir, 'fonts', 'fonts.css'),
    readFileSync(join(folder, 'index.css'), 'utf8').replaceAll('font-display: swap', 'font-display: block'),
  )
}
