import type { Button, ButtonAct, JobView } from '../../../typings/contract'
import { call } from '../../lib/cloud'
import type { LiveViewOptions } from '../../lib/live-view'
import { LiveView } from '../../lib/live-view'
import { serverNow } from '../../lib/server-clock'

const LOOK_MS = 20_000
/** While something is stood and waited for: paying, accepting, a locked door (R14), a call so late that the job may be another's by now (R10). */
const WAITING_MS = 5_000

export function liveJob(
  page: LiveViewOptions<JobView>['page'],
  orderId: string,
  show: LiveViewOptions<JobView>['show'],
): LiveView<JobView> {
  return new LiveView<JobView>({
    page,
    fetch: () => call('technician', 'getJob', { orderId }),
    show,
    everyMs: (job) => (isWaitedFor(job) ? WAITING_MS : LOOK_MS),
  })
}

function isWaitedFor({ main, door, call: phoned }: JobView): boolean {
  if (main === null || (!door.open && door.triesLeft <= 0)) return true
  return phoned !== null && phoned.outcome === null && phoned.retryAt === null && serverNow() > Date.parse(phoned.takenBackAt)
}

/** The first of these acts that the server offers at this job. */
export function offeredJob(job: JobView, acts: ButtonAct[]): Button | null {
  return [job.main, ...job.more].find((button) => button !== null && acts.includes(button.act)) ?? null
}

export const GIVE_BACK_REASONS = ['时间赶不上', '材料不够', '这活我做不了', '人不舒服', '车坏在路上']
