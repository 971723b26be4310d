/** Most keys a block holds before it is split: small enough to move, large enough that blocks stay few. */
const BLOCK = 512

/** A sorted set of strings in blocks: finding, adding and removing touch one block only. */
export class SortedKeys {
  private blocks: string[][]

  constructor(keys: Iterable<string>) {
    const sorted = [...keys].sort(byText)
    this.blocks = []
    for (let i = 0; i < sorted.length; i += BLOCK / 2) this.blocks.push(sorted.slice(i, i + BLOCK / 2))
  }

  add(key: string): void {
    const at = this.blockFor(key)
    const block = this.blocks[at]
    if (!block) {
      this.blocks.push([key])
      return
    }
    const i = lowerBound(block, key)
    if (block[i] === key) return
    block.splice(i, 0, key)
    if (block.length > BLOCK) this.blocks.splice(at, 1, block.slice(0, BLOCK / 2), block.slice(BLOCK / 2))
  }

  remove(key: string): void {
    const at = this.blockFor(key)
    const block = this.blocks[at]
    if (!block) return
    const i = lowerBound(block, key)
    if (block[i] !== key) return
    block.splice(i, 1)
    if (block.length === 0) this.blocks.splice(at, 1)
  }

  /** Keys from `low` (inclusive) to `high` (exclusive), upwards. */
  *up(low: string, high: string): Generator<string> {
    for (let at = this.blockFor(low); at < this.blocks.length; at++) {
      const block = this.blocks[at] as string[]
      for (let i = lowerBound(block, low); i < block.length; i++) {
        const key = block[i] as string
        if (key >= high) return
        yield key
      }
    }
  }

  /** The same, downwards. */
  *down(low: string, high: string): Generator<string> {
    for (let at = Math.min(this.blockFor(high), this.blocks.length - 1); at >= 0; at--) {
      const block = this.blocks[at] as string[]
      for (let i = lowerBound(block, high) - 1; i >= 0; i--) {
        const key = block[i] as string
        if (key < low) return
        yield key
      }
    }
  }

  /** The block that holds the key, or would. */
  private blockFor(key: string): number {
    let [low, high] = [0, this.blocks.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (((this.blocks[middle] as string[])[0] as string) <= key) low = middle
      else high = middle - 1
    }
    return Math.max(0, low)
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function lowerBound(block: readonly string[], key: string): number {
  let [low, high] = [0, block.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((block[middle] as string) < key) low = middle + 1
    else high = middle
  }
  return low
}
