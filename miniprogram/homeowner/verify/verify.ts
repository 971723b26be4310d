import type { HomeownerApi } from '../../../typings/contract'
import { readAppearance } from '../../lib/appearance'
import { call, isActionFailure } from '../../lib/cloud'
import { showFailure } from '../../lib/dialog'
import { isCancelled } from '../../lib/error-text'
import { formatDate } from '../../lib/time'
import { codeIn } from './code-text'

type Verdict = HomeownerApi['verifyCode']['data']

Page({
  data: { look: readAppearance(), code: '', problem: '', busy: false, verdict: null as Verdict | null, until: '' },

  onLoad(query: { code?: string; scene?: string }) {
    const code = codeIn(query.code ?? query.scene ?? '')
    if (!code) return
    this.setData({ code })
    void this.verify()
  },
  onShow() {
    this.setData({ look: readAppearance() })
  },

  typeCode(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ code: event.detail.value, problem: '' })
  },
  async scan() {
    try {
      const { result, path } = await wx.scanCode({ scanType: ['qrCode'] })
      this.setData({ code: codeIn(result || path) })
      await this.verify()
    } catch (error) {
      if (!isCancelled(error)) await showFailure(error)
    }
  },
  async verify() {
    const code = codeIn(this.data.code)
    if (!code) {
      this.setData({ problem: '输入工牌或保修卡上的编码，或者扫一扫', verdict: null })
      return
    }
    if (this.data.busy) return
    this.setData({ busy: true, problem: '', verdict: null })
    try {
      const verdict = await call('homeowner', 'verifyCode', { code })
      this.setData({ verdict, until: verdict.card ? formatDate(verdict.card.until) : '' })
    } catch (error) {
      if (isActionFailure(error) && error.code === 'INVALID_INPUT') this.setData({ problem: error.fields.code ?? error.message })
      else await showFailure(error)
    } finally {
      this.setData({ busy: false })
    }
  },
  openCard() {
    const { verdict } = this.data
    if (verdict?.card) void wx.navigateTo({ url: `/homeowner/warranty-card/warranty-card?code=${verdict.card.code}` })
  },
})
