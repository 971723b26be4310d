/**
 * Compiles every page and component of the mini-program with WeChat's own compilers (wcc, wcsc) and with the browser host's, and checks that everything that
 * app.json and usingComponents name exists. Any diagnostic fails: `npm run lint` runs it.
 *
 *   npx tsx scripts/check-wxml.ts [folder with app.json]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { checkPhoneSources } from '../local/phone/build'
import { PhoneBuildError } from '../local/phone/build/diagnostics'
import { compileWithWechat } from './check-wxml/wechat-compilers'

const root = resolve(process.argv[2] ?? join(__dirname, '../miniprogram'))

/** @returns one line for each thing that is wrong */
function problemsOf(folder: string): string[] {
  const problems: string[] = []
  try {
    checkPhoneSources(folder)
  } catch (error) {
    if (!(error instanceof PhoneBuildError)) throw error
    problems.push(...error.lines)
  }
  const work = mkdtempSync(join(tmpdir(), 'check-wxml-'))
  try {
    problems.push(...compileWithWechat(folder, work))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return problems
}

const problems = problemsOf(root)
for (const problem of problems) console.error(problem)
if (problems.length === 0) console.log('WXML and WXSS: no diagnostics')
process.exit(problems.length === 0 ? 0 : 1)
