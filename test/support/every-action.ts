/** Every action of the phones' functions, for tests that ask all of them the same. */
import type { ActionAnswer, ActionError, HelpView, HomeownerApi, TechnicianApi } from '../../typings/contract'

export const HOMEOWNER: (keyof HomeownerApi)[] = [
  'openHome', 'priceBook', 'grantUploads', 'fileRepair', 'listOrders', 'getOrder', 'previewCancel', 'freeTimes', 'moveAppointment', 'agreeDelay', 'askAnother', 'sayAtHome',
  'rebook', 'cancelOrder', 'correctContact', 'confirmQuote', 'declineQuote', 'startPayment', 'checkPayment', 'acceptWork',
  'reportMissing', 'reportCash', 'signWarrantyCard', 'rateVisit', 'answerFollowUp', 'chooseReturn', 'verifyCode', 'listMessages', 'markRead', 'recordSubscription', 'readPhone', 'applyToJoin', 'myApplication',
]
export const TECHNICIAN: (keyof TechnicianApi)[] = [
  'openJobs', 'goOnDuty', 'goOffDuty', 'reportPosition', 'seeOffer', 'claimOffer', 'declineOffer', 'giveBack', 'getJob', 'listJobs', 'dial', 'recordCall', 'tellDelay', 'recordDoorCall', 'leaveNote', 'waitForParts',
  'partsArrived', 'findHelper', 'addHelper', 'removeHelper', 'leaveCrew', 'setOut', 'arrive', 'enterDoorCode', 'startStep',
  'completeStep', 'sendQuote', 'sendChange', 'withdrawChange', 'recordProgress', 'reportCompletion', 'signCard', 'handOverParts', 'checkOut', 'checkReach', 'getSchedule', 'setShifts', 'takeLeave', 'cancelLeave', 'setRadius', 'getRecord',
  'contestViolation', 'showBadge', 'grantUploads', 'listMessages', 'markRead', 'recordSubscription',
]
export const EVERY: ['homeowner' | 'technician', string][] = [...HOMEOWNER.map((name): ['homeowner', string] => ['homeowner', name]), ...TECHNICIAN.map((name): ['technician', string] => ['technician', name])]

/** Those that name an order. */
export const OF_AN_ORDER_H = HOMEOWNER.filter((name) => !['openHome', 'priceBook', 'grantUploads', 'fileRepair', 'listOrders', 'verifyCode', 'listMessages', 'markRead', 'recordSubscription', 'readPhone', 'applyToJoin', 'myApplication'].includes(name))
export const OF_AN_ORDER_T = TECHNICIAN.filter((name) => !['openJobs', 'goOnDuty', 'goOffDuty', 'reportPosition', 'listJobs', 'showBadge', 'grantUploads', 'listMessages', 'markRead', 'recordSubscription', 'checkReach', 'getSchedule', 'setShifts', 'takeLeave', 'cancelLeave', 'setRadius', 'getRecord', 'contestViolation'].includes(name))

/** The error of an answer that is none, with Chinese sentences throughout. */
export const chinese = (answer: ActionAnswer<unknown>): ActionError => {
  if (answer.ok) throw new Error(`accepted: ${JSON.stringify(answer)}`)
  for (const sentence of [answer.error.message, ...Object.values(answer.error.fields ?? {})]) expect(sentence).toMatch(/[\u4e00-\u9fff]/)
  return answer.error
}

/** What a function says of its actions. */
export const helpOf = async (send: (event: unknown) => Promise<ActionAnswer<unknown>>): Promise<HelpView['actions']> => {
  const answer = (await send({ action: 'help' })) as ActionAnswer<HelpView>
  if (!answer.ok) throw new Error('no help')
  return answer.data.actions
}
