/** app.json → pages and subpackages → every component that they use, with the configuration that the runtime needs. */
import { posix } from 'node:path'
import type { Diagnostics } from './diagnostics'
import type { SourceTree } from './source-tree'

export interface ComponentSource {
  path: string
  isPage: boolean
  /** the module that calls Page() or Component() */
  script?: string
  style?: string
  /** its .json, with usingComponents resolved to absolute paths and the app's own added */
  config: Record<string, unknown> & { usingComponents: Record<string, string> }
}

export interface AppGraph {
  app: Record<string, unknown>
  pages: string[]
  /** page → the subpackage's root, for those that are in one */
  components: Map<string, ComponentSource>
}

interface SubPackage {
  root: string
  pages: string[]
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const references = (value: unknown): [string, string][] =>
  isRecord(value) ? Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : []

function pagesOf(app: Record<string, unknown>): string[] {
  const main = Array.isArray(app.pages) ? app.pages.filter((page): page is string => typeof page === 'string') : []
  const packages = (app.subPackages ?? app.subpackages ?? []) as SubPackage[]
  return [...main, ...packages.flatMap(({ root, pages }) => pages.map((page) => posix.join(root, page)))]
}

const CUSTOM_TAB_BAR = 'custom-tab-bar/index'
const hasCustomTabBar = (app: Record<string, unknown>): boolean => isRecord(app.tabBar) && app.tabBar.custom === true

export function readAppGraph(tree: SourceTree, diagnostics: Diagnostics): AppGraph {
  const app = tree.readJson('app')
  if (!tree.file('app', '.json')) diagnostics.add('app.json', 'is missing')
  const pages = pagesOf(app)
  const components = new Map<string, ComponentSource>()
  const resolveAll = (list: [string, string][], from: string): Record<string, string> => {
    const resolved: Record<string, string> = {}
    for (const [tag, reference] of list) {
      const path = tree.resolveComponent(reference, from)
      if (path !== undefined) resolved[tag] = path
    }
    return resolved
  }
  const appWide = resolveAll(references(app.usingComponents), 'app')

  const visit = (path: string, isPage: boolean): void => {
    if (components.has(path)) return
    if (!tree.file(path, '.wxml'))
      diagnostics.add(
        isPage ? 'app.json' : `${path}.json`,
        `${isPage ? `names the page "${path}", but ${path}.wxml` : 'its template'} does not exist`,
      )
    const script = tree.file(path, '.ts', '.js')
    if (!script) diagnostics.add(`${path}.ts`, 'does not exist')
    const config = tree.readJson(path)
    const own = resolveAll(references(config.usingComponents), path)
    const generics: string[] = []
    if (isRecord(config.componentGenerics)) {
      for (const generic of Object.values(config.componentGenerics)) {
        if (!isRecord(generic) || typeof generic.default !== 'string') continue
        const target = tree.resolveComponent(generic.default, path)
        if (target === undefined) continue
        generic.default = `/${target}`
        generics.push(target)
      }
    }
    const using = tree.isFromPackage(path) ? own : { ...appWide, ...own }
    const usingComponents = Object.fromEntries(Object.entries(using).map(([tag, target]) => [tag, `/${target}`]))
    components.set(path, {
      path,
      isPage,
      script,
      style: tree.file(path, '.wxss'),
      config: { ...config, ...(isPage ? {} : { component: true }), usingComponents },
    })
    for (const target of [...Object.values(using), ...generics]) visit(target, false)
  }
  for (const page of pages) visit(page, true)
  if (hasCustomTabBar(app)) visit(CUSTOM_TAB_BAR, false)
  return { app, pages, components }
}
