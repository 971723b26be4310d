import type { ApplicationView, FileView, SkillLevelNumber } from '../../../typings/contract'
import { readAppearance } from '../../lib/appearance'
import { ButtonCalls } from '../../lib/button-calls'
import { call, isActionFailure } from '../../lib/cloud'
import { showSentence } from '../../lib/dialog'
import { clearDraft, readDraft, saveDraft } from '../../lib/draft'
import { isCancelled } from '../../lib/error-text'
import { liveLifecycle } from '../../lib/live-page'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { HOMEOWNER_PROMPTS } from '../../lib/message-prompts'
import { askForMessages, rememberTemplates } from '../../lib/subscribe'
import { applicationFrom, draftFrom, EMPTY_JOIN, joinProblems, withWhatIsKept, type JoinDraft } from './join-form'

const DRAFT = 'join'
const LEVELS = ['学徒', '熟手', '老师傅']
const RADII = [3, 5, 8, 12, 20]

type Field = 'name' | 'phone' | 'years' | 'about'

/** Somebody who wants to work here (R52): who they are, what they can do, their papers. What was typed stays till it is sent; the identity number is never kept on the phone. */
Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus, message: '', busy: '', look: readAppearance(), state: 'none' as ApplicationView['state'], reason: '', staffNumber: '', identityKept: false, editing: false, form: EMPTY_JOIN, errors: {} as Record<string, string>,
    skills: [] as { code: string; name: string; level: number; levelName: string }[], radii: RADII, levels: LEVELS,
  },
  categories: [] as ApplicationView['categories'],
  draft: EMPTY_JOIN,
  identityNumber: '',
  live: undefined as LiveView<ApplicationView> | undefined,
  buttons: undefined as ButtonCalls | undefined,

  onLoad() {
    this.buttons = new ButtonCalls(this)
    this.live = new LiveView<ApplicationView>({ page: this, fetch: () => call('homeowner', 'myApplication', {}), show: (view) => this.show(view) })
  },
  retry() {
    void this.live?.retry()
  },

  show(view: ApplicationView) {
    rememberTemplates(view.templates)
    this.categories = view.categories
    const { state, reason, staffNumber } = view
    this.setData({ state, reason, staffNumber, identityKept: view.sent?.identityKept ?? false })
    if (this.data.editing) return
    const draft = readDraft<JoinDraft>(DRAFT)
    this.fill(draft ? withWhatIsKept(draft, view) : draftFrom(view), state === 'none')
  },
  fill(draft: JoinDraft, editing: boolean) {
    this.draft = draft
    this.setData({ form: draft, editing, errors: {}, skills: this.skillsOf(draft) })
  },
  skillsOf({ levels }: JoinDraft) {
    return this.categories.map(({ code, name }) => ({ code, name, level: levels[code] ?? 0, levelName: LEVELS[(levels[code] ?? 0) - 1] ?? '' }))
  },
  keep(changes: Partial<JoinDraft>) {
    this.draft = { ...this.draft, ...changes }
    saveDraft(DRAFT, this.draft)
  },
  edit() {
    this.setData({ editing: true })
  },

  onField(event: WechatMiniprogram.CustomEvent<{ value: string }, object, { field: Field }>) {
    this.keep({ [event.currentTarget.dataset.field]: event.detail.value })
  },
  onIdentity(event: WechatMiniprogram.Input) {
    this.identityNumber = event.detail.value
  },
  onPhoto(event: WechatMiniprogram.CustomEvent<{ files: FileView[] }>) {
    this.keep({ photos: event.detail.files })
  },
  /** Not at all, then the three levels, then not at all again. */
  onSkill(event: WechatMiniprogram.TouchEvent<object, object, { code: string }>) {
    const { code } = event.currentTarget.dataset
    const level = ((this.draft.levels[code] ?? 0) + 1) % 4
    const { [code]: _before, ...others } = this.draft.levels
    this.keep({ levels: level === 0 ? others : { ...others, [code]: level as SkillLevelNumber } })
    this.setData({ skills: this.skillsOf(this.draft) })
  },
  onRadius(event: WechatMiniprogram.TouchEvent<object, object, { km: number }>) {
    this.keep({ radiusKm: event.currentTarget.dataset.km })
    this.setData({ 'form.radiusKm': this.draft.radiusKm })
  },
  async choosePlace() {
    try {
      const { name, address, longitude, latitude } = await wx.chooseLocation({})
      const place = name || address
      const district = /[一-龥]{1,6}?[区县市旗]/.exec(address.replace(/^.*?[省市]/, ''))?.[0] ?? place.slice(0, 10)
      this.keep({ place, district, point: { longitude, latitude } })
      this.setData({ 'form.place': place, 'errors.base': '' })
    } catch (error) {
      if (!isCancelled(error)) await showSentence('没拿到位置，请打开手机定位再试')
    }
  },

  addCertificate() {
    const [first] = Object.keys(this.draft.levels)
    this.keep({ certificates: [...this.draft.certificates, { category: first ?? this.categories[0]?.code ?? '', name: '', number: '', until: '', photos: [] }] })
    this.setData({ 'form.certificates': this.draft.certificates })
  },
  removeCertificate(event: WechatMiniprogram.TouchEvent<object, object, { index: number }>) {
    const { index } = event.currentTarget.dataset
    this.keep({ certificates: this.draft.certificates.filter((_each, place) => place !== index) })
    this.setData({ 'form.certificates': this.draft.certificates })
  },
  onCertificate(event: WechatMiniprogram.CustomEvent<{ value: string }, object, { index: number; field: 'name' | 'number' | 'until' }>) {
    const { index, field } = event.currentTarget.dataset
    this.changeCertificate(index, { [field]: event.detail.value })
    if (field === 'until') this.setData({ [`form.certificates[${index}].until`]: event.detail.value })
  },
  onCertificateOf(event: WechatMiniprogram.PickerChange<object, { index: number }>) {
    const { index } = event.currentTarget.dataset
    const category = this.categories[Number(event.detail.value)]?.code ?? ''
    this.changeCertificate(index, { category })
    this.setData({ [`form.certificates[${index}].category`]: category })
  },
  onCertificatePhoto(event: WechatMiniprogram.CustomEvent<{ files: FileView[] }, object, { index: number }>) {
    this.changeCertificate(event.currentTarget.dataset.index, { photos: event.detail.files })
  },
  changeCertificate(index: number, changes: Partial<JoinDraft['certificates'][number]>) {
    this.keep({ certificates: this.draft.certificates.map((each, place) => (place === index ? { ...each, ...changes } : each)) })
  },

  async send() {
    const errors = joinProblems(this.draft, this.identityNumber, this.data.identityKept)
    this.setData({ errors })
    const [first] = Object.values(errors)
    if (first) return showSentence(first)
    await askForMessages('homeowner', HOMEOWNER_PROMPTS.joining)
    const view = await this.buttons?.run(
      'send',
      (requestId) => call('homeowner', 'applyToJoin', applicationFrom(this.draft, this.identityNumber), { requestId }),
      (error) => this.showErrors(error),
    )
    if (!view) return
    clearDraft(DRAFT)
    this.identityNumber = ''
    this.setData({ editing: false })
    this.live?.put(view)
    wx.pageScrollTo({ scrollTop: 0 })
  },
  /** Beside the fields, and in words too: the field may be above the fold. */
  showErrors(error: unknown): boolean {
    if (isActionFailure(error)) this.setData({ errors: error.fields })
    return false
  },
  toJobs() {
    void wx.switchTab({ url: '/pages/jobs/jobs' })
  },
})
