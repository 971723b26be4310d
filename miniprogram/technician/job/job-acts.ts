import type { ButtonAct, JobView } from '../../../typings/contract'
import type { ButtonCalls } from '../../lib/button-calls'
import { call, isActionFailure } from '../../lib/cloud'
import { choose, confirm, showDone } from '../../lib/dialog'
import { TECHNICIAN_PROMPTS } from '../../lib/message-prompts'
import { askForMessages } from '../../lib/subscribe'
import { dialNumber } from '../../lib/telephone'
import type { SheetAct } from '../components/job-sheets/job-sheets'
import { giveBack } from '../lib/give-back'
import { openNavigation } from '../lib/navigation'
import { arriveAt } from './job-actions'

const DOOR_CALL_UNANSWERED = '没人接'
const LEAVE_CREW_REASONS = ['时间赶不上', '人不舒服', '手上的活没完']

export interface JobActPage {
  orderId: string
  buttons: ButtonCalls
  /** Runs one button and shows the job that comes back; true when it did. */
  run(act: ButtonAct, work: (requestId: string) => Promise<JobView | null>, onFailure?: (error: unknown) => boolean): Promise<boolean>
  /** Shows the job that an action answered with. */
  put(job: JobView): void
}

const SHEETS: ReadonlySet<string> = new Set<SheetAct>([
  'tell_delay',
  'wait_for_parts',
  'add_helper',
  'send_quote',
  'report_completion',
  'sign_card_technician',
  'hand_over_parts',
  'check_out',
])

/** Whether this act wants more than a press. */
export const opensSheet = (act: ButtonAct): act is SheetAct => SHEETS.has(act)

/** Does what a button of the job says, but for the checklist, the door code and the sheets, which are the page's own. */
export async function perform(act: ButtonAct, job: JobView, page: JobActPage): Promise<void> {
  const { orderId } = page
  switch (act) {
    case 'set_out':
      await page.run(act, (requestId) => call('technician', 'setOut', { orderId }, { requestId }))
      return
    case 'arrive':
      return arrive(page)
    case 'dial':
      return dial(page)
    case 'call_hotline':
      return dialNumber(job.hotline, '客服')
    case 'record_call':
      await wx.navigateTo({ url: `/technician/call/call?id=${orderId}` })
      return
    case 'record_door_call':
      return recordDoorCall(page)
    case 'leave_note':
      return leaveNote(page)
    case 'send_change':
      await wx.navigateTo({ url: `/change-order/change-order?id=${orderId}` })
      return
    case 'withdraw_change':
      return withdrawChange(job, page)
    case 'parts_arrived':
      await page.run(act, (requestId) => call('technician', 'partsArrived', { orderId }, { requestId }))
      return
    case 'record_progress':
      await wx.navigateTo({ url: `/progress/progress?id=${orderId}` })
      return
    case 'leave_crew':
      return leaveCrew(page)
    case 'navigate':
      openNavigation(job.place)
      return
    case 'give_back':
      return giveBack(page.orderId, page.buttons)
  }
}

async function arrive({ orderId, run }: JobActPage): Promise<void> {
  // First thing in the tap: WeChat shows its question only then.
  const asked = askForMessages('technician', TECHNICIAN_PROMPTS.working)
  await run('arrive', async (requestId) => {
    await asked
    return arriveAt(orderId, requestId)
  })
}

const CODE_DIGITS = 4
export const isWholeCode = (code: string): boolean => code.length >= CODE_DIGITS

/** R14 tries the door code. Gives what stands under the field: '' when the door is open, or when what went wrong has been said. */
export async function enterDoorCode(code: string, { orderId, run }: JobActPage): Promise<string> {
  if (!isWholeCode(code)) return '口令是四位数字，请业主念一遍'
  let wrong = ''
  const opened = await run(
    'enter_code',
    (requestId) => call('technician', 'enterDoorCode', { orderId, code }, { requestId }),
    (error) => {
      wrong = codeError(error)
      return wrong !== ''
    },
  )
  if (opened) showDone('对上了')
  return wrong
}

function codeError(error: unknown): string {
  if (!isActionFailure(error)) return ''
  const field = error.fields['code']
  if (field !== undefined) return field
  return error.code === 'WRONG_CODE' || error.code === 'LOCKED' ? error.message : ''
}

async function dial({ orderId, buttons, put }: JobActPage): Promise<void> {
  const answer = await buttons.run('dial', (requestId) => call('technician', 'dial', { orderId }, { requestId }))
  if (!answer) return
  put(answer.job)
  await dialNumber(answer.phone, '业主')
}

/** What came of the call from the door (R15). */
async function recordDoorCall({ orderId, run }: JobActPage): Promise<void> {
  const answer = await choose([DOOR_CALL_UNANSWERED, '通了，马上来'], '刚才的电话')
  if (!answer) return
  const answered = answer !== DOOR_CALL_UNANSWERED
  await run('record_door_call', (requestId) => call('technician', 'recordDoorCall', { orderId, answered }, { requestId }))
}

async function leaveNote({ orderId, run }: JobActPage): Promise<void> {
  const sure = await confirm({
    title: '留言离开？',
    content: '留言条写好了，业主手机上也会收到。这趟不算您的，业主再约会先问您。',
    confirmText: '离开',
    cancelText: '再等等',
  })
  if (!sure) return
  if (await run('leave_note', (requestId) => call('technician', 'leaveNote', { orderId }, { requestId }))) wx.pageScrollTo({ scrollTop: 0 })
}

async function leaveCrew({ orderId, buttons }: JobActPage): Promise<void> {
  const reason = await choose(LEAVE_CREW_REASONS, '为什么去不了')
  if (!reason) return
  const jobs = await buttons.run('leave_crew', (requestId) => call('technician', 'leaveCrew', { orderId, reason }, { requestId }))
  if (jobs) void wx.switchTab({ url: '/pages/jobs/jobs' })
}

/** R19 what the homeowner has not answered, or confirmed and does not pay. */
async function withdrawChange({ orderId, change }: JobView, { run }: JobActPage): Promise<void> {
  if (!change) return
  const sure = await confirm({ title: '撤回加减项目？', content: '照原来说好的做。要再加，重新发给业主。', confirmText: '撤回' })
  if (!sure) return
  const { version } = change
  if (await run('withdraw_change', (requestId) => call('technician', 'withdrawChange', { orderId, version }, { requestId }))) showDone('撤回了')
}

/** R47 */
export async function removeHelper(helperId: string, { orderId, run }: JobActPage): Promise<void> {
  const sure = await confirm({ title: '去掉这位帮手？', content: '他的时间马上空出来，会告诉他不用来了。', confirmText: '去掉' })
  if (!sure) return
  await run('add_helper', (requestId) => call('technician', 'removeHelper', { orderId, helperId, reason: '不用帮手了' }, { requestId }))
}
