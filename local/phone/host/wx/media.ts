/** Choosing, looking at, shrinking and saving pictures; videos; sounds. */
import { chooseFiles, extensionOf } from '../chrome/file-chooser'
import type { PreviewSource } from '../chrome/preview'
import { previewPictures } from '../chrome/preview'
import { element } from '../dom'
import type { Phone } from '../phone'
import { ApiFailure, api } from './api'

interface ChooseMedia {
  count?: number
  mediaType?: ('image' | 'video' | 'mix')[]
  sizeType?: ('original' | 'compressed')[]
  sourceType?: ('album' | 'camera')[]
  maxDuration?: number
}

interface Picture {
  width: number
  height: number
}

const COMPRESSED_SIDE = 1280

async function decode(blob: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(blob)
  } catch {
    return null
  }
}

async function shrink(blob: Blob, quality: number, size?: Partial<Picture>): Promise<Blob> {
  const bitmap = await decode(blob)
  if (!bitmap) return blob
  const scale = size?.width
    ? size.width / bitmap.width
    : size?.height
      ? size.height / bitmap.height
      : Math.min(1, COMPRESSED_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const smaller = await canvas.convertToBlob({ type: 'image/jpeg', quality })
  return smaller.size < blob.size || size ? smaller : blob
}

interface VideoFacts extends Picture {
  duration: number
  /** Its first picture. */
  frame: Blob | null
}

/** A video that this browser has no codec for has no facts: it can be sent all the same. */
function videoFacts(blob: Blob): Promise<VideoFacts> {
  return new Promise((resolve) => {
    const url = URL.createObjectURL(blob)
    const video = element('video', { attributes: { playsinline: '' } })
    const finish = (facts: VideoFacts): void => {
      URL.revokeObjectURL(url)
      resolve(facts)
    }
    video.muted = true
    video.preload = 'auto'
    video.onloadeddata = async () => {
      const { duration, videoWidth: width, videoHeight: height } = video
      const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height))
      canvas.getContext('2d')?.drawImage(video, 0, 0)
      const frame = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 }).catch(() => null)
      finish({ duration: Number.isFinite(duration) ? duration : 0, width, height, frame })
    }
    video.onerror = () => finish({ duration: 0, width: 0, height: 0, frame: null })
    video.src = url
  })
}

