import { rememberBadges } from '../custom-tab-bar/tabs'
import type { FunctionName } from './cloud'
import { call } from './cloud'
import { newRequestId } from './request-id'

/** In onLoad of a page about an order: whoever opened it has what the messages about it say, and the badge need not count them (R41). */
export function readMessagesOf(orderId: string, role: FunctionName): void {
  if (orderId === '') return
  call(role, 'markRead', { orderId }, { requestId: newRequestId() }).then(
    ({ unread }) => rememberBadges({ me: unread }),
    // They stay unread: the next look at the page, or at the inbox, marks them.
    (error: unknown) => console.warn('not marked as read', error),
  )
}
