/** Goes to the limits, one at a time. */
const kept: string[] = []
const hoard: unknown[][] = []

export async function main(event: { act: string; ms?: number; bytes?: number; env?: [string, string] }): Promise<unknown> {
  switch (event.act) {
    case 'throw':
      throw new TypeError('the tap drips')
    case 'throw-object':
      throw { code: 7, what: 'no error at all' }
    case 'wait':
      await new Promise((done) => setTimeout(done, event.ms))
      return 'done'
    case 'spin':
      for (;;);
    case 'hoard':
      for (;;) hoard.push(Array.from({ length: 1000 }, (_, index) => ({ index })))
    case 'exit':
      return process.exit(3)
    case 'large':
      return 'x'.repeat(event.bytes ?? 0)
    case 'nothing':
      return undefined
    case 'values':
      return { date: new Date(0), missing: undefined, list: [undefined, () => 1], nan: NaN }
    case 'circular': {
      const self: Record<string, unknown> = {}
      self.self = self
      return self
    }
    case 'leave-running':
      setTimeout(() => kept.push('ran after the answer'), event.ms)
      return 'answered'
    case 'kept':
      return [...kept]
    case 'reject-later':
      setTimeout(() => void Promise.reject(new Error('nobody listens')), 1)
      await new Promise((done) => setTimeout(done, 200))
      return 'unreachable'
    case 'reject-and-answer':
      void Promise.reject(new Error('nobody listens'))
      return 'answered'
    default:
      return `unknown act ${event.act}`
  }
}