export function mediaApis({ files, layers, permissions, record }: Phone): Record<string, unknown> {
  const take = async (file: File, compressed: boolean): Promise<Record<string, unknown>> => {
    if (file.type.startsWith('video/')) {
      const { frame, ...facts } = await videoFacts(file)
      return {
        tempFilePath: files.addTemporary(file, extensionOf(file)),
        size: file.size,
        fileType: 'video',
        thumbTempFilePath: frame ? files.addTemporary(frame, 'jpg') : '',
        ...facts,
      }
    }
    const blob = compressed && file.type !== 'image/svg+xml' && file.type !== 'image/gif' ? await shrink(file, 0.8) : file
    return { tempFilePath: files.addTemporary(blob, extensionOf(blob)), size: blob.size, fileType: 'image' }
  }
  const choose = async ({
    count = 9,
    mediaType = ['image', 'video'],
    sizeType = ['original', 'compressed'],
    sourceType = ['album', 'camera'],
  }: ChooseMedia): Promise<Record<string, unknown>[]> => {
    if (count < 1 || count > 20) throw new Error('count should be between 1 and 20')
    const accept = [
      ...(mediaType.includes('image') || mediaType.includes('mix') ? ['image/*'] : []),
      ...(mediaType.includes('video') || mediaType.includes('mix') ? ['video/*'] : []),
    ].join(',')
    const onlyCamera = !sourceType.includes('album')
    const chosen = await chooseFiles({ accept, multiple: count > 1 && !onlyCamera, ...(onlyCamera ? { capture: 'environment' } : {}) })
    if (chosen.length === 0) throw new Error('cancel')
    return Promise.all(chosen.slice(0, count).map((file) => take(file, !sizeType.includes('original'))))
  }
  return {
    chooseMedia: api<ChooseMedia>('chooseMedia', async (options) => {
      const tempFiles = await choose(options)
      const kinds = new Set(tempFiles.map((file) => file.fileType))
      return { tempFiles, type: kinds.size > 1 ? 'mix' : [...kinds][0] }
    }),
    chooseImage: api<ChooseMedia>('chooseImage', async (options) => {
      const tempFiles = await choose({ ...options, mediaType: ['image'] })
      return {
        tempFilePaths: tempFiles.map((file) => file.tempFilePath),
        tempFiles: tempFiles.map(({ tempFilePath, size }) => ({ path: tempFilePath, size })),
      }
    }),
    compressImage: api<{ src: string; quality?: number; compressedWidth?: number; compressedHeight?: number }>(
      'compressImage',
      async ({ src, quality = 80, compressedWidth, compressedHeight }) => {
        const size = { ...(compressedWidth ? { width: compressedWidth } : {}), ...(compressedHeight ? { height: compressedHeight } : {}) }
        const blob = await shrink(await files.read(src), quality / 100, Object.keys(size).length > 0 ? size : undefined)
        return { tempFilePath: files.addTemporary(blob, extensionOf(blob)) }
      },
    ),
    getImageInfo: api<{ src: string }>('getImageInfo', async ({ src }) => {
      const blob = await files.read(src)
      const bitmap = await decode(blob)
      if (!bitmap) throw new Error('not an image')
      return { width: bitmap.width, height: bitmap.height, path: src, orientation: 'up', type: extensionOf(blob).replace('jpg', 'jpeg') }
    }),
    previewImage: api<{ urls: string[]; current?: string | number }>('previewImage', async ({ urls, current }) => {
      const index = typeof current === 'number' ? current : Math.max(0, urls.indexOf(current ?? ''))
      await previewPictures(
        layers,
        files,
        urls.map((url) => ({ url })),
        index,
      )
    }),
    previewMedia: api<{ sources: PreviewSource[]; current?: number }>('previewMedia', async ({ sources, current = 0 }) => {
      await previewPictures(layers, files, sources, current)
    }),
    saveImageToPhotosAlbum: api<{ filePath: string }>('saveImageToPhotosAlbum', async ({ filePath }) => {
      const blob = await files.read(filePath)
      if (!(await permissions.ask('scope.writePhotosAlbum'))) throw new ApiFailure('auth deny', { errno: 103 })
      const link = element('a', { attributes: { download: `photo-${Date.now()}.${extensionOf(blob)}` } })
      link.href = URL.createObjectURL(blob)
      link.click()
      record('saveImage', { filePath, size: blob.size, type: blob.type })
    }),
    /** Silent: the workplace is used in offices and by tests. It goes through the states of a sound that plays. */
    createInnerAudioContext: () => silentSound(record),
  }
}

function silentSound(record: Phone['record']): Record<string, unknown> {
  const listeners = new Map<string, Set<() => void>>()
  const fire = (name: string): void => listeners.get(name)?.forEach((listener) => listener())
  const names = ['Play', 'Pause', 'Stop', 'Ended', 'Error', 'Canplay', 'TimeUpdate', 'Waiting', 'Seeking', 'Seeked']
  const subscriptions = names.flatMap((name) => [
    [`on${name}`, (listener: () => void) => void listeners.set(name, (listeners.get(name) ?? new Set()).add(listener))],
    [`off${name}`, (listener?: () => void) => void (listener ? listeners.get(name)?.delete(listener) : listeners.delete(name))],
  ])
  const sound: Record<string, unknown> = {
    src: '',
    loop: false,
    autoplay: false,
    volume: 1,
    obeyMuteSwitch: true,
    paused: true,
    duration: 0,
    currentTime: 0,
    ...(Object.fromEntries(subscriptions) as object),
  }
  return Object.assign(sound, {
    play: () => {
      sound.paused = false
      record('sound', { src: sound.src })
      fire('Play')
      if (sound.loop !== true) queueMicrotask(() => fire('Ended'))
    },
    pause: () => {
      sound.paused = true
      fire('Pause')
    },
    stop: () => {
      sound.paused = true
      fire('Stop')
    },
    seek: () => fire('Seeked'),
    destroy: () => listeners.clear(),
  })
}
