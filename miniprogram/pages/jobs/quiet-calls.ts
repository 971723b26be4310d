import { call, isActionFailure } from '../../lib/cloud'
import { positionIfAllowed } from '../../lib/position'
import { newRequestId } from '../../lib/request-id'

/** Without a word: a technician at work is not asked about settings. */
export async function reportPosition(): Promise<void> {
  const position = await positionIfAllowed()
  if (position) await call('technician', 'reportPosition', { position }, { requestId: newRequestId() })
}

/** What became of an offer that is gone (taken, over, cancelled), as the server says it; '' when it stands or nobody can be asked. */
export async function whyGone(orderId: string): Promise<string> {
  try {
    await call('technician', 'seeOffer', { orderId })
    return ''
  } catch (error) {
    return isActionFailure(error) && error.code !== 'NETWORK' && error.code !== 'TIMEOUT' ? error.message : ''
  }
}
