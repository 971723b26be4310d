/** The app's files: a mini-program path such as `pages/home/home` or `miniprogram_npm/pkg/x/x` → a file, and component references → such paths. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix, relative } from 'node:path'
import type { Diagnostics } from './diagnostics'
import { positionAt } from './diagnostics'

const NPM = 'miniprogram_npm/'

interface ProjectConfig {
  miniprogramRoot?: string
  packOptions?: { ignore?: { type: string; value: string }[] }
}

/** Files that WeChat's tools leave out of the package, by the project.config.json beside the app: the phone does not have them either. */
function notPacked(root: string): ReadonlySet<string> {
  const project = dirname(root)
  const file = join(project, 'project.config.json')
  if (!existsSync(file)) return new Set()
  const { miniprogramRoot = '', packOptions } = JSON.parse(readFileSync(file, 'utf8')) as ProjectConfig
  if (join(project, miniprogramRoot, '.') !== join(root, '.')) return new Set()
  const strange = packOptions?.ignore?.find(({ type }) => type !== 'file')
  if (strange) throw new Error(`${file}: packOptions.ignore of type "${strange.type}" is not known here, only "file"`)
  return new Set(packOptions?.ignore?.map(({ value }) => value))
}

export class SourceTree {
  private readonly packageRoots = new Map<string, string | null>()
  private readonly left: ReadonlySet<string>

  /** @param root the folder with app.json */
  constructor(
    readonly root: string,
    private readonly diagnostics: Diagnostics,
  ) {
    this.left = notPacked(root)
  }

  /** Where a package keeps its mini-program files, or null when it is not installed. */
  packageRoot(name: string): string | null {
    const known = this.packageRoots.get(name)
    if (known !== undefined) return known
    const manifest = this.manifestOf(name)
    const main = manifest === null ? undefined : (JSON.parse(readFileSync(manifest, 'utf8')) as { miniprogram?: string }).miniprogram
    const root = manifest === null ? null : join(dirname(manifest), main ?? 'miniprogram_dist')
    this.packageRoots.set(name, root)
    return root
  }

  /** Beside the app, or else beside this project, so that an app elsewhere can be tried. */
  private manifestOf(name: string): string | null {
    for (const from of [join(this.root, 'app.json'), __filename]) {
      try {
        return createRequire(from).resolve(`${name}/package.json`)
      } catch {
        continue
      }
    }
    return null
  }

  /** Folders in which bundled packages of npm packages are found (`miniprogram_npm` inside a package). */
  nestedPackageFolders(): string[] {
    return [...this.packageRoots.values()]
      .flatMap((root) => (root === null ? [] : [join(root, 'miniprogram_npm')]))
      .filter((folder) => existsSync(folder))
  }

  isFromPackage(path: string): boolean {
    return path.startsWith(NPM)
  }

  /** The file of a path, without its extension; null when its package is not installed. */
  location(path: string): string | null {
    if (!path.startsWith(NPM)) return join(this.root, path)
    const parts = path.slice(NPM.length).split('/')
    const nameParts = parts[0]?.startsWith('@') ? 2 : 1
    const root = this.packageRoot(parts.slice(0, nameParts).join('/'))
    return root === null ? null : join(root, ...parts.slice(nameParts))
  }

  /** The existing file with the first of these extensions. */
  file(path: string, ...extensions: string[]): string | undefined {
    const base = this.location(path)
    if (base === null) return undefined
    return extensions
      .filter((extension) => !this.left.has(path + extension))
      .map((extension) => base + extension)
      .find((file) => existsSync(file))
  }

  read(path: string, extension: string): string | undefined {
    const file = this.file(path, extension)
    return file === undefined ? undefined : readFileSync(file, 'utf8')
  }

  /** How a file is named in diagnostics: relative to the app, or by package. */
  nameOf(file: string): string {
    const fromRoot = relative(this.root, file)
    return fromRoot.startsWith('..') ? file.slice(file.lastIndexOf('node_modules/')) : fromRoot
  }

  readJson(path: string): Record<string, unknown> {
    const text = this.read(path, '.json')
    if (text === undefined) return {}
    try {
      return JSON.parse(text) as Record<string, unknown>
    } catch (error) {
      const at = /position (\d+)/.exec(String(error))
      this.diagnostics.add(`${path}.json`, `is not valid JSON: ${String(error)}`, at ? positionAt(text, Number(at[1])) : undefined)
      return {}
    }
  }

  /** `./card`, `/components/card/card` or `tdesign-miniprogram/button/button`, as used by `from` → a path; undefined (and a diagnostic) when there is none. */
  resolveComponent(reference: string, from: string): string | undefined {
    const candidates = reference.startsWith('/')
      ? [reference.slice(1)]
      : [posix.join(posix.dirname(from), reference), ...(reference.startsWith('.') ? [] : [NPM + reference, reference])]
    for (const candidate of candidates) {
      if (this.file(candidate, '.json')) return candidate
      if (this.file(`${candidate}/index`, '.json')) return `${candidate}/index`
    }
    const owner = `${from}.json`
    const text = this.read(from, '.json') ?? ''
    const index = text.indexOf(`"${reference}"`)
    this.diagnostics.add(owner, `uses the component "${reference}", which does not exist`, index < 0 ? undefined : positionAt(text, index))
    return undefined
  }
}
