import type { TechnicianApi } from '../../typings/contract'
import type { ActionTable } from '../platform/action'
import { grantUploadsFor } from '../platform/actions/grant-uploads'
import { listMessages, markMessagesRead } from '../platform/actions/inbox'
import { recordSubscription } from '../platform/actions/subscription'
import { dial, recordCall } from './call-actions'
import { leaveNote, partsArrived, recordDoorCall, tellDelay, waitForParts } from './change-of-plan-actions'
import { sendChange, withdrawChange } from './change-order-actions'
import { checkReach } from './check-reach'
import { addHelper, findHelper, leaveCrew, removeHelper } from './crew-actions'
import { goOffDuty, goOnDuty, openJobs, reportPosition } from './duty-actions'
import { listJobs } from './list-jobs'
import { claimOffer, declineOffer, giveBack, seeOffer } from './offer-actions'
import { recordProgress } from './progress-actions'
import { contestViolation, getRecord } from './record-actions'
import { cancelLeave, getSchedule, setRadius, setShifts, takeLeave } from './schedule-actions'
import { showBadge } from './show-badge'
import { arrive, checkOut, completeStep, enterDoorCode, getJob, handOverParts, reportCompletion, sendQuote, setOut, signCard, startStep } from './visit-actions'

/** What a technician can do. */
export const actions = {
  openJobs,
  goOnDuty,
  goOffDuty,
  reportPosition,
  seeOffer,
  claimOffer,
  declineOffer,
  giveBack,
  getJob,
  listJobs,
  dial,
  recordCall,
  tellDelay,
  recordDoorCall,
  leaveNote,
  waitForParts,
  partsArrived,
  findHelper,
  addHelper,
  removeHelper,
  leaveCrew,
  setOut,
  arrive,
  enterDoorCode,
  startStep,
  completeStep,
  sendQuote,
  sendChange,
  withdrawChange,
  recordProgress,
  reportCompletion,
  signCard,
  handOverParts,
  checkOut,
  checkReach,
  getSchedule,
  setShifts,
  takeLeave,
  cancelLeave,
  setRadius,
  getRecord,
  contestViolation,
  showBadge,
  grantUploads: grantUploadsFor(['step', 'change', 'signature']),
  listMessages,
  markRead: markMessagesRead,
  recordSubscription,
} satisfies ActionTable<TechnicianApi>
