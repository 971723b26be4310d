import type { CategoryView, FileView, JobView, QuoteLineView } from '../../typings/contract'
import { formatFen } from '../lib/money'

/** A change order as it is being made (R19). Kept on the phone until it is sent. */
export interface ChangeDraft {
  /** Of the confirmed quote that it began with: another one begins anew. */
  baseVersion: number
  /** Agreed line → how many; 0 takes it out. */
  kept: Record<string, number>
  /** Item of the book → how many more. */
  items: Record<string, number>
  offBook: { name: string; unit: string; quantity: number }[]
  reason: string
  photos: FileView[]
}

export const newChange = (lines: readonly QuoteLineView[], baseVersion: number): ChangeDraft => ({
  baseVersion,
  kept: Object.fromEntries(lines.map(({ id, quantity }) => [id, quantity])),
  items: {},
  offBook: [],
  reason: '',
  photos: [],
})

export interface ChangeRow {
  key: string
  name: string
  second: string
  quantity: number
}

/** What was agreed, each with how many stay. */
export const keptRows = (lines: readonly QuoteLineView[], { kept }: ChangeDraft): ChangeRow[] =>
  lines.map(({ id, name, quantity, unit, amountFen }) => ({
    key: id,
    name,
    second: `${formatFen(amountFen / quantity)} / ${unit}，原来 ${quantity} ${unit}`,
    quantity: kept[id] ?? 0,
  }))

/** The book's items of the trade that are not agreed yet; chosen ones first. */
export function bookRows(categories: readonly CategoryView[], category: string, agreed: readonly QuoteLineView[], { items }: ChangeDraft): ChangeRow[] {
  const names = new Set(agreed.map(({ name }) => name))
  const trade = categories.find(({ code }) => code === category)?.items ?? []
  return trade
    .filter(({ pricing, name }) => pricing !== 'survey' && !names.has(name))
    .map(({ code, name, priceRange }) => ({ key: code, name, second: priceRange, quantity: items[code] ?? 0 }))
    .sort((left, right) => Math.sign(right.quantity) - Math.sign(left.quantity))
}

/** 去掉 1 项，加 2 项，1 项等批价; empty when nothing changes. */
export function changeWords(lines: readonly QuoteLineView[], { kept, items, offBook }: ChangeDraft): string {
  const gone = lines.filter(({ id }) => (kept[id] ?? 0) === 0).length
  const other = lines.filter(({ id, quantity }) => (kept[id] ?? 0) > 0 && kept[id] !== quantity).length
  const more = Object.values(items).filter((quantity) => quantity > 0).length
  return [gone && `去掉 ${gone} 项`, other && `改数量 ${other} 项`, more && `加 ${more} 项`, offBook.length && `${offBook.length} 项要批价`].filter(Boolean).join('，')
}

/** What stands in the way of sending, by field; empty when nothing does. */
export function changeProblems(lines: readonly QuoteLineView[], draft: ChangeDraft, uploading: boolean): Record<string, string> {
  const problems: Record<string, string> = {}
  const left = lines.some(({ id }) => (draft.kept[id] ?? 0) > 0) || Object.values(draft.items).some((quantity) => quantity > 0) || draft.offBook.length > 0
  if (!left) problems.lines = '项目全去掉就是不修了，请业主在手机上取消工单'
  else if (changeWords(lines, draft) === '') problems.lines = '还没有要加减的项目'
  const unnamed = draft.offBook.findIndex(({ name, unit }) => name.trim().length < 2 || unit.trim() === '')
  if (unnamed >= 0) problems[`offBook.${unnamed}`] = '写清楚名称和单位，例如 老式铜接头，个'
  if ([...draft.reason.trim()].length < 4) problems.reason = '写一句发现了什么，至少 4 个字，业主看得到'
  if (uploading) problems.photos = '照片还没传完，稍等一下'
  else if (draft.photos.length === 0) problems.photos = '拍一张现场的照片，业主看了才明白'
  return problems
}

export const changeInput = ({ orderId }: Pick<JobView, 'orderId'>, lines: readonly QuoteLineView[], draft: ChangeDraft) => ({
  orderId,
  baseVersion: draft.baseVersion,
  lines: lines.flatMap(({ id }) => ((draft.kept[id] ?? 0) > 0 ? [{ id, quantity: draft.kept[id] ?? 0 }] : [])),
  items: Object.entries(draft.items).flatMap(([code, quantity]) => (quantity > 0 ? [{ code, quantity }] : [])),
  offBook: draft.offBook.map(({ name, unit, quantity }) => ({ name: name.trim(), unit: unit.trim(), quantity })),
  reason: draft.reason.trim(),
  photos: draft.photos.map(({ fileId }) => fileId),
})
