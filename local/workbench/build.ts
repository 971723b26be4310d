/** Builds the workbench: `dist/workbench/{index.html, workbench.js, workbench.css, fonts/}`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import esbuild from 'esbuild'
import { copyFonts } from '../phone/build/fonts'

const HERE = __dirname
const SHEETS = ['base', 'header', 'phones', 'city-map', 'inbox', 'console', 'why-these', 'todos']

/** @param outDir filled; what lies in it already is overwritten. @throws esbuild's BuildFailure */
export async function buildWorkbench(outDir: string): Promise<void> {
  mkdirSync(outDir, { recursive: true })
  await esbuild.build({
    entryPoints: [join(HERE, 'app/main.ts')],
    bundle: true,
    format: 'iife',
    outfile: join(outDir, 'workbench.js'),
    sourcemap: true,
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'warning',
  })
  const sheets = SHEETS.map((name) => readFileSync(join(HERE, 'page', `${name}.css`), 'utf8'))
  writeFileSync(join(outDir, 'workbench.css'), [icons(), ...sheets].join('\n'))
  writeFileSync(join(outDir, 'index.html'), readFileSync(join(HERE, 'page/index.html')))
  copyFonts(outDir)
}

/** The app's own icons (`--sf-i-home` …), as variables of the whole page. */
function icons(): string {
  const sheet = readFileSync(join(HERE, '../../miniprogram/styles/icons.wxss'), 'utf8')
  const variables = [...sheet.matchAll(/^\s*(--sf-i-[\w-]+:.*;)\s*$/gm)].map(([, variable]) => `  ${variable}`)
  return `:root {\n${variables.join('\n')}\n}\n`
}
