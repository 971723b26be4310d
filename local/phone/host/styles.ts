/** Style sheets at run time: each component's own scope, page styles kept to their page, and the theme that the phone is set to. */
import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import type { Theme } from './device'
import { HOST_MARK, PAGE_MARK, SCOPE_MARK } from './style-marks'

const DARK_QUERY = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/g

/** Style sheets in the document, in the order in which WeChat would add them, each once. */
export class StyleSheets {
  private readonly sources = new Map<string, string>()
  private readonly elements = new Map<string, HTMLStyleElement>()

  constructor(private readonly themeOverride: () => Theme | undefined) {}

  register(path: string, css: string): void {
    this.sources.set(path, css)
  }

  /** Adds the sheet to the document unless it is there. */
  append(path: string): void {
    if (this.elements.has(path)) return
    const css = this.sources.get(path)
    if (css === undefined) throw new Error(`no style sheet "${path}"`)
    const made = document.createElement('style')
    made.dataset.path = path
    made.textContent = this.themed(css)
    document.head.append(made)
    this.elements.set(path, made)
  }

  /** Draws everything again for the theme of the phone. */
  applyTheme(): void {
    for (const [path, made] of this.elements) {
      const css = this.sources.get(path) ?? ''
      if (css.includes('prefers-color-scheme')) made.textContent = this.themed(css)
    }
  }

  /** A phone set to a theme of its own answers the media query itself; otherwise the browser does. */
  private themed(css: string): string {
    const override = this.themeOverride()
    return override === undefined
      ? css
      : css.replace(DARK_QUERY, (_, asked: string) => (asked === override ? '(min-width: 0px)' : '(max-width: 0px)'))
  }
}

/** How a component's styles reach: `scope` is the prefix of its classes, '' = shared with the page. */
interface StyleScope {
  scope: string
  styleIsolation: string
}

let scopes = 0

/** WeChat's rules: a page shares its styles, a component keeps them to itself unless it says otherwise. */
export function decideScope(isolation: string | undefined, isComponent: boolean, addGlobalClass: boolean): StyleScope {
  const styleIsolation = isolation ?? (isComponent ? (addGlobalClass ? 'apply-shared' : 'isolated') : 'shared')
  const shared = styleIsolation === 'shared' || styleIsolation === 'page-shared'
  return { scope: shared ? '' : `s${++scopes}`, styleIsolation }
}

/** Puts one component's style sheet into its scope. */
function scopeStyles(css: string, path: string, scope: string): string {
  return css
    .replaceAll(PAGE_MARK, `:where([data-page="${path}"]) `)
    .replaceAll(SCOPE_MARK, scope === '' ? '' : `${scope}--`)
    .replaceAll(HOST_MARK, scope === '' ? path : scope)
}

export function registerStyles(space: CodeSpace, sheets: StyleSheets, path: string, css: string, scope: string): void {
  sheets.register(path, scopeStyles(css, path, scope))
  space.addStyleSheet(path, path, scope === '' ? undefined : scope)
}
