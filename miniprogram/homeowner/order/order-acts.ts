import type { ButtonAct, HomeownerApi, OrderView, TemplateKey } from '../../../typings/contract'
import type { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { choose, confirm, showDone, showFailure, showSentence } from '../../lib/dialog'
import { isCancelled } from '../../lib/error-text'
import { HOMEOWNER_PROMPTS } from '../../lib/message-prompts'
import { serverNow } from '../../lib/server-clock'
import { askForMessages } from '../../lib/subscribe'
import { formatMoment } from '../../lib/time'
import { pageOf } from './order-facts'

/** Reasons people give; the last one says that they owe us none. */
const CANCEL_REASONS = ['不用修了，好了', '时间对不上', '想换别家', '价钱不合适', '填错了，重新报', '不想说']

export interface ActPage {
  buttons: ButtonCalls
  /** Shows the order that an action answered with. */
  put(order: OrderView): void
  /** The window that the homeowner has picked for another visit. */
  rebooking(): Rebooking | null
}

export interface Rebooking {
  from: string
  to: string
  same: boolean
}

/** Does what a button of the order page says. Others' pages are opened; what belongs here is done here. */
export async function perform(act: ButtonAct, order: OrderView, page: ActPage): Promise<void> {
  const url = pageOf(act, order)
  if (url) {
    await wx.navigateTo({ url })
    return
  }
  switch (act) {
    case 'notify_me':
      await notifyMe()
      return
    case 'cancel':
      await cancel(order, page)
      return
    case 'agree_delay':
      // What they agree to is the time that stands on their screen.
      if (order.delay) {
        const { to } = order.delay
        await answer(page, act, '答复好了', (requestId) => call('homeowner', 'agreeDelay', { orderId: order.id, at: to }, { requestId }), HOMEOWNER_PROMPTS.newTime)
      }
      return
    case 'say_at_home':
      await answer(page, act, '告诉师傅了', (requestId) => call('homeowner', 'sayAtHome', { orderId: order.id }, { requestId }))
      return
    case 'rebook':
      await rebook(order, page)
      return
    case 'report_cash':
      if (await confirm({ title: '师傅向您要现金？', content: '钱只在手机上付，师傅不能收现金。我们马上核实，不会告诉师傅是您说的。', confirmText: '告诉公司', cancelText: '没有' })) {
        await answer(page, act, '马上核实', (requestId) => call('homeowner', 'reportCash', { orderId: order.id, visitNo: order.visits.at(-1)?.no ?? 1 }, { requestId }))
      }
      return
    case 'call_hotline':
      await callHotline(order)
      return
    default:
      await showSentence('这一步要在新版里办，请重新打开小程序')
  }
}

/** Presses that say something and want no more words. */
async function answer({ buttons, put }: ActPage, act: ButtonAct, done: string, work: (requestId: string) => Promise<OrderView>, prompts: readonly TemplateKey[] = []): Promise<void> {
  // First thing in the tap: WeChat shows its question only then.
  const asked = askForMessages('homeowner', prompts)
  const changed = await buttons.run(act, async (requestId) => {
    await asked
    return work(requestId)
  })
  if (!changed) return
  put(changed)
  showDone(done)
}

async function rebook(order: OrderView, page: ActPage): Promise<void> {
  const picked = page.rebooking()
  if (!picked) {
    await showSentence('请先选个方便的时间')
    return
  }
  const { same, ...wanted } = picked
  const when = formatMoment(wanted.from, serverNow())
  await answer(page, 'rebook', same ? `约${when}，先请上次的师傅` : `约${when}，在请师傅`, (requestId) => call('homeowner', 'rebook', { orderId: order.id, wanted, same }, { requestId }), HOMEOWNER_PROMPTS.newTime)
}

async function notifyMe(): Promise<void> {
  // Called straight from the tap: WeChat asks only then.
  const { allowed } = await askForMessages('homeowner', HOMEOWNER_PROMPTS.noticing)
  if (allowed) showDone('会通知您')
  else await showSentence('微信这次没让发通知。每一步消息都在“我的 · 消息”里，打开就能看到。')
}

/** Line by line when something is settled (R23). */
const costOf = ({ settledFen, lines, sentence }: HomeownerApi['previewCancel']['data']): string => (settledFen > 0 ? [...lines.map(({ text }) => text), sentence].join('\n') : sentence)

/** What it costs is shown before it is confirmed (R23); then why, then it is done. */
async function cancel(order: OrderView, { buttons, put }: ActPage): Promise<void> {
  const preview = await buttons.run('preview_cancel', () => call('homeowner', 'previewCancel', { orderId: order.id }))
  if (!preview) return
  if (!(await confirm({ title: preview.settledFen > 0 ? '停工结算？' : '取消这张工单？', content: costOf(preview), confirmText: '取消工单', cancelText: '先不取消' }))) return
  const reason = await choose(CANCEL_REASONS, '方便说说为什么吗')
  if (reason === null) return
  const cancelled = await buttons.run('cancel', (requestId) =>
    call('homeowner', 'cancelOrder', { orderId: order.id, reason, settledFen: preview.settledFen }, { requestId }),
  )
  if (cancelled) put(cancelled)
}

async function callHotline({ hotline }: OrderView): Promise<void> {
  try {
    await wx.makePhoneCall({ phoneNumber: hotline })
  } catch (error) {
    if (!isCancelled(error)) await showFailure(error)
  }
}
