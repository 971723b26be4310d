/** Photos and signatures on their way to cloud storage: small enough, to the path the server gave out, with progress. */
import type { UploadPurpose } from '../../typings/contract'
import type { FunctionName } from './cloud'
import { call } from './cloud'
import { newRequestId } from './request-id'

export interface LocalFile {
  /** A temporary path of the phone. */
  path: string
  /** Bytes. */
  size: number
}

export interface UploadTarget {
  name: FunctionName
  purpose: UploadPurpose
  /** A filing's draft requestId, else the order's id. */
  subject: string
}

type Extension = 'jpg' | 'jpeg' | 'png' | 'mp4'

/** Beyond this a photo is compressed first; a photo of a tap needs no more. */
const COMPRESS_ABOVE_BYTES = 600 * 1024
const COMPRESS_QUALITY = 70

/** Which function hands out paths for a purpose that only one role has. */
export function functionOf(purpose: UploadPurpose): FunctionName {
  return purpose === 'step' || purpose === 'change' ? 'technician' : 'homeowner'
}

/**
 * Uploads one file and gives its file id. `onProgress` hears 0–100.
 * @throws ActionFailure from the grant, or what wx.cloud.uploadFile failed with (errorText reads both).
 */
export async function uploadFile(
  file: LocalFile,
  target: UploadTarget,
  onProgress: (percent: number) => void = () => undefined,
): Promise<string> {
  const small = await compressed(file)
  const { grants } = await call(
    target.name,
    'grantUploads',
    { purpose: target.purpose, subject: target.subject, files: [{ extension: extensionOf(small.path), bytes: small.size }] },
    { requestId: newRequestId() },
  )
  const grant = grants[0]
  if (!grant) throw new Error('grantUploads gave no path')
  return new Promise((resolve, reject) => {
    const task = wx.cloud.uploadFile({
      cloudPath: grant.cloudPath,
      filePath: small.path,
      success: ({ fileID }) => resolve(fileID),
      fail: reject,
    })
    task.onProgressUpdate(({ progress }) => onProgress(progress))
  })
}

/** The file, made smaller when it is a large photo; the original when the phone cannot compress it. */
async function compressed(file: LocalFile): Promise<LocalFile> {
  if (file.size <= COMPRESS_ABOVE_BYTES || extensionOf(file.path) === 'mp4') return file
  try {
    const { tempFilePath } = await wx.compressImage({ src: file.path, quality: COMPRESS_QUALITY })
    const size = await fileSize(tempFilePath)
    return size > 0 && size < file.size ? { path: tempFilePath, size } : file
  } catch {
    return file
  }
}

/** Bytes of a temporary file. */
export function fileSize(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().getFileInfo({ filePath: path, success: ({ size }) => resolve(size), fail: reject })
  })
}

function extensionOf(path: string): Extension {
  const found = /\.(jpg|jpeg|png|mp4)$/i.exec(path)?.[1]?.toLowerCase()
  return found === 'jpeg' || found === 'png' || found === 'mp4' ? found : 'jpg'
}
