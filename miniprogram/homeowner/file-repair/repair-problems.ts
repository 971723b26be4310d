import type { CategoryView } from '../../../typings/contract'
import { chosenItems, plainPhone, type RepairDraft } from './repair-draft'

/** What is wrong with a draft: a sentence for each bad field, by the path that the server uses too (`contact.phone`). */
export type RepairProblems = Record<string, string>

const LEAST_PROBLEM = 2
const MOST_PROBLEM = 500
const MOST_REQUESTS = 200
/** In the order in which the fields stand on the page: the first one is scrolled to. */
const FIELD_ORDER = ['items', 'problem', 'requests', 'photos', 'video', 'place', 'contact', 'wanted']

/** Looks the draft over before it is sent, to save a wait; the server looks again. `now` in ms. */
export function findProblems(draft: RepairDraft, categories: CategoryView[], now: number): RepairProblems {
  const problems: RepairProblems = {}
  // In an emergency the trade is enough: the technician quotes at the door.
  if (!draft.emergency && chosenItems(draft, categories).length === 0) problems.items = '选一项要修的。拿不准选哪项，选最像的，师傅会再核对'
  if (!categories.some(({ code }) => code === draft.category)) problems.items = '选一类要修的：水、电、燃气、锁，或别的'
  const problem = draft.problem.trim().length
  if (problem < LEAST_PROBLEM) problems.problem = '用您自己的话说说哪里不对劲，两个字也行'
  else if (problem > MOST_PROBLEM) problems.problem = `最多写 ${MOST_PROBLEM} 个字，现在有 ${problem} 个`
  if (draft.requests.trim().length > MOST_REQUESTS) problems.requests = `最多写 ${MOST_REQUESTS} 个字`
  Object.assign(problems, placeProblems(draft), contactProblems(draft))
  // An emergency is for now; nobody picks a time.
  if (!draft.emergency) {
    if (!draft.wanted) problems['wanted.from'] = '选一个方便的时间'
    else if (Date.parse(draft.wanted.from) < now) problems['wanted.from'] = '这个时间已经过了，请再选一个'
  }
  return problems
}

function placeProblems({ place }: RepairDraft): RepairProblems {
  const problems: RepairProblems = {}
  if (!place.point || !place.address.trim()) problems['place.address'] = '在地图上点一下您家在哪儿'
  else if (!place.district.trim()) problems['place.district'] = '写一下在哪个区，比如“江湾区”'
  if (place.point && !place.room.trim()) problems['place.room'] = '写上几幢几单元几室，师傅好找门'
  return problems
}

function contactProblems({ contact, onSite }: RepairDraft): RepairProblems {
  const problems: RepairProblems = {}
  if (!contact.name.trim()) problems['contact.name'] = '写个称呼，只写姓也行'
  if (!contact.honorific) problems['contact.honorific'] = '选“先生”或“女士”，师傅好称呼您'
  if (!isPhone(contact.phone)) problems['contact.phone'] = '写一个打得通的电话：11 位手机号，或带区号的座机'
  if (onSite.wanted && !onSite.name.trim()) problems['contact.onSite.name'] = '写上在家那位的称呼'
  if (onSite.wanted && !isPhone(onSite.phone)) problems['contact.onSite.phone'] = '写上在家那位的电话'
  return problems
}

/** A mobile number, or a land line with its area code. */
export function isPhone(written: string): boolean {
  return /^(1[3-9]\d{9}|0\d{9,11})$/.test(plainPhone(written))
}

/** The sentence of the first bad field, in the order of the page. */
export function firstProblem(problems: RepairProblems): string {
  const block = firstBlock(problems)
  return Object.entries(problems).find(([path]) => path.split('.')[0] === block)?.[1] ?? Object.values(problems)[0] ?? ''
}

/** The block of the page (`items`, `place` …) that the first bad field stands in; empty when all is well. */
export function firstBlock(problems: RepairProblems): string {
  const blocks = new Set(Object.keys(problems).map((path) => path.split('.')[0] ?? ''))
  return FIELD_ORDER.find((block) => blocks.has(block)) ?? ''
}

/**
 * The server names list entries one by one (`items.2.code`, `photos.0`); the page has one place for each list. The first sentence of each stays.
 */
export function gathered(problems: RepairProblems): RepairProblems {
  const each: RepairProblems = {}
  for (const [path, sentence] of Object.entries(problems)) {
    const place = path === 'category' ? 'items' : path.replace(/^(items|photos)\..*$/, '$1')
    each[place] ??= sentence
  }
  return each
}

/** The problems that are left once a field was touched again: its own, and those inside it, are gone. */
export function withoutField(problems: RepairProblems, path: string): RepairProblems {
  return Object.fromEntries(Object.entries(problems).filter(([key]) => key !== path && !key.startsWith(`${path}.`)))
}
