import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * WX_API_TOKEN: with it the platform knows which function asks for an openapi call, and so what that function's config.json permits.
 * Signed, so that a program outside cannot pass for a function.
 */
export class CallTokens {
  constructor(private readonly secret: string) {}

  issue(functionName: string, requestId: string): string {
    const body = `${functionName}.${requestId}`
    return `${body}.${this.sign(body)}`
  }

  /** The function that the token was issued to; undefined for none or a forged one. */
  functionOf(token: unknown): string | undefined {
    if (typeof token !== 'string') return undefined
    const [functionName, requestId, signature] = token.split('.')
    if (!functionName || !requestId || !signature) return undefined
    const expected = Buffer.from(this.sign(`${functionName}.${requestId}`))
    const given = Buffer.from(signature)
    return expected.length === given.length && timingSafeEqual(expected, given) ? functionName : undefined
  }

  private sign(body: string): string {
    return createHmac('sha256', this.secret).update(body).digest('base64url')
  }
}
