import type { CategoryView, FileRepairInput, FileView, Honorific, HomeView, ItemView } from '../../../typings/contract'

/** A filing as it is being filled in. Kept on the phone after every change, whole, so that closing the app loses nothing (R02). */
export interface RepairDraft {
  /** Made with the draft and sent with every try: the same filing sent twice is one order (R04). Also what its photos are filed under. */
  requestId: string
  category: string
  /** Item code → how many; 0 is absent. */
  quantities: Record<string, number>
  problem: string
  requests: string
  photos: FileView[]
  video: FileView | null
  contact: { name: string; honorific: Honorific | ''; phone: string }
  /** Someone else opens the door. */
  onSite: { wanted: boolean; name: string; phone: string }
  place: DraftPlace
  /** ISO times; null until chosen. */
  wanted: { from: string; to: string } | null
  emergency: boolean
}

export interface DraftPlace {
  address: string
  room: string
  district: string
  /** null until a point was chosen on the map. */
  point: { longitude: number; latitude: number } | null
}

export function newDraft(requestId: string, category: string, emergency: boolean): RepairDraft {
  return {
    requestId,
    category,
    quantities: {},
    problem: '',
    requests: '',
    photos: [],
    video: null,
    contact: { name: '', honorific: '', phone: '' },
    onSite: { wanted: false, name: '', phone: '' },
    place: { address: '', room: '', district: '', point: null },
    wanted: null,
    emergency,
  }
}

/** Fills in from the last filing what has not been touched yet. */
export function withLastContact(draft: RepairDraft, last: HomeView['lastContact']): RepairDraft {
  if (!last || draft.contact.name || draft.contact.phone || draft.place.address) return draft
  const { address, room, district, longitude, latitude } = last.place
  return {
    ...draft,
    contact: { name: last.name, honorific: last.honorific, phone: last.phone },
    place: { address, room, district, point: { longitude, latitude } },
  }
}

/** The parts that differ, as paths for setData: a keystroke in one field does not send the whole form across. */
export function changes(before: RepairDraft, after: RepairDraft): Record<string, unknown> {
  const keys = Object.keys(after) as (keyof RepairDraft)[]
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [`draft.${key}`, after[key]]))
}

export function chosenNothing({ quantities }: Pick<RepairDraft, 'quantities'>): boolean {
  return Object.values(quantities).every((quantity) => quantity === 0)
}

/** A draft from before: in the class that was tapped now. The phone's own copy of a photo or video may be gone, so it is shown by its file id; its time may be over. */
export function resumedDraft(kept: RepairDraft, wish: { category: string; emergency: boolean }, now: number): RepairDraft {
  const photos = kept.photos.map(({ fileId }) => ({ fileId, url: fileId }))
  // Drafts of before there were videos have none.
  const video = kept.video ? { fileId: kept.video.fileId, url: kept.video.fileId } : null
  const wanted = kept.wanted && Date.parse(kept.wanted.from) > now ? kept.wanted : null
  // What was begun as something ordinary says nothing of what an emergency is about.
  const category = !chosenNothing(kept) ? kept.category : wish.category || (wish.emergency && !kept.emergency ? '' : kept.category)
  return { ...kept, photos, video, wanted, category, emergency: wish.emergency }
}

/** Whether there is anything that it would hurt to lose. */
export function isTouched({ quantities, problem, requests, photos, video }: RepairDraft): boolean {
  return problem !== '' || requests !== '' || photos.length > 0 || Boolean(video) || !chosenNothing({ quantities })
}

/** Whether it says where to go and whom to call. */
export function isReachable({ contact, place }: Pick<RepairDraft, 'contact' | 'place'>): boolean {
  return contact.name !== '' && contact.honorific !== '' && contact.phone !== '' && place.point !== null && place.room !== ''
}

/** The chosen items of the draft's category, as they stand in the price book: items that left the book are dropped. */
export function chosenItems(draft: RepairDraft, categories: CategoryView[]): { item: ItemView; quantity: number }[] {
  const items = categories.find(({ code }) => code === draft.category)?.items ?? []
  return items.map((item) => ({ item, quantity: draft.quantities[item.code] ?? 0 })).filter(({ quantity }) => quantity > 0)
}

/** What is sent. Call it only for a draft without problems. */
export function toInput(draft: RepairDraft, categories: CategoryView[]): FileRepairInput {
  const { contact, onSite, place, wanted } = draft
  const input: FileRepairInput = {
    category: draft.category,
    items: chosenItems(draft, categories).map(({ item, quantity }) => ({ code: item.code, quantity })),
    problem: draft.problem.trim(),
    contact: { name: contact.name.trim(), honorific: contact.honorific || '先生', phone: plainPhone(contact.phone) },
    place: {
      address: place.address.trim(),
      room: place.room.trim(),
      district: place.district.trim(),
      longitude: place.point?.longitude ?? Number.NaN,
      latitude: place.point?.latitude ?? Number.NaN,
    },
    wanted: wanted ?? { from: '', to: '' },
  }
  if (draft.requests.trim()) input.requests = draft.requests.trim()
  if (draft.photos.length > 0) input.photos = draft.photos.map(({ fileId }) => fileId)
  if (draft.video) input.video = draft.video.fileId
  if (onSite.wanted) input.contact.onSite = { name: onSite.name.trim(), phone: plainPhone(onSite.phone) }
  if (draft.emergency) input.emergency = true
  return input
}

/** A number as people write it (138 0013-8000, +86 …) without what is between the digits. */
export function plainPhone(written: string): string {
  return written.replace(/[\s\-－—()（）]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
}
