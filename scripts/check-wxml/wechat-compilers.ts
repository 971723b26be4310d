/** WeChat's own compilers, which come as programs in the npm package miniprogram-compiler: stricter than what runs in the browser. */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'

const FOLDERS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'mac', win32: 'windows' }
const MOST_OUTPUT = 64 * 1024 * 1024

/** @returns the path of a copy in `workFolder` that can be run */
export function program(name: 'wcc' | 'wcsc', workFolder: string): string {
  const folder = FOLDERS[process.platform]
  if (folder === undefined) throw new Error(`miniprogram-compiler has no ${name} for ${process.platform}`)
  const file = process.platform === 'win32' ? `${name}.exe` : name
  // npm does not keep the right to run them, and node_modules may be read-only: so they run from a copy.
  const copy = join(workFolder, file)
  cpSync(join(dirname(createRequire(__filename).resolve('miniprogram-compiler/package.json')), 'bin', folder, file), copy)
  chmodSync(copy, 0o755)
  return copy
}

function filesIn(root: string, extension: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension) && !/node_modules|miniprogram_npm/.test(entry.parentPath))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/** @returns what a compiler says is wrong, one line each; none = it compiled */
function run(executable: string, args: string[], cwd: string): string[] {
  const { status, stderr, error } = spawnSync(executable, args, { cwd, maxBuffer: MOST_OUTPUT, encoding: 'utf8' })
  if (error) throw error
  if (status === 0) return []
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('error file count'))
  return lines.length > 0 ? lines : [`${executable} ended with ${String(status)} and no word`]
}

/**
 * Compiles all templates (with their .wxs) and all style sheets of a mini-program.
 * @returns one line for each file that does not compile, as the compilers say it
 */
export function compileWithWechat(root: string, workFolder: string): string[] {
  const wcc = program('wcc', workFolder)
  const wcsc = program('wcsc', workFolder)
  const templates = filesIn(root, '.wxml')
  const scripts = filesIn(root, '.wxs')
  const styles = filesIn(root, '.wxss')
  const compileTemplates = (list: string[]): string[] =>
    run(wcc, ['-d', '-cc', '0', ...list, ...scripts, '-gn', '$gwx'], root).map((line) => `wcc: ${line}`)
  const compileStyles = (list: string[]): string[] => run(wcsc, ['-db', '-pc', '0', ...list], root).map((line) => `wcsc: ${line}`)
  // All at once is quick and is what counts; one by one tells of every file when something is wrong.
  const ofTemplates = compileTemplates(templates)
  const ofStyles = compileStyles(styles)
  return [
    ...(ofTemplates.length === 0 ? [] : [...new Set([...templates.flatMap((file) => compileTemplates([file])), ...ofTemplates])]),
    ...(ofStyles.length === 0 ? [] : [...new Set([...styles.flatMap((file) => compileStyles([file])), ...ofStyles])]),
  ]
}
