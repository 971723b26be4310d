import { readAppearance } from '../lib/appearance'
import { currentTabs, type Tab } from './tabs'

/** The tab bar: 首页 · 接单 (technicians only) · 工单 · 我的. Each tab page calls `showTab(this)` of ./tabs in onShow. */
Component({
  data: { tabs: [] as Tab[], selected: '', look: readAppearance() },
  lifetimes: {
    attached() {
      this.draw(getCurrentPages().slice(-1)[0]?.route ?? '')
    },
  },
  methods: {
    /** Draws tabs, figures and the selected one anew; `path` is the page's route. */
    draw(path: string) {
      this.setData({ tabs: currentTabs(), selected: path, look: readAppearance() })
    },
    go(event: WechatMiniprogram.TouchEvent<object, object, { path: string }>) {
      const { path } = event.currentTarget.dataset
      if (path !== this.data.selected) void wx.switchTab({ url: `/${path}` })
    },
  },
})
