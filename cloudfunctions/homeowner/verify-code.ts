import * as z from 'zod'
import type { HomeownerApi } from '../../typings/contract'
import { personFrom } from '../domain/handlers/dispatch'
import { dateText } from '../domain/shanghai'
import { technicianCard, warrantyCardView } from '../domain/views/parts'
import { defineAction } from '../platform/action'
import { collection } from '../platform/db'
import { cardReading, readingOf } from '../platform/reading'
import { toTechnician } from '../platform/technician-document'

type Verdict = HomeownerApi['verifyCode']['data']

const unknown: Verdict = { kind: 'unknown', genuine: false, sentence: '没有这个码：不是我们发的，请先别开门，打给客服问一问', technician: null, card: null }

/** R14, R30 anyone may check a badge or a warranty card by its code; an invented or expired one says so. Nobody is named in full. */
export const verifyCode = defineAction({
  summary: '查工牌或保修卡的真假',
  input: z.strictObject({ code: z.string().trim().min(1, '请输入码').max(40, '码太长了') }),
  example: { code: 'K7QM 2RVX' },
  run: async ({ code: typed }): Promise<Verdict> => {
    const code = typed.toUpperCase().replace(/[\s-]/g, '')
    if (!/^[A-Z0-9]{6,16}$/.test(code)) return unknown
    const [badge, [order]] = await Promise.all([collection('codes').get(code), collection('orders').find({ 'card.code': code }, { limit: 1 })])
    if (badge) {
      const technician = await collection('technicians').get(badge.technicianId)
      if (badge.expiresAt <= new Date()) return { ...unknown, kind: 'badge', sentence: '这个工牌码过期了，请让师傅刷新工牌再扫' }
      if (!technician || technician.suspended) return { ...unknown, kind: 'badge', sentence: '这位师傅现在不接单，请先别开门，打给客服问一问' }
      const card = technicianCard(personFrom(toTechnician(technician)), await cardReading([technician]))
      return { kind: 'badge', genuine: true, sentence: `是我们的师傅：${card.name}，工号 ${card.staffNumber}`, technician: card, card: null }
    }
    if (!order) return unknown
    const card = warrantyCardView(order, await readingOf(null), false)
    if (!card) return unknown
    const until = dateText(new Date(card.until))
    return { kind: 'card', genuine: true, sentence: card.valid ? `保修卡是真的，保修到 ${until}` : `保修卡是真的，${until} 已经到期`, technician: null, card }
  },
})
