import { showFailure } from './dialog'
import { RequestIds } from './request-id'

interface ButtonPage {
  data: { busy: string }
  setData(data: { busy: string }): void
}

/**
 * What a page's buttons do: one call at a time, the button shows that it works (`busy` = the act), the same requestId on a retry,
 * the server's sentence when refused. Make one in onLoad.
 */
export class ButtonCalls {
  private readonly requestIds = new RequestIds()
  private running = false

  constructor(private readonly page: ButtonPage) {}

  /**
   * Runs `work` for a button. Gives its result, or null when another call runs or it failed (the sentence is shown, unless
   * `onFailure` returns true because the page has shown it beside the field).
   */
  async run<T>(act: string, work: (requestId: string) => Promise<T>, onFailure?: (error: unknown) => boolean): Promise<T | null> {
    if (this.running) return null
    this.running = true
    this.page.setData({ busy: act })
    try {
      const result = await work(this.requestIds.for(act))
      this.requestIds.settle(act)
      return result
    } catch (error) {
      this.requestIds.failed(act, error)
      if (!onFailure?.(error)) void showFailure(error)
      return null
    } finally {
      this.running = false
      this.page.setData({ busy: '' })
    }
  }
}
