import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs what a link allows: reading or writing one path until a time of the moved clock. */
export class LinkSignatures {
  constructor(
    private readonly secret: string,
    private readonly now: () => number,
  ) {}

  /** `until` in seconds. */
  sign(purpose: 'read' | 'write', path: string, until: number): string {
    return createHmac('sha256', this.secret).update(`${purpose}\n${until}\n${path}`).digest('hex')
  }

  verify(purpose: 'read' | 'write', path: string, until: number, signature: string): 'ok' | 'expired' | 'forged' {
    const expected = Buffer.from(this.sign(purpose, path, until))
    const given = Buffer.from(signature)
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'forged'
    return this.now() / 1000 > until ? 'expired' : 'ok'
  }
}
