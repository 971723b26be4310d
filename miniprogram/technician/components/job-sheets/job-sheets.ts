import type { ButtonAct, HelperFound, JobView, MissingPart } from '../../../../typings/contract'
import { ButtonCalls } from '../../../lib/button-calls'
import { call, isActionFailure } from '../../../lib/cloud'
import { showDone } from '../../../lib/dialog'
import { clearDraft } from '../../../lib/draft'

/** The acts of a job that want more than a press. */
export type SheetAct = Extract<ButtonAct, 'send_quote' | 'report_completion' | 'sign_card_technician' | 'hand_over_parts' | 'check_out' | 'tell_delay' | 'wait_for_parts' | 'add_helper'>

/**
 * The sheets of a job, one open at a time: quote, completion, signature, old parts, leaving. Each sends for itself.
 * Events: `answered` {job} with the job that came back, `refused` when the page should look again, `close`.
 */
Component({
  properties: {
    /** Which is open; empty = none. */
    sheet: { type: String, value: '' as SheetAct | '' },
    job: { type: Object, value: null as unknown as JobView },
  },
  data: { busy: '', errors: {} as Record<string, string>, draftKey: '', found: null as HelperFound | null },
  observers: {
    sheet(sheet: SheetAct | '') {
      if (sheet !== '') this.setData({ errors: {}, found: null })
    },
    job(job: JobView | null) {
      const draftKey = job ? `completion:${job.orderId}:${job.visitNo}` : ''
      if (draftKey !== this.data.draftKey) this.setData({ draftKey })
    },
  },
  methods: {
    async run(act: SheetAct, work: (requestId: string) => Promise<JobView>): Promise<boolean> {
      const job = await callsOf(this).run(act, work, (error) => this.showFieldErrors(error))
      if (!job) {
        this.triggerEvent('refused')
        return false
      }
      this.close()
      this.triggerEvent('answered', { job })
      return true
    },

    /** Beside the fields, and in words too: the field may be below the fold. */
    showFieldErrors(error: unknown): boolean {
      if (isActionFailure(error) && Object.keys(error.fields).length > 0) this.setData({ errors: error.fields })
      return false
    },

    visit(): { orderId: string; visitNo: number } {
      const { orderId, visitNo } = this.data.job as JobView
      return { orderId, visitNo }
    },

    close() {
      this.triggerEvent('close')
    },
    onVisible(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.close()
    },

    async onReport(event: WechatMiniprogram.CustomEvent<{ findings: string; advice: string }>) {
      const { draftKey } = this.data
      const input = { ...this.visit(), ...event.detail }
      if (await this.run('report_completion', (requestId) => call('technician', 'reportCompletion', input, { requestId })))
        clearDraft(draftKey)
    },
    async onTold(event: WechatMiniprogram.CustomEvent<{ reason: string; at: string; parts: MissingPart[] }>) {
      const { orderId } = this.visit()
      const { reason, at, parts } = event.detail
      const told =
        this.data.sheet === 'tell_delay'
          ? await this.run('tell_delay', (requestId) => call('technician', 'tellDelay', { orderId, at, reason }, { requestId }))
          : await this.run('wait_for_parts', (requestId) => call('technician', 'waitForParts', { orderId, parts, expectedAt: at, reason }, { requestId }))
      if (told) showDone('告诉业主了')
    },
    /** Whose number it is: an unknown one is said beside the field and nowhere else, for it is right above the button. */
    async onLook(event: WechatMiniprogram.CustomEvent<{ staffNumber: string }>) {
      const input = { orderId: this.visit().orderId, ...event.detail }
      this.setData({ errors: {}, found: null })
      const found = await callsOf(this).run(
        'add_helper',
        () => call('technician', 'findHelper', input),
        (error) => {
          this.showFieldErrors(error)
          return this.data.errors.staffNumber !== undefined
        },
      )
      if (found) this.setData({ found })
    },
    onHelper(event: WechatMiniprogram.CustomEvent<{ staffNumber: string }>) {
      const input = { orderId: this.visit().orderId, ...event.detail }
      this.setData({ errors: {} })
      void this.run('add_helper', (requestId) => call('technician', 'addHelper', input, { requestId }))
    },
    onQuote(event: WechatMiniprogram.CustomEvent<{ items: { code: string; quantity: number }[]; note?: string }>) {
      const input = { orderId: this.visit().orderId, ...event.detail }
      void this.run('send_quote', (requestId) => call('technician', 'sendQuote', input, { requestId }))
    },
    onSigned(event: WechatMiniprogram.CustomEvent<{ fileId: string }>) {
      const input = { orderId: this.visit().orderId, signature: event.detail.fileId }
      void this.run('sign_card_technician', (requestId) => call('technician', 'signCard', input, { requestId }))
    },
    onHand(event: WechatMiniprogram.CustomEvent<{ handedOver: boolean; note: string }>) {
      const input = { ...this.visit(), ...event.detail }
      void this.run('hand_over_parts', (requestId) => call('technician', 'handOverParts', input, { requestId }))
    },
    async onLeave() {
      const input = { ...this.visit(), toolsCounted: true, nothingLeftBehind: true }
      if (await this.run('check_out', (requestId) => call('technician', 'checkOut', input, { requestId }))) showDone('这趟做完了')
    },
  },
})

const calls = new WeakMap<object, ButtonCalls>()

function callsOf(sheets: ConstructorParameters<typeof ButtonCalls>[0]): ButtonCalls {
  const existing = calls.get(sheets)
  if (existing) return existing
  const made = new ButtonCalls(sheets)
  calls.set(sheets, made)
  return made
}
