import type { JobView } from '../../../../typings/contract'
import { serverNow } from '../../../lib/server-clock'
import { formatClock, formatMoment } from '../../../lib/time'

type Crew = JobView['crew']

/**
 * What did not go as agreed, and who is along (R12, R15, R45, R47). Event `remove` { helperId } by the one in charge.
 */
Component({
  properties: {
    job: { type: Object, value: null as unknown as JobView },
    busy: { type: Boolean, value: false },
  },
  data: {
    delay: null as { old: string; now: string; words: string } | null,
    wait: '',
    note: [] as string[],
    parts: null as { when: string; reason: string } | null,
    crew: [] as Crew,
    lead: false,
  },
  observers: {
    job(job: JobView | null) {
      if (!job) return
      const now = serverNow()
      const { delay, noShow, note, parts, crew, role } = job
      this.setData({
        delay: delay && !job.arrivedAt ? { old: formatMoment(delay.from, now), now: formatMoment(delay.to, now), words: delay.answered ? '业主同意了' : '等业主答复，没答复按新时间去' } : null,
        wait: noShow && !note ? `打过 ${noShow.calls} 次没人接，隔几分钟再打一次；${formatClock(noShow.noteFrom)} 起可以留言离开` : '',
        note: note ? note.split('\n') : [],
        parts: parts && { when: parts.text, reason: parts.reason },
        crew: crew.length > 1 ? crew : [],
        lead: role === 'lead',
      })
    },
  },
  methods: {
    remove(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
      this.triggerEvent('remove', { helperId: event.currentTarget.dataset.id })
    },
  },
})
