/** The machine's own file chooser. */
import { element } from '../dom'

/** @returns the chosen files; none when cancelled */
export function chooseFiles({ accept, multiple, capture }: { accept: string; multiple: boolean; capture?: string }): Promise<File[]> {
  return new Promise((resolve) => {
    const input = element('input', { attributes: { type: 'file', accept, 'data-role': 'file-chooser', ...(capture ? { capture } : {}) } })
    input.multiple = multiple
    input.style.display = 'none'
    document.body.append(input)
    const finish = (files: File[]): void => {
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', () => finish([...(input.files ?? [])]))
    input.addEventListener('cancel', () => finish([]))
    input.click()
  })
}

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/svg+xml': 'svg',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
}

export const extensionOf = (file: Blob & { name?: string }): string => EXTENSIONS[file.type] ?? file.name?.split('.').pop() ?? 'bin'
