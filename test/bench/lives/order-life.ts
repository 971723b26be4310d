/** An order's life through the functions, stage by stage, as the people in it would press their buttons. */
import { randomUUID } from 'node:crypto'
import type { FileRepairInput, JobView, OrderView, StepView, UploadPurpose } from '../../../typings/contract'
import type { Workplace } from '../../support/workplace'
import type { AnyPhone, HomeownerPhone, TechnicianPhone } from '../setting/callers'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export interface Place {
  address: string
  room: string
  district: string
  longitude: number
  latitude: number
}

export interface LifeOptions {
  workplace: Workplace
  homeowner: HomeownerPhone
  place: Place
  items?: FileRepairInput['items']
  /** From now to the beginning of the wanted window, ms. */
  wantedIn?: number
}

const PICTURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** Uploads pictures as a phone does: to paths that were given out. @returns their file ids */
async function upload(
  phone: AnyPhone,
  workplace: Workplace,
  what: { purpose: UploadPurpose; subject: string; count: number },
): Promise<string[]> {
  const files = Array.from({ length: what.count }, () => ({ extension: 'png' as const, bytes: PICTURE.length }))
  const { grants } = await phone.call('grantUploads', { purpose: what.purpose, subject: what.subject, files })
  return Promise.all(grants.map(({ cloudPath }) => workplace.upload(cloudPath, PICTURE, phone.openid)))
}

export class OrderLife {
  private constructor(
    private readonly workplace: Workplace,
    readonly homeowner: HomeownerPhone,
    private readonly place: Place,
    readonly orderId: string,
    readonly number: string,
    private readonly wanted: { from: Date; to: Date },
  ) {}

  /** R02: files a repair with one photo. */
  static async file({ workplace, homeowner, place, items, wantedIn = 3 * HOUR }: LifeOptions): Promise<OrderLife> {
    const requestId = randomUUID()
    const photos = await upload(homeowner, workplace, { purpose: 'filing', subject: requestId, count: 1 })
    const from = new Date(Date.parse(await workplace.clock.now()) + wantedIn)
    const wanted = { from, to: new Date(from.getTime() + 2 * HOUR) }
    const { orderId, number } = await homeowner.call(
      'fileRepair',
      {
        category: 'plumbing',
        items: items ?? [
          { code: 'tap-replace', quantity: 1 },
          { code: 'angle-valve-replace', quantity: 2 },
        ],
        problem: '厨房龙头关不紧，一直滴水',
        photos,
        contact: { name: '林晓', honorific: '女士', phone: '13800006621' },
        place,
        wanted: { from: wanted.from.toISOString(), to: wanted.to.toISOString() },
      },
      requestId,
    )
    return new OrderLife(workplace, homeowner, place, orderId, number, wanted)
  }

  get theOrder(): { orderId: string } {
    return { orderId: this.orderId }
  }

  view(): Promise<OrderView> {
    return this.homeowner.call('getOrder', this.theOrder)
  }

  /** Claims, phones and agrees on a time half an hour into the wanted window (R06, R10). */
  async claimAndAgree(technician: TechnicianPhone): Promise<JobView> {
    await technician.call('claimOffer', this.theOrder)
    return this.agree(technician)
  }

  async agree(technician: TechnicianPhone): Promise<JobView> {
    await technician.call('dial', this.theOrder)
    const now = Date.parse(await this.workplace.clock.now())
    const at = new Date(Math.max(this.wanted.from.getTime(), now + HOUR) + 30 * MINUTE)
    return technician.call('recordCall', { ...this.theOrder, outcome: 'agreed', appointmentAt: at.toISOString() })
  }

