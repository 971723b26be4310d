import type { CategoryView, FileView, HomeView } from '../../../typings/contract'
import { readAppearance } from '../../lib/appearance'
import { call, isActionFailure, serverNow } from '../../lib/cloud'
import { confirm, showFailure, showSentence } from '../../lib/dialog'
import { clearDraft, readDraft, saveDraft } from '../../lib/draft'
import { isCancelled } from '../../lib/error-text'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { newRequestId } from '../../lib/request-id'
import { HOMEOWNER_PROMPTS } from '../../lib/message-prompts'
import { askForMessages, rememberTemplates } from '../../lib/subscribe'
import { formatSpan } from '../../lib/time'
import { estimate } from './estimate'
import {
  changes,
  chosenItems,
  isReachable,
  isTouched,
  newDraft,
  resumedDraft,
  toInput,
  withLastContact,
  type RepairDraft,
} from './repair-draft'
import { findProblems, firstBlock, firstProblem, gathered, withoutField, type RepairProblems } from './repair-problems'
import { lostFiles, type Sending } from './lost-files'
import { firstWords, SAFETY_WORDS } from './safety-words'
import { emergencyWindow, wantedText, wordsAtNight } from './time-windows'

const DRAFT = 'repair'

const NOTHING_SENT: Sending = { uploading: false, failed: 0 }

