import type { ButtonAct, CategoryView, HomeownerApi } from '../../../typings/contract'
import type { FilterTab } from '../../components/filter-tabs/filter-tabs'
import { readAppearance } from '../../lib/appearance'
import { call } from '../../lib/cloud'
import { liveLifecycle } from '../../lib/live-page'
import { LiveView, type PageStatus } from '../../lib/live-view'
import { itemWords, type ItemWords } from '../item-words'

type PriceBook = HomeownerApi['priceBook']['data']

Page({
  ...liveLifecycle,
  data: {
    status: 'loading' as PageStatus,
    message: '',
    look: readAppearance(),
    tabs: [] as FilterTab[],
    category: '',
    rows: [] as ItemWords[],
    version: 0,
    fileButton: { act: 'file_again' as ButtonAct, label: '我要报修' },
  },
  live: undefined as LiveView<PriceBook> | undefined,
  categories: [] as CategoryView[],

  onLoad(query: { category?: string }) {
    if (query.category) this.setData({ category: query.category })
    this.live = new LiveView<PriceBook>({ page: this, fetch: () => call('homeowner', 'priceBook', {}), show: (book) => this.show(book) })
  },
  onShareAppMessage() {
    return { title: '修东西大概多少钱，先看价目表', path: '/homeowner/price-book/price-book' }
  },

  show({ categories, version }: PriceBook): PageStatus {
    this.categories = categories
    this.setData({ version, tabs: categories.map(({ code, name }) => ({ value: code, label: name, count: 0 })) })
    this.draw(categories.some(({ code }) => code === this.data.category) ? this.data.category : (categories[0]?.code ?? ''))
    return categories.length > 0 ? 'ready' : 'empty'
  },
  draw(category: string) {
    this.setData({ category, rows: (this.categories.find(({ code }) => code === category)?.items ?? []).map(itemWords) })
  },
  changeCategory(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.draw(event.detail.value)
    void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
  },
  retry() {
    void this.live?.retry()
  },
  fileRepair() {
    void wx.navigateTo({ url: `/homeowner/file-repair/file-repair?category=${this.data.category}` })
  },
})
