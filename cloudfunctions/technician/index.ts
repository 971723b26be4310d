import { serve } from '../platform/serve'
import { actions } from './actions'
import { admitTechnician } from './me'

/** The function that technicians call from the mini-program. */
export const main = serve('technician', actions, admitTechnician)
