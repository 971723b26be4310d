import type { Button, CallOutcome, JobView } from '../../../typings/contract'
import type { Question } from '../../lib/dialog'
import { offeredJob } from '../lib/live-job'

/** How a call went (R10). */
export const OUTCOMES: { outcome: CallOutcome; label: string }[] = [
  { outcome: 'agreed', label: '约好了' },
  { outcome: 'no_answer', label: '没人接' },
  { outcome: 'wrong_number', label: '号码不对' },
]

/** What is asked before it is written down. */
export function questionOf(outcome: CallOutcome, agreed: string): Question {
  switch (outcome) {
    case 'agreed':
      return { title: '约好了？', content: `${agreed} 上门，会发消息给业主。`, confirmText: '对的', cancelText: '改时间' }
    case 'wrong_number':
      return { title: '号码不对？', content: '客服去核对号码，核对好再请您打。', confirmText: '不对' }
    case 'no_answer':
      return { title: '没人接？', content: '过一会儿再打，这会儿可以接别的单。', confirmText: '没人接' }
  }
}

/** The number on the button, masked; once it was dialled, how it went; when the call is done, the way leads on to the job. */
export function mainButton(job: JobView): Button | null {
  if (job.main?.act === 'record_call') return { act: 'record_call', label: '约好了' }
  if (job.call?.outcome === 'agreed' && !offeredJob(job, ['record_call'])) return { act: 'next_step', label: '去看这单' }
  // Staff look for the right number: nobody rings the wrong one again.
  if (job.call?.outcome === 'wrong_number') return { act: 'next_step', label: '去看这单' }
  return offeredJob(job, ['dial']) ? { act: 'dial', label: `拨打 ${job.contact.phone}` } : null
}
