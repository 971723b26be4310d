import type { JobView } from '../../../../typings/contract'
import { serverNow } from '../../../lib/server-clock'
import { formatClock, formatMoment } from '../../../lib/time'

type Crew = JobView['crew']

/** The note to read: the one that was left, or, at a closed door, as it will be written (R15). */
function noteOf({ noShow, note }: JobView, now: number): { note: string[]; noteFoot: string; early: boolean } {
  if (note) return { note: note.split('\n'), noteFoot: '业主手机上也收到了。抄一张贴门上，字写大些。', early: false }
  if (!noShow) return { note: [], noteFoot: '', early: false }
  const early = now < Date.parse(noShow.noteFrom)
  const foot = early ? `${formatClock(noShow.noteFrom)} 起才能留。先读一遍，再打打电话` : '点“留言离开”就发给业主。抄一张贴门上，字写大些。'
  return { note: noShow.note.split('\n'), noteFoot: foot, early }
}

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
    /** What stands under the note. */
    noteFoot: '',
    /** It is not time for the note yet: to read, not to leave. */
    early: false,
    parts: null as JobView['parts'],
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
        ...noteOf(job, now),
        parts,
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