Page({
  data: {
    status: 'loading' as PageStatus,
    message: '',
    look: readAppearance(),
    categories: [] as CategoryView[],
    draft: newDraft('', '', false),
    problems: {} as RepairProblems,
    estimate: estimate([]),
    wantedText: '',
    timesOpen: false,
    requestsOpen: false,
    contactOpen: false,
    restored: false,
    busy: false,
    safety: SAFETY_WORDS,
    first: '',
    /** The one sentence of what is wrong that fits above the button of an emergency. */
    problem: '',
    /** Sent now, it waits for the morning (R55); empty by day. */
    nightWords: '',
    callWithin: '',
    hotline: '',
  },
  live: undefined as LiveView<HomeView> | undefined,
  wish: { category: '', emergency: false },
  night: { from: '', to: '' },
  loaded: false,
  /** What is still on its way, and what did not get through; neither is drawn. */
  sending: { photos: NOTHING_SENT, video: NOTHING_SENT },

  onLoad(query: { category?: string; emergency?: string }) {
    this.wish = { category: query.category ?? '', emergency: query.emergency === '1' }
    this.live = new LiveView<HomeView>({ page: this, fetch: () => call('homeowner', 'openHome', {}), show: (home) => this.show(home) })
  },
  onShow() {
    this.setData({ look: readAppearance() })
    // Once it is there, coming back from the map or the camera must not disturb what is being typed.
    if (!this.loaded) void this.live?.shown()
    else this.drawNight(this.data.draft.emergency)
  },
  onHide() {
    this.live?.hidden()
  },
  onUnload() {
    this.live?.hidden()
  },

  show(home: HomeView) {
    if (this.loaded) return
    this.loaded = true
    rememberTemplates(home.templates)
    const kept = readDraft<RepairDraft>(DRAFT)
    const restored = kept !== null && isTouched(kept)
    const fresh = newDraft(newRequestId(), this.wish.category || (this.wish.emergency ? '' : (home.categories[0]?.code ?? '')), this.wish.emergency)
    const draft = withLastContact(restored && kept ? resumedDraft(kept, this.wish, serverNow()) : fresh, home.lastContact)
    // A trade that has left the price book since cannot be shown as chosen.
    const isKnown = home.categories.some(({ code }) => code === draft.category)
    const category = isKnown ? draft.category : this.wish.emergency ? '' : (home.categories[0]?.code ?? '')
    this.night = home.night
    this.setData({
      categories: home.categories,
      hotline: home.hotline,
      callWithin: formatSpan(home.figures.callMinutes),
      restored,
      requestsOpen: draft.requests !== '',
      contactOpen: !isReachable(draft),
    })
    this.put({ ...draft, category })
  },
  /** The one way to change the draft: on the page (only what differs) and on the phone (whole). */
  put(draft: RepairDraft, touched = '') {
    saveDraft(DRAFT, draft)
    const { draft: before, problems, categories } = this.data
    const left = touched ? withoutField(problems, touched) : problems
    this.drawNight(draft.emergency)
    this.setData({
      ...changes(before, draft),
      ...(Object.keys(left).length === Object.keys(problems).length ? {} : { problems: left, problem: firstProblem(left) }),
      ...(draft.quantities === before.quantities && draft.category === before.category
        ? {}
        : { estimate: estimate(chosenItems(draft, categories)) }),
      ...(draft.category === before.category && this.data.first !== '' ? {} : { first: firstWords(draft.category) }),
      ...(draft.wanted === before.wanted ? {} : { wantedText: wantedText(draft.wanted, serverNow()) }),
    })
  },
  chooseCategory(event: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.put({ ...this.data.draft, category: event.detail.code }, 'items')
  },
  chooseSafety(event: WechatMiniprogram.TouchEvent<object, object, { category: string }>) {
    const { category } = event.currentTarget.dataset
    if (this.data.categories.some(({ code }) => code === category)) this.put({ ...this.data.draft, category }, 'items')
  },
  /** Not an ordinary repair after all: it goes out at once, and the safety words come first. */
  makeEmergency() {
    this.put({ ...this.data.draft, emergency: true }, 'wanted')
    void wx.pageScrollTo({ scrollTop: 0, duration: 200 })
  },
  /** R55 said before it is sent. */
  drawNight(emergency: boolean) {
    const nightWords = emergency ? '' : wordsAtNight(this.night, serverNow())
    if (nightWords !== this.data.nightWords) this.setData({ nightWords })
  },
  chooseQuantity(event: WechatMiniprogram.CustomEvent<{ code: string; quantity: number }>) {
    const { code, quantity } = event.detail
    this.put({ ...this.data.draft, quantities: { ...this.data.draft.quantities, [code]: quantity } }, 'items')
  },
  typeProblem(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.put({ ...this.data.draft, problem: event.detail.value }, 'problem')
  },
  typeRequests(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.put({ ...this.data.draft, requests: event.detail.value }, 'requests')
  },
  openRequests() {
    this.setData({ requestsOpen: true })
  },
  changePhotos(event: WechatMiniprogram.CustomEvent<{ files: FileView[] }>) {
    this.put({ ...this.data.draft, photos: event.detail.files }, 'photos')
  },
  photosBusy(event: WechatMiniprogram.CustomEvent<Sending>) {
    this.sending = { ...this.sending, photos: event.detail }
  },
  changeVideo(event: WechatMiniprogram.CustomEvent<{ file: FileView | null }>) {
    this.put({ ...this.data.draft, video: event.detail.file }, 'video')
  },
  videoBusy(event: WechatMiniprogram.CustomEvent<Sending>) {
    this.sending = { ...this.sending, video: event.detail }
  },
  openContact() {
    this.setData({ contactOpen: true })
  },
  changeContact(event: WechatMiniprogram.CustomEvent<RepairDraft['contact']>) {
    this.put({ ...this.data.draft, contact: event.detail }, 'contact')
  },
  changeOnSite(event: WechatMiniprogram.CustomEvent<RepairDraft['onSite']>) {
    this.put({ ...this.data.draft, onSite: event.detail }, 'contact.onSite')
  },
  changePlace(event: WechatMiniprogram.CustomEvent<RepairDraft['place']>) {
    this.put({ ...this.data.draft, place: event.detail }, 'place')
  },
  openTimes() {
    this.setData({ timesOpen: true })
  },
  closeTimes() {
    this.setData({ timesOpen: false })
  },
  chooseTime(event: WechatMiniprogram.CustomEvent<{ from: string; to: string }>) {
    this.put({ ...this.data.draft, wanted: event.detail }, 'wanted')
    this.closeTimes()
  },
  async startAfresh() {
    if (!(await confirm({ title: '清空重填？', content: '写好的文字、照片和视频都会清掉，地址和电话还在。', confirmText: '清空' }))) return
    const { contact, onSite, place, category, emergency } = this.data.draft
    this.setData({ restored: false, problems: {}, problem: '', requestsOpen: false })
    this.put({ ...newDraft(newRequestId(), category, emergency), contact, onSite, place })
  },
  async callHotline() {
    try {
      await wx.makePhoneCall({ phoneNumber: this.data.hotline })
    } catch (error) {
      if (!isCancelled(error)) await showFailure(error)
    }
  },
  retry() {
    void this.live?.retry()
  },

  async submit() {
    if (this.data.busy) return
    const { photos, video } = this.sending
    if (photos.uploading || video.uploading) {
      await showSentence(video.uploading ? '视频还在传，传完再提交' : '照片还在传，传完再提交')
      return
    }
    const problems = findProblems(this.data.draft, this.data.categories, serverNow())
    if (Object.keys(problems).length > 0) {
      this.showProblems(problems)
      return
    }
    const lost = lostFiles(this.sending)
    // Only then a question: one more wait, and WeChat would no longer take the tap for what asks about messages.
    if (
      lost !== '' &&
      !(await confirm({
        title: '有的没传上',
        content: `${lost}没传上，师傅会看不到。点一下画面可以再传。`,
        confirmText: '不带了',
        cancelText: '去再传',
      }))
    )
      return
    this.setData({ busy: true })
    // First thing in the tap: WeChat asks only then. A refusal does not hold up the filing.
    await askForMessages('homeowner', HOMEOWNER_PROMPTS.filing)
    const draft = this.data.draft.emergency ? { ...this.data.draft, wanted: emergencyWindow(serverNow()) } : this.data.draft
    try {
      const { orderId } = await call('homeowner', 'fileRepair', toInput(draft, this.data.categories), { requestId: draft.requestId })
      clearDraft(DRAFT)
      await wx.redirectTo({ url: `/homeowner/order/order?id=${orderId}` })
    } catch (error) {
      if (isActionFailure(error) && Object.keys(error.fields).length > 0) this.showProblems(gathered(error.fields))
      else await showFailure(error)
    } finally {
      this.setData({ busy: false })
    }
  },
  showProblems(problems: RepairProblems) {
    this.setData({ problems, problem: firstProblem(problems) })
    // The safety words stay where they are: what is missing is said above the button, and leads there when tapped.
    if (!this.data.draft.emergency) this.toProblem()
  },
  toProblem() {
    const { problems, problem } = this.data
    const block = firstBlock(problems)
    if (block) void wx.pageScrollTo({ selector: `#block-${block}`, offsetTop: -12, duration: 200 })
    else void showSentence(problem || '有一处没填对，请看一下')
  },
})
