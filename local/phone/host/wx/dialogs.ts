/** wx.showToast, showLoading, showModal, showActionSheet. */
import type { ModalOptions } from '../chrome/layers'
import type { Phone } from '../phone'
import { api } from './api'

interface Toast {
  title: string
  icon?: 'success' | 'error' | 'loading' | 'none'
  image?: string
  duration?: number
  mask?: boolean
}

export function dialogApis({ layers }: Phone): Record<string, unknown> {
  return {
    showToast: api<Toast>('showToast', ({ title, icon = 'success', image, duration = 1500, mask = false }) =>
      layers.toast({ title, icon, duration, mask, ...(image ? { image } : {}) }),
    ),
    hideToast: api('hideToast', () => layers.hideToast()),
    showLoading: api<Toast>('showLoading', ({ title, mask = false }) => layers.toast({ title, icon: 'loading', mask, duration: Infinity })),
    hideLoading: api('hideLoading', () => layers.hideToast()),
    showModal: api<ModalOptions>('showModal', async (options) => {
      if ((options.confirmText ?? '').length > 4) throw new Error('confirmText length should not larger than 4 Chinese characters')
      if ((options.cancelText ?? '').length > 4) throw new Error('cancelText length should not larger than 4 Chinese characters')
      const { confirmed, content } = await layers.modal(options)
      return { confirm: confirmed, cancel: !confirmed, content: options.editable === true && confirmed ? content : null }
    }),
    showActionSheet: api<{ itemList: string[]; itemColor?: string; alertText?: string }>(
      'showActionSheet',
      async ({ itemList, itemColor, alertText }) => {
        if (itemList.length > 6) throw new Error('itemList should not be larger than 6')
        const tapIndex = await layers.actionSheet(itemList, {
          ...(itemColor ? { colour: itemColor } : {}),
          ...(alertText ? { title: alertText } : {}),
        })
        if (tapIndex === null) throw new Error('cancel')
        return { tapIndex }
      },
    ),
  }
}
