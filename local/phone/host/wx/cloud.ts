/** wx.cloud: functions, files and temporary addresses, against the local workplace. Without network it fails as WeChat does. */
import type { Phone } from '../phone'
import type { WxError } from './api'
import { ApiFailure, api } from './api'

interface CallFunction {
  name: string
  data?: unknown
}

interface UploadFile {
  cloudPath: string
  filePath: string
  success?(result: Record<string, unknown>): void
  fail?(error: WxError): void
  complete?(result: Record<string, unknown> | WxError): void
}

interface Progress {
  progress: number
  totalBytesSent: number
  totalBytesExpectedToSend: number
}

const errorText = (body: unknown): string => {
  const error = (body as { error?: unknown } | null)?.error
  if (typeof error === 'string') return error
  const message = (error as { message?: unknown } | null)?.message ?? (body as { message?: unknown } | null)?.message
  return typeof message === 'string' ? message : JSON.stringify(body)
}

const makeRequestId = (): string => crypto.randomUUID()
const OFFLINE = 'request:fail errcode:-118 cronet_error_code:-118 error_msg:net::ERR_INTERNET_DISCONNECTED'

export function cloudApis({ server, device, files }: Phone): Record<string, unknown> {
  let started = false
  const demandStart = (): void => {
    if (!started) throw new Error("Cloud API isn't enabled, please call wx.cloud.init first")
    if (device.networkType === 'none') throw new ApiFailure(OFFLINE, { errCode: -1 })
  }
  const reach = async <T>(request: Promise<T>): Promise<T> => {
    try {
      return await request
    } catch (error) {
      throw new ApiFailure(`request:fail ${error instanceof Error ? error.message : ''}`, { errCode: -1 })
    }
  }

  const callFunction = api<CallFunction>('cloud.callFunction', async ({ name, data = {} }) => {
    demandStart()
    const { status, body } = await reach(server.post(`/__invoke/${encodeURIComponent(name)}`, data))
    // The network may have gone while the function ran: the answer is lost, as on a real phone.
    if (device.networkType === 'none') throw new ApiFailure(OFFLINE, { errCode: -1 })
    const requestID = makeRequestId()
    if (status === 200) return { result: body, requestID }
    const missing = status === 404
    const refused = status === 401 || status === 403
    const errCode = missing ? -501000 : refused ? -501005 : -504002
    const words = missing ? 'FunctionName parameter could not be found' : refused ? 'permission denied' : 'functions execute fail'
    throw new ApiFailure(`Error: errCode: ${errCode} ${words} | errMsg: requestID ${requestID}, ${errorText(body)}`, { errCode })
  })

  const uploadFile = (options: UploadFile): unknown => {
    const progressListeners = new Set<(progress: Progress) => void>()
    let abort = (): void => undefined
    const run = api<UploadFile>('cloud.uploadFile', async ({ cloudPath, filePath }) => {
      demandStart()
      if (cloudPath.startsWith('/')) throw new ApiFailure('cloudPath cannot start with "/"', { errCode: -501007 })
      const blob = await files.read(filePath)
      const upload = server.upload(cloudPath, blob, (sent, total) => {
        progressListeners.forEach((listener) =>
          listener({ progress: Math.round((sent / Math.max(1, total)) * 100), totalBytesSent: sent, totalBytesExpectedToSend: total }),
        )
      })
      abort = upload.abort
      const { status, body } = await reach(upload.done)
      if (device.networkType === 'none') throw new ApiFailure(OFFLINE, { errCode: -1 })
      const fileID = (body as { fileID?: string } | null)?.fileID
      if (status !== 200 || fileID === undefined) throw new ApiFailure(errorText(body), { errCode: -403003 })
      return { fileID, statusCode: 200 }
    })
    const outcome = run(options)
    const task = {
      onProgressUpdate: (listener: (progress: Progress) => void) => void progressListeners.add(listener),
      offProgressUpdate: (listener?: (progress: Progress) => void) =>
        listener ? void progressListeners.delete(listener) : progressListeners.clear(),
      abort: () => abort(),
    }
    return outcome ? Object.assign(outcome, task) : task
  }

  return {
    init: () => {
      started = true
    },
    callFunction,
    uploadFile,
    getTempFileURL: api<{ fileList: (string | { fileID: string })[] }>('cloud.getTempFileURL', async ({ fileList }) => {
      demandStart()
      const { status, body } = await reach(
        server.post('/__tempurl', { fileList: fileList.map((file) => (typeof file === 'string' ? file : file.fileID)) }),
      )
      if (status !== 200) throw new ApiFailure(errorText(body), { errCode: -403003 })
      return { fileList: (body as { fileList: unknown }).fileList }
    }),
    downloadFile: api<{ fileID: string }>('cloud.downloadFile', async ({ fileID }) => {
      demandStart()
      const url = await files.urlOf(fileID)
      if (url === null) throw new ApiFailure('file not exist', { errCode: -403001 })
      const response = await fetch(url)
      if (!response.ok) throw new ApiFailure(`status ${response.status}`, { errCode: -403001 })
      const blob = await response.blob()
      return { tempFilePath: files.addTemporary(blob, fileID.split('.').pop() ?? 'bin'), statusCode: 200 }
    }),
  }
}
