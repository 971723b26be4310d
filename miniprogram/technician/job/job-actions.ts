import type { JobView, StepView } from '../../../typings/contract'
import type { StepDraft } from '../../components/step-card/step-draft'
import { draftOf, stepDraftKey } from '../../components/step-card/step-draft'
import { call, isActionFailure } from '../../lib/cloud'
import { choose } from '../../lib/dialog'
import { readDraft } from '../../lib/draft'
import { currentPosition } from '../../lib/position'

/** Why the check-in place is off; the server asks for it beyond its distance (R13). */
const PLACE_REASONS = ['定位不准', '小区里没信号', '在地下车库', '业主约在别处', '手机不让定位']

/**
 * Checks in. Where the phone has no position, or one too far off, the server asks why: the technician picks a reason and it is sent again.
 * Null when they close the question.
 */
export async function arriveAt(orderId: string, requestId: string): Promise<JobView | null> {
  const position = await currentPosition()
  const input = position ? { orderId, position } : { orderId }
  try {
    return await call('technician', 'arrive', input, { requestId })
  } catch (error) {
    if (!isActionFailure(error) || error.fields['reason'] === undefined) throw error
    const reason = await choose(PLACE_REASONS, error.fields['reason'])
    // Another request: the first was refused, this one says more.
    return reason ? call('technician', 'arrive', { ...input, reason }, { requestId: `${requestId}-why` }) : null
  }
}

/** Starts what runs by the clock (R28). */
export function startStep({ orderId, visitNo }: JobView, stepId: string, requestId: string): Promise<JobView> {
  return call('technician', 'startStep', { orderId, visitNo, stepId }, { requestId })
}

/** Sends a step with its evidence (R28, R48); what the standard does not ask for stays away. */
export function completeStep(job: JobView, stepId: string, draft: StepDraft, requestId: string): Promise<JobView> {
  const step = job.steps.find(({ id }) => id === stepId)
  return call(
    'technician',
    'completeStep',
    {
      orderId: job.orderId,
      visitNo: job.visitNo,
      stepId,
      ...(step && step.ticks.length > 0 ? { ticks: draft.ticks } : {}),
      ...(step?.photos ? { photos: draft.photos.map(({ fileId }) => fileId) } : {}),
      ...(step?.note ? { note: draft.note.trim() } : {}),
    },
    { requestId },
  )
}

/** The evidence of a step as the step card shows it: the server's, under what this phone has kept. */
export function keptDraft(job: JobView, step: StepView): StepDraft {
  return draftOf(step, readDraft<StepDraft>(stepDraftKey(job.orderId, job.visitNo, step.id)))
}
