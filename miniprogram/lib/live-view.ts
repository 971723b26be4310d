import { errorText } from './error-text'
import { showFailure } from './dialog'
import { isOnline, onNetworkChange } from './network'
import { Polling } from './polling'
import { serverNow } from './server-clock'

export type PageStatus = 'loading' | 'error' | 'empty' | 'ready'

interface LivePage {
  data: { status: PageStatus; message: string }
  /** `readAt` is for components/network-line: of when that is what the page shows. */
  setData(data: { status: PageStatus; message: string } | { readAt: number }): void
}

export interface LiveViewOptions<T> {
  page: LivePage
  fetch: () => Promise<T>
  /** Puts the value on the page: its own setData, small. Gives the status when it is not `ready`. */
  show: (value: T) => PageStatus | void
  /** ms between looks while shown; null when nothing is waited for. Nothing polls without it. */
  everyMs?: (value: T) => number | null
}

/**
 * What a page shows of the server: a skeleton at first, an error with 重试, refreshed in onShow, by pulling down and by polling while
 * shown. An answer that was asked for before a newer one arrived is dropped; a failed refresh keeps what is there. When the network is back it looks at once.
 */
export class LiveView<T> {
  private asked = 0
  private shownAsk = -1
  private value: T | null = null
  private visible = false
  /** When `value` came, ms by the server's clock. */
  private readAt = 0
  private unhear: (() => void) | null = null
  private readonly polling: Polling

  constructor(private readonly options: LiveViewOptions<T>) {
    this.polling = new Polling({
      everyMs: () => (this.value === null ? null : (options.everyMs?.(this.value) ?? null)),
      look: () => this.fetchOnce(),
    })
  }

  /** In onShow. */
  async shown(): Promise<void> {
    this.visible = true
    this.unhear ??= onNetworkChange((online) => this.networkChanged(online))
    if (!isOnline()) this.tellReadAt()
    await this.load()
  }

  /** In onHide and onUnload. */
  hidden(): void {
    this.visible = false
    this.unhear?.()
    this.unhear = null
    this.polling.stop()
  }

  private networkChanged(online: boolean): void {
    if (!online) {
      this.tellReadAt()
      return
    }
    // Not after the pause that its failures have made long.
    this.polling.stop()
    void this.load()
  }

  private tellReadAt(): void {
    if (this.value !== null) this.options.page.setData({ readAt: this.readAt })
  }

  /** In onPullDownRefresh: tells when it fails, since the person asked. */
  async pulled(): Promise<void> {
    try {
      await this.fetchOnce()
    } catch (error) {
      if (this.value === null) this.fail(error)
      else void showFailure(error)
    } finally {
      void wx.stopPullDownRefresh()
      this.poll()
    }
  }

  /** For 重试. */
  async retry(): Promise<void> {
    this.status('loading', '')
    await this.load()
  }

  /** Shows the answer of a button: newer than any look that is under way. */
  put(value: T): void {
    this.asked += 1
    this.showAnswer(this.asked, value)
    this.poll()
  }

  private async load(): Promise<void> {
    try {
      await this.fetchOnce()
    } catch (error) {
      if (this.value === null) this.fail(error)
    }
    this.poll()
  }

  private async fetchOnce(): Promise<void> {
    this.asked += 1
    const ask = this.asked
    this.showAnswer(ask, await this.options.fetch())
  }

  private showAnswer(ask: number, value: T): void {
    if (ask < this.shownAsk) return
    this.shownAsk = ask
    this.value = value
    this.readAt = serverNow()
    this.status(this.options.show(value) ?? 'ready', '')
  }

  private fail(error: unknown): void {
    this.status('error', errorText(error))
  }

  private status(status: PageStatus, message: string): void {
    const { data } = this.options.page
    if (data.status !== status || data.message !== message) this.options.page.setData({ status, message })
  }

  private poll(): void {
    if (this.visible) this.polling.start()
  }
}
