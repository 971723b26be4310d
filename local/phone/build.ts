/** Builds the browser host with a mini-program in it: `dist/phone/{index.html, app.js, phone.css, fonts/, images…}`. */
import { cpSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { bundlePhone } from './build/bundle'
import type { AppGraph } from './build/component-graph'
import { readAppGraph } from './build/component-graph'
import { Diagnostics } from './build/diagnostics'
import { copyFonts } from './build/fonts'
import { SourceTree } from './build/source-tree'
import { StyleCompiler } from './build/stylesheets'
import { compileTemplates } from './build/templates'

export interface BuildOptions {
  /** the folder with app.json; the project's own mini-program when not given */
  root?: string
}

const MEDIA = /\.(png|jpe?g|gif|svg|webp|ttf|woff2?|mp3|mp4)$/

interface CompiledSources extends AppGraph {
  root: string
  tree: SourceTree
  templates: string
  /** component path (or `app`) → style sheet */
  styles: Map<string, string>
}

/** Reads and compiles everything but the scripts. @throws PhoneBuildError */
function compileSources(root: string): CompiledSources {
  const diagnostics = new Diagnostics()
  const tree = new SourceTree(root, diagnostics)
  const graph = readAppGraph(tree, diagnostics)
  diagnostics.throwIfAny()
  const components = [...graph.components.values()]
  const templates = compileTemplates(components, tree, diagnostics)
  const compiler = new StyleCompiler(tree, diagnostics)
  const styles = new Map<string, string>()
  const appStyle = tree.file('app', '.wxss')
  if (appStyle) styles.set('app', compiler.compile(appStyle, 'app'))
  for (const { path, style, isPage } of components) if (style) styles.set(path, compiler.compile(style, isPage ? 'page' : 'component'))
  diagnostics.throwIfAny()
  return { ...graph, root, tree, templates, styles }
}

const rootOf = ({ root }: BuildOptions): string => resolve(root ?? join(__dirname, '../../miniprogram'))

/**
 * Holds a mini-program against what the host has, without building it.
 * @throws PhoneBuildError with every unknown component, tag, attribute or event, template diagnostic and missing file
 */
export function checkPhoneSources(root?: string): void {
  compileSources(rootOf(root === undefined ? {} : { root }))
}

/**
 * Builds the phone for one mini-program.
 * @param outDir replaced in one go: a workplace or a test may be serving the old one at this moment
 * @throws PhoneBuildError with every unknown component, tag, attribute or event, template diagnostic, missing file and syntax error, each with file, line and column
 */
export async function buildPhone(outDir: string, options: BuildOptions = {}): Promise<void> {
  const { root, app, pages, components, tree, templates, styles } = compileSources(rootOf(options))
  const fresh = `${outDir}.${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  const theme = typeof app.themeLocation === 'string' ? tree.readJson(app.themeLocation.replace(/\.json$/, '')) : {}
  await bundlePhone({ tree, app, theme, pages, components: components.values(), styles, templates, outFile: join(fresh, 'app.js') })
  cpSync(root, fresh, {
    recursive: true,
    filter: (file) => basename(file) !== 'node_modules' && (statSync(file).isDirectory() || MEDIA.test(file)),
  })
  for (const file of ['index.html', 'phone.css', 'builtin.css']) cpSync(join(__dirname, 'host/page', file), join(fresh, file))
  copyFonts(fresh)
  replaceFolder(outDir, fresh)
}

function replaceFolder(folder: string, fresh: string): void {
  const old = `${folder}.${process.pid}.old`
  try {
    renameSync(folder, old)
  } catch {
    // The first build has nothing to replace.
  }
  renameSync(fresh, folder)
  rmSync(old, { recursive: true, force: true })
}
