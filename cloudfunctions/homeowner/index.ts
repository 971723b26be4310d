import { refuse } from '../domain/refusal'
import { isClient } from '../platform/caller'
import { serve } from '../platform/serve'
import { actions } from './actions'

/** The function that the mini-program's homeowners call. */
export const main = serve('homeowner', actions, (caller) => (isClient(caller) ? null : refuse('FORBIDDEN', '请在小程序里打开')))
