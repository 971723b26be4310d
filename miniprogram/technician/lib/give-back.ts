import type { ButtonCalls } from '../../lib/button-calls'
import { call } from '../../lib/cloud'
import { choose, confirm } from '../../lib/dialog'

const REASONS = ['时间赶不上', '材料不够', '这活我做不了', '人不舒服', '车坏在路上']

/** R09 why, then once more, then it is somebody else's. */
export async function giveBack(orderId: string, buttons: ButtonCalls): Promise<void> {
  const reason = await choose(REASONS, '为什么退回？会记一次')
  if (!reason) return
  const sure = await confirm({ title: '退回这单？', content: '马上派给别的师傅，您这次不会再收到它。', confirmText: '退回' })
  if (!sure) return
  const jobs = await buttons.run('give_back', (requestId) => call('technician', 'giveBack', { orderId, reason }, { requestId }))
  if (jobs) void wx.switchTab({ url: '/pages/jobs/jobs' })
}
