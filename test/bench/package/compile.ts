/** Compiles files of the mini-program to what WeChat uploads, to weigh it. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { transform } from 'esbuild'
import { program } from '../../../scripts/check-wxml/wechat-compilers'
import type { AppFile } from './app-files'

const MOST_OUTPUT = 64 * 1024 * 1024

/** Around every module: `define("pages/home/home.js", function(require, module, exports, window, document, …){ … });` */
const wrapped = (path: string, code: string): string =>
  `define("${path}", function(require, module, exports, window,document,frames,self,location,navigator,localStorage,history,Caches,screen,alert,confirm,prompt,XMLHttpRequest,WebSocket,Reporter,webkit,WeixinJSCore){\n${code}\n});`

/** @returns bytes of one module, minified: as it is uploaded, and as it lies on the phone */
export async function scriptBytes({ path, file }: AppFile): Promise<{ uploaded: number; onPhone: number }> {
  const { code } = await transform(readFileSync(file, 'utf8'), {
    loader: file.endsWith('.ts') ? 'ts' : 'js',
    format: 'cjs',
    target: 'es2017',
    minify: true,
    charset: 'utf8',
  })
  return { uploaded: Buffer.byteLength(code), onPhone: Buffer.byteLength(wrapped(path.replace(/\.ts$/, '.js'), code)) }
}

export const jsonBytes = ({ file }: AppFile): number => Buffer.byteLength(JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))))
export const mediaBytes = ({ file }: AppFile): number => readFileSync(file).length

/** WeChat's compilers work on a folder: lays templates, styles (minified, as project.config.json asks) and configurations out as the app has them. */
export async function stage(files: readonly AppFile[], folder: string): Promise<void> {
  for (const { path, file, kind } of files) {
    if (kind !== 'template' && kind !== 'style' && kind !== 'config') continue
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    const text = readFileSync(file, 'utf8')
    writeFileSync(target, kind === 'style' ? (await transform(text, { loader: 'css', minify: true, charset: 'utf8' })).code : text)
  }
}

/** Templates and their scripts (.wxs), compiled together by wcc as the page frame of one package. @returns bytes */
export function templateBytes(paths: readonly string[], folder: string, workFolder: string): number {
  if (paths.length === 0) return 0
  const isScript = (path: string): boolean => path.endsWith('.wxs')
  const ordered = [...paths.filter((path) => !isScript(path)), ...paths.filter(isScript)]
  return Buffer.byteLength(run(program('wcc', workFolder), ['-cc', '0', ...ordered, '-gn', '$gwx'], folder))
}

/** Style sheets compiled together by wcsc. `own`: those of pages and components; the others are only imported. @returns bytes */
export function styleBytes(own: readonly string[], imported: readonly string[], folder: string, workFolder: string): number {
  if (own.length === 0) return 0
  const printed = run(program('wcsc', workFolder), ['-pc', String(own.length), ...own, ...imported], folder)
  // Printed as name=code=name=code…, escaped for a shell to read.
  const code = printed.replace(/\\x([0-9a-f]{2})|\\n/g, (_escape, hex: string | undefined) =>
    hex === undefined ? '\n' : String.fromCharCode(parseInt(hex, 16)),
  )
  return Buffer.byteLength(code)
}

/** What is uploaded of a template or style sheet: no comments, no space between tags. @returns bytes */
export function uploadedBytes({ file, kind, path }: AppFile, folder: string): number {
  const text = readFileSync(kind === 'style' ? join(folder, path) : file, 'utf8')
  return Buffer.byteLength(
    kind === 'style'
      ? text
      : text
          .replace(/<!--[^]*?-->/g, '')
          .replace(/>\s+</g, '><')
          .replace(/\s+/g, ' '),
  )
}

function run(executable: string, args: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(executable, args, { cwd, maxBuffer: MOST_OUTPUT, encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`${executable} ended with ${String(status)}: ${stderr}`)
  return stdout
}
