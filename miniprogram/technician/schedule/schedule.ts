import type { LeaveView, ScheduleView } from '../../../typings/contract'
import { readAppearance } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, isActionFailure, serverNow } from '../../lib/cloud'
import { confirm, showDone } from '../../lib/dialog'
import { liveLifecycle } from '../../lib/live-page'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { formatDay, isoDay, plainClock, startOfDay } from '../../lib/time'
import { chosenDay, monthBeside, monthCells, monthTitle, type ChosenDay, type DayCell } from './month-grid'
import { dayPart, markWrong, MOST_A_DAY, onePartMore, shiftsFrom, weekOf, type DayPart, type WeekDay } from './week-hours'

const DAY_MS = 86_400_000
const RADII = [3, 5, 8, 12, 20]

/** Days and clocks as the pickers keep them. */
interface Leave {
  leaveFrom: string
  leaveTo: string
  leaveFromClock: string
  leaveToClock: string
}

/** The same to be read: 明天, 8:00. */
const shown = ({ leaveFrom, leaveTo, leaveFromClock, leaveToClock }: Leave): Leave => {
  const day = (date: string) => formatDay(`${date}T00:00:00+08:00`, serverNow())
  return { leaveFrom: day(leaveFrom), leaveTo: day(leaveTo), leaveFromClock: plainClock(leaveFromClock), leaveToClock: plainClock(leaveToClock) }
}

