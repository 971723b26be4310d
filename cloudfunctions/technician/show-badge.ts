import { personFrom } from '../domain/handlers/dispatch'
import { refuse, Refusal } from '../domain/refusal'
import { after, MINUTE } from '../domain/shanghai'
import { technicianCard } from '../domain/views/parts'
import { defineAction } from '../platform/action'
import { CODE_ALPHABET, codeFor } from '../platform/codes'
import { collection } from '../platform/db'
import { nothing } from '../platform/fields'
import { cardReading } from '../platform/reading'
import { readPriceBook, readSettings } from '../platform/settings'
import { toTechnician } from '../platform/technician-document'
import { callingTechnician, readTechnician } from './me'

/** R14 photo, name, staff number, certificates, and a code that the homeowner can check. The code changes with time; one that was just shown stays good for a while. */
export const showBadge = defineAction({
  summary: '出示工牌和验证码',
  input: nothing,
  example: {},
  run: async (_input, context) => {
    const me = await callingTechnician(context)
    const { _id } = me
    const [{ arrival }] = await Promise.all([readSettings(), readPriceBook()])
    const lastsMs = arrival.badgeMinutes * MINUTE
    const now = new Date()
    const turn = Math.floor(now.getTime() / lastsMs)
    const code = codeFor(`badge:${_id}:${turn}`, CODE_ALPHABET, 8)
    const expiresAt = after(now, lastsMs)
    const [document] = await Promise.all([readTechnician(me), collection('codes').put({ _id: code, kind: 'badge', technicianId: _id, expiresAt })])
    if (document instanceof Refusal) return document
    if (document.suspended) return refuse('SUSPENDED', `停单中，不能出示工牌：${document.suspendedReason || '请联系公司'}`)
    const technician = toTechnician(document)
    return {
      me: technicianCard(personFrom(technician), await cardReading([technician])),
      certificates: technician.certificates.map(({ name, expiresAt: until }) => ({ name, expiresAt: until.toISOString() })),
      code,
      expiresAt: expiresAt.toISOString(),
    }
  },
})
