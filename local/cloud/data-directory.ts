import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Thrown when another workplace uses the same folder; the message is for the terminal. */
export class DirectoryInUse extends Error {
  override name = 'DirectoryInUse'
}

/**
 * Takes a data folder for this process. A lock that a killed process left behind is taken over.
 * Returns the function that gives it back. Throws DirectoryInUse.
 */
export function takeDirectory(path: string): () => void {
  mkdirSync(path, { recursive: true })
  const lock = join(path, 'workplace.lock')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(lock, JSON.stringify({ pid: process.pid, born: bornAt(process.pid) }), { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const holder = livingHolder(lock)
      if (holder !== undefined)
        throw new DirectoryInUse(`数据目录 ${path} 正被另一个工作区使用（进程 ${holder}）。请先关闭它，或用 DATA_DIR 另指一个目录。`)
      rmSync(lock, { force: true })
    }
  }
  throw new DirectoryInUse(`数据目录 ${path} 正被另一个工作区占用，请稍后再试。`)
}

/** The process that holds a lock, if it still lives. */
function livingHolder(lock: string): number | undefined {
  try {
    const { pid, born } = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number; born: string }
    process.kill(pid, 0)
    // The number may have gone to another process since.
    return bornAt(pid) === born ? pid : undefined
  } catch {
    return undefined
  }
}

/** When a process began, in the kernel's ticks; empty where there is no /proc. A dead one began at no time that anybody noted. */
function bornAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Killed, and not yet waited for by whoever started it: it holds nothing any more.
    return state === 'Z' || state === 'X' ? 'dead' : (rest[18] ?? '')
  } catch {
    return ''
  }
}
