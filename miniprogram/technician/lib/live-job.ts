import type { Button, ButtonAct, JobView } from '../../../typings/contract'
import { call, isActionFailure } from '../../lib/cloud'
import type { LiveViewOptions, PageStatus } from '../../lib/live-view'
import { LiveView } from '../../lib/live-view'
import { serverNow } from '../../lib/server-clock'

const LOOK_MS = 20_000
/** While something is stood and waited for: paying, accepting, a locked door (R14), a call so late that the job may be another's by now (R10). */
const WAITING_MS = 5_000

interface JobPage {
  show(job: JobView): PageStatus | void
  /** The job is somebody else's by now, or nobody's: clears the page of it (R39). Nothing more is asked for. */
  showGone(): void
}

/** Null is a job that is not theirs. */
export function liveJob(page: LiveViewOptions<JobView>['page'] & JobPage, orderId: string): LiveView<JobView | null> {
  return new LiveView<JobView | null>({
    page,
    fetch: () => jobOrNone(orderId),
    show: (job) => {
      if (job) return page.show(job)
      page.showGone()
      return 'empty'
    },
    everyMs: (job) => (job === null ? null : isWaitedFor(job) ? WAITING_MS : LOOK_MS),
  })
}

async function jobOrNone(orderId: string): Promise<JobView | null> {
  try {
    return await call('technician', 'getJob', { orderId })
  } catch (error) {
    if (isActionFailure(error) && error.code === 'NOT_FOUND') return null
    throw error
  }
}

function isWaitedFor({ main, door, call: phoned }: JobView): boolean {
  if (main === null || (!door.open && door.triesLeft <= 0)) return true
  return phoned !== null && phoned.outcome === null && phoned.retryAt === null && phoned.takenBackAt !== null && serverNow() > Date.parse(phoned.takenBackAt)
}

/** The first of these acts that the server offers at this job. */
export function offeredJob(job: JobView, acts: ButtonAct[]): Button | null {
  return [job.main, ...job.more].find((button) => button !== null && acts.includes(button.act)) ?? null
}
