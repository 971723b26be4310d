/**
 * What the tab bar knows, apart from any page: each tab page has an instance of its own, so the facts live here.
 * Pages say what they learned (`rememberRole`, `rememberBadges`) and, in onShow, which tab they are (`showTab`).
 */
export interface Tab {
  path: string
  text: string
  icon: string
  badge: number
}

/** Figures on the tabs: what waits for the person there. */
export interface TabBadges {
  orders: number
  jobs: number
  me: number
}

const ROLE_KEY = 'role:technician'

const TABS: { path: string; text: string; icon: string; counts?: keyof TabBadges; technicianOnly?: true }[] = [
  { path: 'pages/home/home', text: '首页', icon: 'home' },
  { path: 'pages/jobs/jobs', text: '接单', icon: 'jobs', counts: 'jobs', technicianOnly: true },
  { path: 'pages/orders/orders', text: '工单', icon: 'orders', counts: 'orders' },
  { path: 'pages/me/me', text: '我的', icon: 'me', counts: 'me' },
]

let technician: boolean | null = null
const badges: TabBadges = { orders: 0, jobs: 0, me: 0 }

/** The role is kept on the phone, so that a technician's tab is there before the first answer. It only shows a tab; the server decides who may do what (R40). */
export function rememberRole(isTechnician: boolean): void {
  if (isTechnician === isTechnicianKnown()) return
  technician = isTechnician
  wx.setStorage({ key: ROLE_KEY, data: isTechnician, fail: () => undefined })
}

export const knownBadges = (): Readonly<TabBadges> => badges

export function rememberBadges(known: Partial<TabBadges>): void {
  Object.assign(badges, known)
}

/** The tabs of this person, in order. */
export function tabsOf(isTechnician: boolean, counts: TabBadges): Tab[] {
  return TABS.filter((tab) => isTechnician || !tab.technicianOnly).map(({ path, text, icon, counts: which }) => ({
    path,
    text,
    icon,
    badge: which ? counts[which] : 0,
  }))
}

export function currentTabs(): Tab[] {
  return tabsOf(isTechnicianKnown(), badges)
}

interface TabPage {
  route?: string
  getTabBar?: () => { draw(path: string): void } | null | undefined
}

/** Call in a tab page's onShow, and again when its badges have changed. */
export function showTab(page: object): void {
  const { getTabBar, route } = page as TabPage
  getTabBar?.call(page)?.draw(route ?? '')
}

/** Whether this phone is a technician's, as far as it has heard. */
export function isTechnicianKnown(): boolean {
  if (technician === null) technician = wx.getStorageSync(ROLE_KEY) === true
  return technician
}
