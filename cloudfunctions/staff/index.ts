import { actions } from './actions'
import { serveStaff } from './serve-staff'

/** For staff, from the cloud console (R43). */
export const main = serveStaff(actions)
