import type { TemplateKey } from '../../typings/contract'
import type { FunctionName } from './cloud'
import { showDone, showSentence } from './dialog'
import { askForMessages } from './subscribe'

/** Asks for more messages because the person wants them, and says what came of it (R41). Call it first thing in the tap's handler. */
export async function topUpMessages(name: FunctionName, keys: readonly TemplateKey[]): Promise<void> {
  const { allowed } = await askForMessages(name, keys)
  if (allowed) showDone('多响一次')
  else await showSentence('微信这次没让发提醒。点右上角三个点、“设置”、“订阅消息”，把提醒打开再来。')
}
