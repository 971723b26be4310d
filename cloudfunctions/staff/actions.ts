import { addOperator } from './add-operator'
import { listApplications, showApplication } from './application-actions'
import { assignOrder } from './assign-order'
import { agreeDelayFor, askAnotherFor, moveAppointment, partsArrived, rebookFor, tellDelay, waitForParts } from './change-of-plan-actions'
import { closeTodo } from './close-todo'
import { addHelper, removeHelper, widenSearch } from './crew-actions'
import { decideApplication } from './decide-application'
import { explainOffers } from './explain-offers'
import { findOrders } from './find-orders'
import { listAccess } from './list-access'
import { listTodos } from './list-todos'
import { approveChange, refuseChange } from './change-order-actions'
import { recordProgress } from './progress-actions'
import { cancelOrder, chooseReturnFor, correctContact, correctRepair, recordAcceptance, recordFollowUpCall, releaseDoorCode } from './order-actions'
import { changeSettings, showSettings } from './settings-actions'
import { showDeadlines } from './show-deadlines'
import { showOrder } from './show-order'
import { addTechnician, changeTechnician, listTechnicians } from './technician-actions'
import { bindTechnician, suspendTechnician } from './technician-standing-actions'
import { decideContest, listViolations } from './violation-actions'

export const actions = {
  listTodos, closeTodo, findOrders, showOrder, explainOffers, assignOrder, widenSearch, addHelper, removeHelper, tellDelay, moveAppointment, agreeDelayFor, askAnotherFor, rebookFor, waitForParts, partsArrived,
  showDeadlines, listAccess, approveChange, refuseChange, recordProgress, releaseDoorCode, correctContact, correctRepair, recordFollowUpCall, recordAcceptance, chooseReturnFor, cancelOrder,
  listTechnicians, addTechnician, changeTechnician, bindTechnician, suspendTechnician, listApplications, showApplication, decideApplication, listViolations, decideContest, showSettings, changeSettings, addOperator,
}
