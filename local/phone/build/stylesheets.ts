/**
 * WXSS → CSS for the browser: imports inlined, rpx and viewport units counted in the phone's width and height, safe areas as variables, built-in tags
 * renamed, and classes marked so that the runtime can give each component a scope of its own.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Node, Root } from 'postcss'
import postcss, { CssSyntaxError } from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { BUILTINS } from '../host/builtin/contract'
import { HOST_MARK, PAGE_MARK, SCOPE_MARK } from '../host/style-marks'
import type { Diagnostics } from './diagnostics'
import type { SourceTree } from './source-tree'

const LENGTH = /(?<![\w#.-])(-?(?:\d*\.)?\d+)(rpx|vw|vh)\b/g
const UNIT: Record<string, string> = { rpx: 'var(--rpx)', vw: 'var(--phone-vw)', vh: 'var(--phone-vh)' }
const FONT = '"Noto Sans SC Variable"'

/** Lengths, safe areas, root URLs and fonts of one declaration value. Also used for nothing else: inline styles are handled at run time by `host/inline-style`. */
function browserValue(value: string): string {
  return value
    .replace(LENGTH, (_, amount: string, unit: string) => `calc(${amount} * ${UNIT[unit] ?? '1px'})`)
    .replace(/(?:env|constant)\(\s*(safe-area-inset-\w+)\s*(?:,[^)]*)?\)/g, 'var(--$1)')
    .replace(/url\((['"]?)\/(?!\/)/g, 'url($1./')
    .replace(/(['"]?)PingFang SC\1/g, FONT)
}

export class StyleCompiler {
  constructor(
    private readonly tree: SourceTree,
    private readonly diagnostics: Diagnostics,
  ) {}

  /** @param kind page styles reach only their page, as each page is a web view of its own in WeChat */
  compile(file: string, kind: 'app' | 'page' | 'component'): string {
    const root = this.readWithImports(file, [])
    if (root === null) return ''
    const rewrite = selectorParser((selectors) => {
      selectors.walkTags((tag) => {
        if (tag.value in BUILTINS || tag.value === 'page') tag.value = `wx-${tag.value}`
      })
      selectors.walkClasses((name) => {
        name.value = SCOPE_MARK + name.value
      })
      selectors.walkPseudos((pseudo) => {
        if (pseudo.value !== ':host') return
        pseudo.replaceWith(selectorParser.attribute({ attribute: 'wx-host', operator: '=', value: HOST_MARK, quoteMark: '"', raws: {} }))
      })
      if (kind === 'page') selectors.each((selector) => void selector.prepend(selectorParser.tag({ value: PAGE_MARK })))
    })
    root.walkRules((rule) => {
      if (rule.parent?.type === 'atrule' && 'name' in rule.parent && /keyframes$/.test(String(rule.parent.name))) return
      rule.selector = rewrite.processSync(rule.selector)
    })
    root.walkDecls((declaration) => {
      declaration.value = browserValue(declaration.value)
      if (
        declaration.prop === 'font-family' &&
        !declaration.value.includes(FONT) &&
        !declaration.value.startsWith('var(') &&
        declaration.value !== 'inherit'
      ) {
        declaration.value = `${declaration.value}, ${FONT}`
      }
    })
    return root.toString()
  }

  private readWithImports(file: string, seen: readonly string[]): Root | null {
    const text = readFileSync(file, 'utf8')
    let root: Root
    try {
      root = postcss.parse(text, { from: file })
    } catch (error) {
      if (!(error instanceof CssSyntaxError)) throw error
      this.diagnostics.add(this.tree.nameOf(file), error.reason, { line: error.line ?? 1, column: error.column ?? 1 })
      return null
    }
    root.walkAtRules('import', (rule) => {
      const target = this.importTarget(rule.params, file)
      if (target === undefined) {
        const { line, column } = rule.source?.start ?? { line: 1, column: 1 }
        this.diagnostics.add(this.tree.nameOf(file), `imports ${rule.params}, which does not exist`, { line, column })
        rule.remove()
      } else {
        const imported = seen.includes(target) ? null : this.readWithImports(target, [...seen, file])
        rule.replaceWith((imported?.nodes ?? []) as Node[])
      }
    })
    return root
  }

  private importTarget(params: string, from: string): string | undefined {
    const reference = /['"](.+?)['"]/.exec(params)?.[1]
    if (reference === undefined) return undefined
    const file = reference.startsWith('/') ? join(this.tree.root, reference) : resolve(dirname(from), reference)
    const fromPackage = this.tree.location(`miniprogram_npm/${reference}`)
    return [file, `${file}.wxss`, ...(fromPackage === null ? [] : [fromPackage, `${fromPackage}.wxss`])].find((candidate) =>
      existsSync(candidate),
    )
  }
}
