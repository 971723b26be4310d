import type { ApplicationInput, ApplicationView, FileView, SkillLevelNumber } from '../../../typings/contract'
import { isoDay } from '../../lib/time'

export interface CertificateDraft {
  category: string
  name: string
  number: string
  /** 2028-05-01 */
  until: string
  photos: FileView[]
}

/** The form as it is being filled in; kept on the phone but for the identity number. */
export interface JoinDraft {
  name: string
  phone: string
  years: string
  about: string
  district: string
  place: string
  point: { longitude: number; latitude: number } | null
  radiusKm: number
  levels: Record<string, SkillLevelNumber>
  photos: FileView[]
  certificates: CertificateDraft[]
}

export const EMPTY_JOIN: JoinDraft = { name: '', phone: '', years: '', about: '', district: '', place: '', point: null, radiusKm: 8, levels: {}, photos: [], certificates: [] }

/** What was sent before, to be put right. */
export function draftFrom({ sent }: ApplicationView): JoinDraft {
  if (!sent) return EMPTY_JOIN
  const { name, phone, years, about, district, base, radiusMetres, skills, photo, certificates } = sent
  return {
    name, phone, years: String(years), about, district, place: district, point: base, radiusKm: radiusMetres / 1000,
    levels: Object.fromEntries(skills.map(({ category, level }) => [category, level])), photos: photo ? [photo] : [],
    certificates: certificates.map(({ category, name: title, number, expiresAt, photo: paper }) => ({ category, name: title, number, until: isoDay(expiresAt), photos: paper ? [paper] : [] })),
  }
}

/** A draft that was begun before staff decided: what is not kept since (R39) is asked for again, and the links are new. */
export function withWhatIsKept(draft: JoinDraft, view: ApplicationView): JoinDraft {
  const now = draftFrom(view)
  const kept = new Map([now, ...now.certificates].flatMap(({ photos }) => photos).map((photo) => [photo.fileId, photo]))
  const still = (photos: FileView[]) => photos.flatMap((photo) => kept.get(photo.fileId) ?? (isKept(photo) ? [] : [photo]))
  return { ...draft, photos: still(draft.photos), certificates: draft.certificates.map((each) => ({ ...each, photos: still(each.photos) })) }
}

/** Taken in by the server; others are uploads that were not sent yet. */
const isKept = ({ fileId }: FileView): boolean => /^cloud:\/\/[^/]+\/kept\//.test(fileId)

/** What is missing, by field, before anything is sent. `identityKept`: a number that was given before need not be typed again. */
export function joinProblems(draft: JoinDraft, identityNumber: string, identityKept: boolean): Record<string, string> {
  const problems: Record<string, string> = {}
  if ([...draft.name.trim()].length < 2) problems['name'] = '请写姓名，和身份证上一样'
  if (draft.phone.trim() === '') problems['phone'] = '请写手机号'
  const digits = identityNumber.replace(/\s/g, '')
  if (digits.length !== 18 && !(identityKept && digits === '')) problems['identityNumber'] = '身份证号是 18 位'
  if (draft.photos.length === 0) problems['photo'] = '拍一张本人照片'
  if (Object.keys(draft.levels).length === 0) problems['skills'] = '至少选一类会做的'
  if (!/^\d{1,2}$/.test(draft.years.trim())) problems['years'] = '写做了几年，比如 6'
  if (!draft.point) problems['base'] = '在地图上点您住的地方'
  draft.certificates.forEach((each, index) => {
    if (each.name.trim().length < 2 || each.number.trim().length < 2 || !each.until || each.photos.length === 0) problems[`certificates.${index}`] = '证件名、证件号、到期日和照片都要有'
  })
  return problems
}

export function applicationFrom(draft: JoinDraft, identityNumber: string): ApplicationInput {
  return {
    name: draft.name.trim(), phone: draft.phone.trim(), identityNumber, photo: draft.photos[0]?.fileId ?? '', skills: Object.entries(draft.levels).map(([category, level]) => ({ category, level })),
    years: Number(draft.years), district: draft.district, base: draft.point ?? { longitude: 0, latitude: 0 }, radiusMetres: Math.round(draft.radiusKm * 1000),
    certificates: draft.certificates.map(({ category, name, number, until, photos }) => ({ category, name: name.trim(), number: number.trim(), expiresAt: new Date(`${until}T23:59:59+08:00`).toISOString(), photo: photos[0]?.fileId ?? '' })),
    about: draft.about.trim(),
  }
}
