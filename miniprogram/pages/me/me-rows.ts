import type { HomeView } from '../../../typings/contract'

export interface MeRow {
  act: 'inbox' | 'orders' | 'price_book' | 'verify' | 'badge' | 'schedule' | 'record' | 'reach' | 'join' | 'hotline' | 'privacy'
  icon: string
  title: string
  note: string
  count: number
}

export interface MeGroup {
  name: string
  rows: MeRow[]
}

/** The rows of 我的, in groups: what is mine, what helps to trust, how to reach us. */
export function meRows(home: HomeView): MeGroup[] {
  const row = (act: MeRow['act'], icon: string, title: string, note = '', count = 0): MeRow => ({ act, icon, title, note, count })
  const mine = [
    row('inbox', 'bell', '消息', home.unread > 0 ? '' : '没有没看的', home.unread),
    home.technician
      ? row('orders', 'orders', '我的单', '手上的、做完的、自家报修', home.waitingForYou)
      : row('orders', 'orders', '我的工单', home.waitingForYou > 0 ? '' : '没有等您办的', home.waitingForYou),
  ]
  if (home.isTechnician) mine.unshift(row('badge', 'badge', '我的工牌', '给业主看，请业主核对'))
  const working = home.isTechnician
    ? [row('schedule', 'orders', '我的日程', '活、班次、请假'), row('record', 'star', '我的记录', '准时、评分、违规和异议'), row('reach', 'bell', '能不能收到新单', '上岗、位置、微信提醒')]
    : [row('join', 'jobs', '我是师傅，想来干活', '报名，核对证件，给工号')]
  return [
    { name: 'mine', rows: mine },
    { name: 'working', rows: working },
    {
      name: 'trust',
      rows: [row('price_book', 'receipt', '价目表', '上门、勘察不收费'), row('verify', 'scan', '验真伪', '师傅工牌、保修卡')],
    },
    {
      name: 'reach',
      rows: [row('hotline', 'phone', '服务热线', home.hotline), row('privacy', 'privacy', '隐私保护', '我们用了哪些信息，用来做什么')],
    },
  ]
}

/** Who they are: a technician by name and staff number (R52); 林女士 at her address; or how we greet someone who has not filed anything yet. */
export function greeting({ lastContact, technician }: Pick<HomeView, 'lastContact' | 'technician'>): { name: string; second: string } {
  if (technician) return { name: technician.name, second: `工号 ${technician.staffNumber}` }
  if (lastContact) return { name: `${lastContact.name}${lastContact.honorific}`, second: `${lastContact.place.address} ${lastContact.place.room}` }
  return { name: '您好', second: '家里坏了，说一声就行' }
}
