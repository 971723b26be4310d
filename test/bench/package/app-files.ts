/** The files that are uploaded with `ignoreUploadUnusedFiles`: those that app.json reaches, each with its path in the app. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve, sep } from 'node:path'
import esbuild from 'esbuild'
import { readAppGraph } from '../../../local/phone/build/component-graph'
import { Diagnostics } from '../../../local/phone/build/diagnostics'
import { SourceTree } from '../../../local/phone/build/source-tree'

const PACKAGE = 'tdesign-miniprogram'
const MEDIA = /\.(png|jpe?g|gif|svg|webp|ttf|woff2?|mp3|mp4)$/

export interface AppFile {
  /** `pages/home/home.ts`, `miniprogram_npm/tdesign-miniprogram/button/button.js` */
  path: string
  /** where it lies on this machine */
  file: string
  kind: 'script' | 'template' | 'style' | 'config' | 'media'
}

export interface AppFiles {
  files: AppFile[]
  /** Paths without extension of pages and components: their templates and styles are compiled under these names. */
  components: string[]
  /** Roots of the subpackages. */
  subpackages: string[]
}

/** @throws Error naming what app.json reaches and nobody has */
export async function readAppFiles(root: string): Promise<AppFiles> {
  const diagnostics = new Diagnostics()
  const tree = new SourceTree(root, diagnostics)
  const graph = readAppGraph(tree, diagnostics)
  diagnostics.throwIfAny()
  const components = [...graph.components.values()]
  const npm = tree.packageRoot(PACKAGE)
  if (npm === null) throw new Error(`${PACKAGE} is not installed`)
  const pathOf = (file: string): string => {
    const place = file.startsWith(npm) ? join('miniprogram_npm', PACKAGE, relative(npm, file)) : relative(root, file)
    return place.split(sep).join('/')
  }
  const of = (kind: AppFile['kind'], files: Iterable<string>): AppFile[] => [...files].map((file) => ({ path: pathOf(file), file, kind }))
  const existing = (...candidates: (string | undefined)[]): string[] => candidates.filter((file) => file !== undefined)

  const scripts = await scriptsFrom(existing(tree.file('app', '.ts'), ...components.map(({ script }) => script)), tree)
  const templates = closure(existing(...components.map(({ path }) => tree.file(path, '.wxml'))), templateReferences, root)
  const styles = closure(existing(tree.file('app', '.wxss'), ...components.map(({ style }) => style)), styleReferences, root)
  const configs = existing(...['app', 'theme', 'sitemap', ...components.map(({ path }) => path)].map((path) => tree.file(path, '.json')))
  return {
    files: [
      ...of('script', scripts),
      ...of('template', templates),
      ...of('style', styles),
      ...of('config', configs),
      // Pictures are uploaded whether anything names them or not.
      ...of('media', mediaIn(root)),
    ],
    components: components.map(({ path }) => path),
    subpackages: (graph.app.subPackages as { root: string }[]).map((subpackage) => subpackage.root),
  }
}

/** What these scripts import, themselves included. Type imports are gone by then. */
async function scriptsFrom(entryPoints: string[], tree: SourceTree): Promise<string[]> {
  const { metafile } = await esbuild.build({
    entryPoints,
    bundle: true,
    write: false,
    metafile: true,
    outdir: tree.root,
    absWorkingDir: tree.root,
    nodePaths: tree.nestedPackageFolders(),
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  })
  return Object.keys(metafile.inputs).map((input) => resolve(tree.root, input))
}

/** Everything that is reached from `start`. `/…` counts from the app's root. */
function closure(start: readonly string[], referencesIn: (text: string) => string[], root: string): Set<string> {
  const seen = new Set<string>()
  const waiting = [...start]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    for (const reference of referencesIn(readFileSync(file, 'utf8'))) {
      const target = reference.startsWith('/') ? join(root, reference) : join(dirname(file), reference)
      if (!existsSync(target)) throw new Error(`${file} names ${reference}, which does not exist`)
      waiting.push(target)
    }
  }
  return seen
}

const templateReferences = (text: string): string[] => {
  const tags = [...text.matchAll(/<(?:import|include|wxs)\b[^>]*\bsrc="([^"]+)"/g)].map(([, source = '']) => source)
  const required = [...text.matchAll(/\brequire\(['"]([^'"]+\.wxs)['"]\)/g)].map(([, source = '']) => source)
  return [...tags.map((source) => (posix.extname(source) === '' ? `${source}.wxml` : source)), ...required]
}

const styleReferences = (text: string): string[] => [...text.matchAll(/@import\s+['"]([^'"]+)['"]/g)].map(([, source = '']) => source)

const mediaIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && MEDIA.test(entry.name) && !/node_modules|miniprogram_npm/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
