import { readNetwork, watchNetwork } from './lib/network'
import { learnTemplates } from './lib/subscribe'

/** Pages that are told what messages are asked for by. */
const TOLD = ['pages/home/home', 'pages/jobs/jobs', 'pages/me/me']

/**
 * The app's start: the cloud, and a new version when there is one. Nothing is asked of anyone here; permissions are asked where they are needed.
 */
App({
  onLaunch({ path }) {
    // An old WeChat has no cloud: lib/cloud.ts says so at the first call, in words, instead of a TypeError here.
    if (wx.cloud) {
      wx.cloud.init({ traceUser: true })
      if (!TOLD.includes(path)) void learnTemplates()
    }
    watchNetwork()
    offerNewVersion()
  },
  onShow() {
    readNetwork()
  },
})

/** Restarting loses nothing: drafts are kept as they are typed (R02). */
function offerNewVersion(): void {
  const updates = wx.getUpdateManager()
  updates.onUpdateReady(() => {
    wx.showModal({
      title: '有新版本',
      content: '重新打开就能用上，您填了一半的内容都还在。',
      confirmText: '现在换',
      cancelText: '等会儿',
      success: ({ confirm }) => {
        if (confirm) updates.applyUpdate()
      },
    })
  })
}