/** A technician's own calendar: jobs by day, weekly hours, time off, how far they go (R52). */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus, message: '', busy: '', look: readAppearance(), title: '', cells: [] as DayCell[], day: { title: '', second: '', jobs: [] } as ChosenDay, leave: [] as LeaveView[],
    week: [] as WeekDay[], mostADay: MOST_A_DAY, anyShift: false, weekOpen: false, weekError: '', radii: RADII, radiusKm: 0,
    leaveOpen: false, leaveFrom: '', leaveTo: '', leaveFromClock: '08:00', leaveToClock: '18:00', leaveShown: {} as Partial<Leave>, leaveError: '', firstDay: '',
  },
  month: '',
  date: '',
  reason: '',
  view: null as ScheduleView | null,
  live: undefined as LiveView<ScheduleView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad() {
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<ScheduleView>({ page: this, fetch: () => call('technician', 'getSchedule', this.month ? { month: this.month } : {}), show: (view) => this.show(view) })
  },
  retry() {
    void this.live?.retry()
  },

  show(view: ScheduleView) {
    this.view = view
    this.month = view.month
    if (!this.date.startsWith(view.month)) this.date = view.today.startsWith(view.month) ? view.today : (view.days[0]?.date ?? '')
    this.setData({
      title: monthTitle(view.month), cells: monthCells(view, this.date), day: chosenDay(view, this.date), leave: view.leave.filter(({ past }) => !past), radiusKm: view.radiusMetres / 1000,
      anyShift: view.shifts.length > 0,
      ...(this.data.weekOpen ? {} : { week: weekOf(view.shifts) }),
    })
  },
  pick(event: WechatMiniprogram.TouchEvent<object, object, { date: string }>) {
    const { view } = this
    this.date = event.currentTarget.dataset.date
    if (view) this.setData({ cells: monthCells(view, this.date), day: chosenDay(view, this.date) })
  },
  turn(event: WechatMiniprogram.TouchEvent<object, object, { step: 1 | -1 }>) {
    this.month = monthBeside(this.month, event.currentTarget.dataset.step)
    void this.live?.shown()
  },
  openJob(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    void wx.navigateTo({ url: `/technician/job/job?id=${event.currentTarget.dataset.id}` })
  },

  /** Runs one change and shows the calendar that comes back; a refusal is shown beside its form. */
  async change(act: string, work: (requestId: string) => Promise<ScheduleView>, field?: 'weekError' | 'leaveError'): Promise<boolean> {
    const view = await this.buttons?.run(act, work, (error) => {
      if (!field || !isActionFailure(error)) return false
      this.setData({ [field]: error.message, ...(field === 'weekError' ? { week: markWrong(this.data.week, error.fields) } : {}) })
      return true
    })
    if (view) this.live?.put(view)
    return Boolean(view)
  },

  toggleWeek() {
    this.setData({ weekOpen: !this.data.weekOpen, weekError: '', week: weekOf(this.view?.shifts ?? []) })
  },
  changeDay(index: number, change: (parts: DayPart[]) => DayPart[]) {
    const week = markWrong(this.data.week, {}).map((day, at) => (at === index ? { ...day, parts: change(day.parts) } : day))
    this.setData({ week, weekError: '' })
  },
  onDayOn(event: WechatMiniprogram.TouchEvent<object, object, { index: number }>) {
    this.changeDay(event.currentTarget.dataset.index, (parts) => (parts.length > 0 ? [] : onePartMore([])))
  },
  addPart(event: WechatMiniprogram.TouchEvent<object, object, { index: number }>) {
    this.changeDay(event.currentTarget.dataset.index, onePartMore)
  },
  removePart(event: WechatMiniprogram.TouchEvent<object, object, { index: number; place: number }>) {
    const { index, place } = event.currentTarget.dataset
    this.changeDay(index, (parts) => parts.filter((_, at) => at !== place))
  },
  onClock(event: WechatMiniprogram.PickerChange<object, { index: number; place: number; end: 'from' | 'to' }>) {
    const { index, place, end } = event.currentTarget.dataset
    const { value } = event.detail
    this.changeDay(index, (parts) => parts.map((part, at) => (at === place ? dayPart(part.key, { ...part, [end]: typeof value === 'string' ? value : part[end] }) : part)))
  },
  async saveWeek() {
    const saved = await this.change('shifts', (requestId) => call('technician', 'setShifts', { shifts: shiftsFrom(this.data.week) }, { requestId }), 'weekError')
    if (!saved) return
    this.setData({ weekOpen: false, week: weekOf(this.view?.shifts ?? []) })
    showDone('存好了')
  },

  toggleLeave() {
    const tomorrow = isoDay(startOfDay(serverNow()) + DAY_MS)
    const from = this.date > tomorrow ? this.date : tomorrow
    this.setData({ leaveOpen: !this.data.leaveOpen, leaveError: '', leaveFrom: from, leaveTo: from, firstDay: isoDay(serverNow()), leaveShown: shown({ ...this.data, leaveFrom: from, leaveTo: from }) })
  },
  onLeave(event: WechatMiniprogram.PickerChange<object, { field: keyof Leave }>) {
    const changed = { [event.currentTarget.dataset.field]: event.detail.value }
    this.setData({ ...changed, leaveShown: shown({ ...this.data, ...changed }), leaveError: '' })
  },
  onLeaveReason(event: WechatMiniprogram.Input) {
    this.reason = event.detail.value
  },
  async takeLeave() {
    const { leaveFrom, leaveTo, leaveFromClock, leaveToClock } = this.data
    const reason = this.reason.trim()
    if ([...reason].length < 2) {
      this.setData({ leaveError: '写一句原因，比如：家里有事' })
      return
    }
    const moment = (date: string, clock: string) => new Date(`${date}T${clock}:00+08:00`).toISOString()
    const input = { from: moment(leaveFrom, leaveFromClock), to: moment(leaveTo, leaveToClock), reason }
    const taken = await this.change('leave', (requestId) => call('technician', 'takeLeave', input, { requestId }), 'leaveError')
    if (!taken) return
    this.reason = ''
    this.setData({ leaveOpen: false })
    showDone('假请好了')
  },
  async cancelLeave(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    const leaveId = event.currentTarget.dataset.id
    if (!(await confirm({ title: '销假？', content: '那段时间又可以派单给您。', confirmText: '销假' }))) return
    await this.change('leave', (requestId) => call('technician', 'cancelLeave', { leaveId }, { requestId }))
  },
  async onRadius(event: WechatMiniprogram.TouchEvent<object, object, { km: number }>) {
    const { km } = event.currentTarget.dataset
    await this.change('radius', (requestId) => call('technician', 'setRadius', { radiusMetres: km * 1000 }, { requestId }))
  },
})
