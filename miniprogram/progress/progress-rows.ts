import type { ProgressLine } from '../../typings/contract'

export type Counted = 'stepsDone' | 'materialsUsed'

/** A line whose counter was pressed: never below nothing or above all of it. */
export const counted = (line: ProgressLine, what: Counted, by: number): ProgressLine => {
  const most = what === 'stepsDone' ? line.steps : line.materials
  return { ...line, [what]: Math.min(most, Math.max(0, line[what] + by)) }
}

/** What is sent: the lines that differ from what is recorded. */
export const changedProgress = (before: readonly ProgressLine[], now: readonly ProgressLine[]): { line: string; steps: number; materials: number }[] =>
  now
    .filter((line) => before.some((was) => was.id === line.id && (was.stepsDone !== line.stepsDone || was.materialsUsed !== line.materialsUsed)))
    .map(({ id, stepsDone, materialsUsed }) => ({ line: id, steps: stepsDone, materials: materialsUsed }))