  /** R17a, R19, R23: confirms the quote that was sent last and pays what is due. */
  async pay(): Promise<void> {
    const { quote } = await this.view()
    if (!quote) throw new Error(`${this.number} has no quote`)
    const { stages } = await this.homeowner.call('confirmQuote', { ...this.theOrder, quoteVersion: quote.version })
    const due = stages.find((stage) => stage.state === 'due')
    if (!due) throw new Error(`${this.number} has nothing to pay`)
    const { outTradeNo } = await this.homeowner.call('startPayment', { ...this.theOrder, stageId: due.id })
    await this.workplace.pay(outTradeNo, { result: 'SUCCESS', notify: 'lost' })
    const { state } = await this.homeowner.call('checkPayment', { ...this.theOrder, outTradeNo })
    if (state !== 'paid') throw new Error(`${this.number} was paid and is ${state}`)
  }

  /** R13: sets out and arrives 20 minutes before the time. */
  async comeToTheDoor(technician: TechnicianPhone): Promise<JobView> {
    const job = await technician.call('getJob', this.theOrder)
    await this.doSteps(technician, job, ['before_setting_out'])
    await technician.call('setOut', this.theOrder)
    const at = Date.parse(job.appointment?.at ?? '')
    await this.workplace.clock.at(new Date(at - 20 * MINUTE).toISOString())
    const { longitude, latitude } = this.place
    return technician.call('arrive', { ...this.theOrder, position: { longitude, latitude } })
  }

  /** R14 */
  async enterDoorCode(technician: TechnicianPhone): Promise<JobView> {
    const { doorCode } = await this.view()
    return technician.call('enterDoorCode', { ...this.theOrder, code: doorCode ?? '' })
  }

  /** R28, R48: every step with its evidence, the timed one in its full length; then the report. */
  async workAndReport(technician: TechnicianPhone): Promise<JobView> {
    const job = await technician.call('getJob', this.theOrder)
    await this.doSteps(technician, job, ['at_door', 'work'])
    return technician.call('reportCompletion', { ...this.theOrder, visitNo: job.visitNo, findings: '角阀也旧了', advice: '一年内换掉' })
  }

  async acceptWork(): Promise<OrderView> {
    const { visits } = await this.view()
    return this.homeowner.call('acceptWork', { ...this.theOrder, visitNo: visits.at(-1)?.no ?? 1 })
  }

  /** R30: both sign, old parts are handed over, the technician leaves. */
  async close(technician: TechnicianPhone): Promise<JobView> {
    const { visitNo, card } = await technician.call('getJob', this.theOrder)
    if (card && !card.technician.signedAt) {
      await technician.call('signCard', { ...this.theOrder, signature: await this.signature(technician) })
      await this.homeowner.call('signWarrantyCard', { ...this.theOrder, signature: await this.signature(this.homeowner) })
    }
    await technician.call('handOverParts', { ...this.theOrder, visitNo, handedOver: true, note: '旧龙头一个' })
    return technician.call('checkOut', { ...this.theOrder, visitNo, toolsCounted: true, nothingLeftBehind: true })
  }

  /** From the claim to the warranty, nothing going wrong. */
  async wholeVisit(technician: TechnicianPhone): Promise<void> {
    await this.claimAndAgree(technician)
    await this.pay()
    await this.comeToTheDoor(technician)
    await this.enterDoorCode(technician)
    await this.workAndReport(technician)
    await this.acceptWork()
    await this.close(technician)
  }

  private async signature(phone: AnyPhone): Promise<string> {
    const [file] = await upload(phone, this.workplace, { purpose: 'signature', subject: this.orderId, count: 1 })
    return file ?? ''
  }

  private async doSteps(technician: TechnicianPhone, { steps, visitNo }: JobView, phases: StepView['phase'][]): Promise<void> {
    for (const step of steps.filter(({ phase, state }) => phases.includes(phase) && state !== 'done')) {
      const of = { ...this.theOrder, visitNo, stepId: step.id }
      if (step.minSeconds > 0) {
        await technician.call('startStep', of)
        await this.workplace.clock.advance(step.minSeconds * 1000)
      }
      const photos = step.photos
        ? await upload(technician, this.workplace, { purpose: 'step', subject: this.orderId, count: step.photos.min })
        : []
      await technician.call('completeStep', {
        ...of,
        ticks: step.ticks.map(({ id }) => id),
        photos,
        note: step.note?.required ? '照报价单做完了' : '',
      })
    }
  }
}
