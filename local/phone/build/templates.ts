/** WXML and WXS → JavaScript, by WeChat's own template compiler (glass-easel). */
import { posix } from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import type { ComponentSource } from './component-graph'
import type { Diagnostics } from './diagnostics'
import type { SourceTree } from './source-tree'
import { checkTemplate } from './template-check'

interface CompilerWarning {
  isError: boolean
  message: string
  startLine: number
  startColumn: number
}

const REQUIRE = /require\(\s*['"](.+?)\.wxs['"]\s*\)/g
const toLogicalPath = (from: string, reference: string): string =>
  reference.startsWith('/') ? reference.slice(1) : posix.join(posix.dirname(from), reference)

/** WXS differs from JavaScript: `x.constructor` is a name, and modules are required with their extension. */
const asJavaScript = (wxs: string): string =>
  wxs.replace(/(require\(\s*['"].+?)\.wxs(['"]\s*\))/g, '$1$2').replace(/\.constructor\b/g, '.constructor.name')

class TemplateCollector {
  private readonly seen = new Set<string>()

  constructor(
    private readonly group: TmplGroup,
    private readonly tree: SourceTree,
    private readonly diagnostics: Diagnostics,
  ) {}

  addTemplate(path: string, customTags: ReadonlySet<string>): void {
    if (this.seen.has(path)) return
    this.seen.add(path)
    const template = this.tree.read(path, '.wxml')
    if (template === undefined) {
      this.diagnostics.add(`${path}.wxml`, 'does not exist')
      return
    }
    const file = this.tree.nameOf(`${this.tree.location(path) ?? path}.wxml`)
    const fromPackage = this.tree.isFromPackage(path)
    for (const { message, startLine, startColumn, isError } of this.group.addTmpl(path, template) as CompilerWarning[]) {
      // A package's mere warnings are its own business; in the app's own templates they are what WeChat's compiler refuses.
      if (isError || !fromPackage) this.diagnostics.add(file, message, { line: startLine + 1, column: startColumn + 1 })
    }
    checkTemplate({ file, template, customTags, tagsOnly: fromPackage }, this.diagnostics)
    for (const dependency of this.group.getDirectDependencies(path) as string[]) this.addTemplate(dependency, customTags)
    for (const script of this.group.getScriptDependencies(path) as string[]) this.addScript(script)
  }

  private addScript(path: string): void {
    const key = `${path}.wxs`
    if (this.seen.has(key)) return
    this.seen.add(key)
    const source = this.tree.read(path, '.wxs')
    if (source === undefined) {
      this.diagnostics.add(key, 'does not exist')
      return
    }
    this.group.addScript(path, asJavaScript(source))
    for (const [, reference] of source.matchAll(REQUIRE)) if (reference) this.addScript(toLogicalPath(path, reference))
  }
}

/** A JavaScript expression: an object of template path → generated template. */
export function compileTemplates(components: Iterable<ComponentSource>, tree: SourceTree, diagnostics: Diagnostics): string {
  const group = TmplGroup.newDev()
  try {
    const collector = new TemplateCollector(group, tree, diagnostics)
    for (const component of components) {
      const generics = Object.keys((component.config.componentGenerics ?? {}) as Record<string, unknown>)
      collector.addTemplate(component.path, new Set([...Object.keys(component.config.usingComponents), ...generics]))
    }
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}
