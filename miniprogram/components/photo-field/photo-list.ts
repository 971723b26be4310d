import type { FileView } from '../../../typings/contract'

/** A photo on its way or there. `url` is what <image> shows: the phone's own copy first, the server's link later. */
export interface Photo {
  key: string
  fileId: string
  url: string
  state: 'done' | 'waiting' | 'uploading' | 'failed'
  /** 0–100 */
  percent: number
  /** Of a local photo: bytes, for the grant. */
  size: number
  /** Why it failed, for people. */
  message: string
}

export interface ChosenPhoto {
  path: string
  size: number
}

export function addChosen(photos: Photo[], chosen: ChosenPhoto[], max: number): Photo[] {
  const room = Math.max(0, max - photos.length)
  const added = chosen
    .slice(0, room)
    .map(({ path, size }): Photo => ({ key: path, fileId: '', url: path, state: 'waiting', percent: 0, size, message: '' }))
  return [...photos, ...added.filter((photo) => !photos.some(({ key }) => key === photo.key))]
}

/** The next to upload; one at a time, so that a weak network brings some through instead of none. */
export function nextWaiting(photos: Photo[]): Photo | undefined {
  return photos.some(({ state }) => state === 'uploading') ? undefined : photos.find(({ state }) => state === 'waiting')
}

export function change(photos: Photo[], key: string, changes: Partial<Photo>): Photo[] {
  return photos.map((photo) => (photo.key === key ? { ...photo, ...changes } : photo))
}

export function remove(photos: Photo[], key: string): Photo[] {
  return photos.filter((photo) => photo.key !== key)
}

/**
 * What the page says is there, with what is still on its way behind it. A photo that this phone took keeps its local picture: the link
 * would make it blink.
 */
export function merge(photos: Photo[], files: FileView[]): Photo[] {
  const there = files.map((file): Photo => {
    const own = photos.find(({ fileId }) => fileId !== '' && fileId === file.fileId)
    return own ?? { key: file.fileId, fileId: file.fileId, url: file.url || file.fileId, state: 'done', percent: 100, size: 0, message: '' }
  })
  return [...there, ...photos.filter(({ state }) => state !== 'done')]
}

/** Those that have arrived, as the page keeps them. */
export function arrived(photos: Photo[]): FileView[] {
  return photos.filter(({ state }) => state === 'done').map(({ fileId, url }) => ({ fileId, url }))
}

export function samePhotos(left: Photo[], right: Photo[]): boolean {
  return left.length === right.length && left.every((photo, at) => photo.key === right[at]?.key && photo.state === right[at]?.state)
}
