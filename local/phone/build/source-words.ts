/** Every word in the app's sources, to know which icons may be asked for. */
import { existsSync, readFileSync } from 'node:fs'
import type { ComponentSource } from './component-graph'
import type { SourceTree } from './source-tree'

export function collectWords(components: Iterable<ComponentSource>, tree: SourceTree, extraFiles: readonly string[]): Set<string> {
  const words = new Set<string>()
  const addFile = (file: string | undefined): void => {
    if (file === undefined || !existsSync(file)) return
    for (const [word] of readFileSync(file, 'utf8').matchAll(/[\w-]{2,}/g)) words.add(word)
  }
  for (const component of components) {
    addFile(component.script)
    for (const extension of ['.wxml', '.wxs', '.json']) addFile(tree.file(component.path, extension))
  }
  extraFiles.forEach(addFile)
  return words
}
