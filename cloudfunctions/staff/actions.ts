import { addOperator } from './add-operator'
import { assignOrder } from './assign-order'
import { closeTodo } from './close-todo'
import { explainOffers } from './explain-offers'
import { findOrders } from './find-orders'
import { listTodos } from './list-todos'
import { cancelOrder, chooseReturnFor, correctContact, recordAcceptance, recordFollowUpCall, releaseDoorCode } from './order-actions'
import { changeSettings, showSettings } from './settings-actions'
import { showOrder } from './show-order'
import { addTechnician, bindTechnician, listTechnicians, suspendTechnician } from './technician-actions'

export const actions = {
  listTodos, closeTodo, findOrders, showOrder, explainOffers, assignOrder, releaseDoorCode, correctContact, recordFollowUpCall, recordAcceptance, chooseReturnFor, cancelOrder,
  listTechnicians, addTechnician, bindTechnician, suspendTechnician, showSettings, changeSettings, addOperator,
}
