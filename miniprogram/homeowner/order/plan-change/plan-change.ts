import type { OrderView, TechnicianCard } from '../../../../typings/contract'
import { serverNow } from '../../../lib/cloud'
import { formatClock, formatMoment } from '../../../lib/time'

type Changes = Pick<OrderView, 'delay' | 'waitingAtDoor' | 'rebook' | 'parts'>
type Options = NonNullable<OrderView['rebook']>['options']

/**
 * What did not go as agreed: a new time to answer, a technician at a closed door, the note that was left, parts to wait for (R12, R15, R45).
 * Event `rebook` { from, to, same }: a window was picked; the nearest stands ready, so that one tap is enough.
 */
Component({
  properties: {
    order: { type: Object, value: null as unknown as Changes },
    busy: { type: Boolean, value: false },
  },
  data: {
    delay: null as { old: string; now: string; who: string; reason: string } | null,
    door: '',
    note: [] as string[],
    options: [] as Options,
    /** The window that stands ready, by its beginning: places in the list move as hours pass. */
    picked: '',
    same: true,
    technician: null as TechnicianCard | null,
    parts: null as OrderView['parts'],
  },
  observers: {
    order(order: Changes | null) {
      const now = serverNow()
      const { delay, waitingAtDoor, rebook, parts } = order ?? { delay: null, waitingAtDoor: null, rebook: null, parts: null }
      const options = rebook?.options.slice(0, 6) ?? []
      this.setData({
        delay: delay && {
          old: formatMoment(delay.from, now),
          now: formatMoment(delay.to, now),
          who: delay.byTechnician ? '师傅说' : '公司说',
          reason: delay.reason,
        },
        door: waitingAtDoor ? `等到 ${formatClock(waitingAtDoor.until)} 还没人开门，师傅会留言先走` : '',
        note: rebook ? rebook.note.split('\n') : [],
        options,
        picked: options.some(({ from }) => from === this.data.picked) ? this.data.picked : (options[0]?.from ?? ''),
        technician: rebook?.technician ?? null,
        parts,
      })
    },
  },
  methods: {
    pick(event: WechatMiniprogram.TouchEvent<object, object, { from: string }>) {
      this.setData({ picked: event.currentTarget.dataset.from })
    },
    who(event: WechatMiniprogram.TouchEvent<object, object, { same: boolean }>) {
      this.setData({ same: event.currentTarget.dataset.same })
    },
    /** The window that stands ready; the page's main button asks for it. */
    chosen(): { from: string; to: string; same: boolean } | null {
      const option = this.data.options.find(({ from }) => from === this.data.picked)
      return option ? { from: option.from, to: option.to, same: this.data.same } : null
    },
  },
})
