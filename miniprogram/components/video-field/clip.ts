import type { FileView } from '../../../typings/contract'

/** A video on its way or there. `url` plays it: the phone's own copy first, the server's file later. */
export interface Clip {
  /** Tells this one from one chosen after it, when an answer comes late. */
  key: string
  fileId: string
  url: string
  /** A picture of it; empty when the phone gave none. */
  poster: string
  state: 'done' | 'uploading' | 'failed'
  /** 0–100 */
  percent: number
  /** Bytes; 0 when it comes from a draft. */
  size: number
  seconds: number
}

/** What the phone's camera or album gave. */
export interface ChosenClip {
  path: string
  size: number
  seconds: number
  poster: string
}

/** As long as one has to film a dripping tap or a strange noise; WeChat stops the camera there. */
export const MOST_SECONDS = 60
const MEGABYTE = 1024 * 1024
/** The server takes no more. */
const MOST_BYTES = 50 * MEGABYTE

/** Why this video cannot be sent, as a sentence; null when it can. */
export function clipProblem({ path, size }: ChosenClip): string | null {
  if (!/\.mp4$/i.test(path)) return '这段视频的格式师傅打不开，现拍一段，或者换一段 mp4'
  if (size > MOST_BYTES) return `这段视频有 ${Math.ceil(size / MEGABYTE)} MB，最多 50 MB。拍短一点就行`
  return null
}

export function chosenClip({ path, size, seconds, poster }: ChosenClip): Clip {
  return { key: path, fileId: '', url: path, poster, state: 'uploading', percent: 0, size, seconds }
}

/** What the page says is there. One that this phone took keeps its own copy and picture; one on its way stays. */
export function mergeClip(clip: Clip | null, file: FileView | null): Clip | null {
  if (!file) return clip && clip.state !== 'done' ? clip : null
  if (clip && clip.fileId === file.fileId) return clip
  return {
    key: file.fileId,
    fileId: file.fileId,
    url: file.url || file.fileId,
    poster: '',
    state: 'done',
    percent: 100,
    size: 0,
    seconds: 0,
  }
}

/** 0:12 · 3.4 MB; what is not known is left out. */
export function clipFacts({ seconds, size }: Clip): string {
  const whole = Math.round(seconds)
  const length = whole > 0 ? `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}` : ''
  const weight = size > 0 ? `${Math.max(0.1, size / MEGABYTE).toFixed(1)} MB` : ''
  return [length, weight].filter((part) => part !== '').join(' · ')
}
