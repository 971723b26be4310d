import type { HomeownerApi } from '../../typings/contract'
import type { ActionTable } from '../platform/action'
import { grantUploadsFor } from '../platform/actions/grant-uploads'
import { listMessages, markMessagesRead } from '../platform/actions/inbox'
import { recordSubscription } from '../platform/actions/subscription'
import { agreeDelay, askAnother, correctContact, freeTimes, moveAppointment, rebook, sayAtHome } from './appointment-actions'
import { fileRepair } from './file-repair'
import { applyToJoin, myApplication } from './join-actions'
import { listOrders } from './list-orders'
import { openHome } from './open-home'
import { acceptWork, cancelOrder, chooseReturn, confirmQuote, declineQuote, getOrder, previewCancel, reportCash, reportMissing, signWarrantyCard } from './order-actions'
import { checkPayment, startPayment } from './payment-actions'
import { priceBook } from './price-book'
import { answerFollowUp, rateVisit } from './rating-actions'
import { readPhone } from './read-phone'
import { verifyCode } from './verify-code'

/** What a homeowner can do. */
export const actions = {
  openHome,
  priceBook,
  grantUploads: grantUploadsFor(['filing', 'signature', 'application']),
  fileRepair,
  listOrders,
  getOrder,
  freeTimes,
  moveAppointment,
  agreeDelay,
  askAnother,
  sayAtHome,
  rebook,
  correctContact,
  previewCancel,
  cancelOrder,
  confirmQuote,
  declineQuote,
  startPayment,
  checkPayment,
  acceptWork,
  reportMissing,
  reportCash,
  signWarrantyCard,
  rateVisit,
  answerFollowUp,
  chooseReturn,
  verifyCode,
  listMessages,
  markRead: markMessagesRead,
  recordSubscription,
  readPhone,
  applyToJoin,
  myApplication,
} satisfies ActionTable<HomeownerApi>
