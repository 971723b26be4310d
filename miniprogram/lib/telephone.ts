import { confirm } from './dialog'
import { isCancelled } from './error-text'

/** Opens the dialler. Where WeChat wants a fresh tap (the number came from the server meanwhile), a dialog gives one. */
export async function dialNumber(phoneNumber: string, whom: string): Promise<void> {
  try {
    await wx.makePhoneCall({ phoneNumber })
  } catch (error) {
    if (isCancelled(error)) return
    const again = await confirm({ title: `打给${whom}`, content: phoneNumber, confirmText: '拨打', cancelText: '不打了' })
    if (again) wx.makePhoneCall({ phoneNumber, fail: () => undefined })
  }
}
