import type { Settings } from '../domain/settings'
import { dateText } from '../domain/shanghai'
import { _, collection } from '../platform/db'
import { leaveTodo } from '../platform/outbox/todos'
import { nextCertificateCheck } from '../platform/technician-document'
import type { TechnicianDocument } from '../platform/technician-document'
import { tellPerson } from '../platform/tell-person'
import type { Budget } from './budget'
import { eachOf } from './each-of'

const PAGE = 50
const AT_ONCE = 4

/** Certificates that expire soon or have expired: staff and technician hear of each once (R52). Gives how many technicians were looked at. */
export const checkCertificates = async (settings: Settings, budget: Budget): Promise<number> => {
  let count = 0
  while (!budget.isSpent) {
    const due = await collection('technicians').find({ certificatesCheckAt: _.lte(new Date()) }, { order: { certificatesCheckAt: 'asc' }, limit: PAGE })
    let failed = 0
    await eachOf(due, AT_ONCE, async (document) => {
      try {
        await check(document, settings)
      } catch (error) {
        failed += 1
        console.error(JSON.stringify({ sweep: 'certificates', id: document._id, error: String(error) }))
      }
    })
    count += due.length - failed
    if (due.length < PAGE || failed > 0) break
  }
  return count
}

const check = async (document: TechnicianDocument, settings: Settings): Promise<void> => {
  const now = new Date()
  const { name, staffNumber, openid } = document
  for (const certificate of document.certificates) {
    const days = Math.ceil((certificate.expiresAt.getTime() - now.getTime()) / 86_400_000)
    if (days > settings.register.certificateDays) continue
    // A renewed one stands beside the old.
    if (document.certificates.some((other) => other.name === certificate.name && other.category === certificate.category && other.expiresAt > certificate.expiresAt)) continue
    const isOver = certificate.expiresAt <= now
    const kind = isOver ? 'certificate_expired' : 'certificate_expiring'
    const what = isOver ? `${certificate.name}过期了，这类单派不到` : `${certificate.name} ${dateText(certificate.expiresAt)} 到期`
    const id = `${kind}:${document._id}:${certificate.category}:${certificate.expiresAt.getTime()}`
    await leaveTodo({ _id: id, kind, orderId: '', orderNumber: '', visitNo: 0, urgent: false, title: isOver ? '师傅的证件过期了' : '师傅的证件快到期了', detail: `${name} ${staffNumber}：${what}`, role: 'dispatcher', at: now })
    if (openid) await tellPerson({ id, to: { role: 'technician', openid }, subject: '证件', what: `${what}，换了新证请交公司`, page: 'technician/reach/reach', whom: `${name} ${staffNumber}`, mustReach: false })
  }
  await collection('technicians').update({ _id: document._id, certificatesCheckAt: document.certificatesCheckAt }, { certificatesCheckAt: _.set(nextCertificateCheck(document.certificates, now, settings)) })
}
