import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rounded, sum } from '../statistics'
import type { AppFile } from './app-files'
import { readAppFiles } from './app-files'
import { jsonBytes, mediaBytes, scriptBytes, stage, styleBytes, templateBytes, uploadedBytes } from './compile'

export interface PackageSize {
  /** On the phone: scripts in their wrappers, templates and styles as wcc and wcsc turn them into scripts. */
  mainKb: number
  /** Root → KB on the phone. */
  subpackages: Record<string, number>
  /** What WeChat's tools upload: minified, templates and styles not yet compiled. */
  uploadedKb: Record<string, number>
  /** What each package on the phone is made of, KB. */
  parts: Record<string, Record<'scripts' | 'templates' | 'styles' | 'other', number>>
}

const MAIN = 'main'
const toKb = (bytes: number): number => rounded(bytes / 1024, 1)

/** Sizes of the packages, from the files that app.json reaches. 1 KB = 1,024 bytes. */
export async function measurePackage(root: string): Promise<PackageSize> {
  const { files, components, subpackages } = await readAppFiles(root)
  const work = mkdtempSync(join(tmpdir(), 'bench-package-'))
  try {
    await stage(files, work)
    const packageOf = (path: string): string => subpackages.find((name) => path.startsWith(`${name}/`)) ?? MAIN
    const isOfComponent = ({ path }: AppFile): boolean => components.includes(path.replace(/\.wxss$/, ''))
    const pathsOf = (list: AppFile[]): string[] => list.map(({ path }) => path)
    const names = [MAIN, ...subpackages]
    const parts: PackageSize['parts'] = {}
    const uploadedKb: PackageSize['uploadedKb'] = {}
    for (const name of names) {
      const own = files.filter(({ path }) => packageOf(path) === name)
      const of = (kind: AppFile['kind']): AppFile[] => own.filter((file) => file.kind === kind)
      const imported = files.filter((file) => file.kind === 'style' && !isOfComponent(file) && [name, MAIN].includes(packageOf(file.path)))
      const scripts = await Promise.all(of('script').map(scriptBytes))
      const other = sum([...of('config').map(jsonBytes), ...of('media').map(mediaBytes)])
      parts[name] = {
        scripts: toKb(sum(scripts.map(({ onPhone }) => onPhone))),
        templates: toKb(templateBytes(pathsOf(of('template')), work, work)),
        styles: toKb(styleBytes(pathsOf(of('style').filter(isOfComponent)), pathsOf(imported), work, work)),
        other: toKb(other),
      }
      const sources = [...of('template'), ...of('style')].map((file) => uploadedBytes(file, work))
      uploadedKb[name] = toKb(sum(scripts.map(({ uploaded }) => uploaded)) + sum(sources) + other)
    }
    const total = (name: string): number => rounded(sum(Object.values(parts[name] ?? {})), 1)
    return { mainKb: total(MAIN), subpackages: Object.fromEntries(subpackages.map((name) => [name, total(name)])), uploadedKb, parts }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
