/** One thing wrong with the app's sources, where a person can find it. Line and column count from 1. */
export interface Diagnostic {
  file: string
  line?: number
  column?: number
  message: string
}

const formatDiagnostic = (d: Diagnostic): string =>
  `${d.file}${d.line === undefined ? '' : `:${d.line}:${d.column ?? 1}`} ${d.message}`

/** The app cannot be built: all that is wrong, at once. */
export class PhoneBuildError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(`the phone could not be built:\n${diagnostics.map((d) => `  ${formatDiagnostic(d)}`).join('\n')}`)
    this.name = 'PhoneBuildError'
  }

  /** One line for each. */
  get lines(): string[] {
    return this.diagnostics.map(formatDiagnostic)
  }
}

/** Collects diagnostics, so that one build tells everything that is wrong. */
export class Diagnostics {
  readonly list: Diagnostic[] = []

  add(file: string, message: string, position?: { line: number; column: number }): void {
    this.list.push({ file, message, ...position })
  }

  /** @throws PhoneBuildError when something was added */
  throwIfAny(): void {
    if (this.list.length > 0) throw new PhoneBuildError(this.list)
  }
}

/** Line and column, from 1, of a place in a text. */
export function positionAt(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index)
  const line = before.split('\n').length
  return { line, column: index - before.lastIndexOf('\n') }
}
