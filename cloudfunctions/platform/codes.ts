import { createHmac } from 'node:crypto'
import type { Knowledge } from '../domain/event'
import { required } from './environment'

/**
 * Digits that only the server can derive, the same every time for one purpose: door codes, card and badge codes. Each sign is drawn without bias, from as many
 * digests as it takes.
 */
export const codeFor: Knowledge['codeFor'] = (purpose, alphabet, length) => {
  const secret = required('CODE_SECRET')
  const most = 256 - (256 % alphabet.length)
  let code = ''
  for (let round = 0; code.length < length; round += 1) {
    for (const byte of createHmac('sha256', secret).update(`${purpose}#${round}`).digest()) {
      if (byte < most && code.length < length) code += alphabet[byte % alphabet.length] ?? ''
    }
  }
  return code
}

/** Signs that nobody takes for another: no I, O, 0, 1. */
export const CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
