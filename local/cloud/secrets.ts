/** Keys that the real services would hand out, made on the first start and kept in the data folder. */
import { generateKeyPair, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import * as z from 'zod'
import { writeWhole } from './whole-file'

const keyPair = z.object({
  /** PKCS#8 DER in base64, one line. */
  privateKey: z.string(),
  /** SPKI DER in base64, one line. */
  publicKey: z.string(),
})

const secrets = z.object({
  /** The merchant's key: signs requests to WeChat Pay. */
  merchant: keyPair,
  merchantSerial: z.string(),
  /** WeChat Pay's own key: signs answers and notifications. */
  platform: keyPair,
  platformKeyId: z.string(),
  /** 32 characters. */
  apiV3Key: z.string().length(32),
  uploadSecret: z.string(),
  /** Signs temporary links and call tokens. */
  platformSecret: z.string(),
  robotKey: z.string(),
})

export type KeyPair = z.infer<typeof keyPair>
export type Secrets = z.infer<typeof secrets>

/** Reads the keys, or makes them. */
export async function loadSecrets(path: string): Promise<Secrets> {
  try {
    return secrets.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const [merchant, platform] = await Promise.all([makeKeyPair(), makeKeyPair()])
  const made: Secrets = {
    merchant,
    merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
    platform,
    platformKeyId: `PUB_KEY_ID_0${digits(31)}`,
    apiV3Key: randomBytes(16).toString('hex'),
    uploadSecret: randomBytes(16).toString('hex'),
    platformSecret: randomBytes(32).toString('hex'),
    robotKey: randomBytes(16).toString('hex'),
  }
  writeWhole(path, JSON.stringify(made, null, 2))
  return made
}

async function makeKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  return { privateKey: privateKey.toString('base64'), publicKey: publicKey.toString('base64') }
}

function digits(count: number): string {
  return [...randomBytes(count)].map((byte) => byte % 10).join('')
}
