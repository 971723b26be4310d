/** Files as a phone handles them: POST /__upload?path=P (wx.cloud.uploadFile) and POST /__tempurl (wx.cloud.getTempFileURL). */
import * as z from 'zod'
import { type Exchange, HttpRefusal, localOpenid, readJson, sendJson } from '../http/exchange'
import { fileIdOf, pathOfFileId, pathProblem } from '../storage/cloud-path'
import { contentTypeOf } from '../storage/content-type'
import type { FileStore } from '../storage/file-store'
import type { StorageLinks } from '../storage/storage-links'
import { serviceCode } from '../service-error'

/** Bytes that a phone may upload at once. */
const MAX_UPLOAD = 50 * 1024 * 1024

const linkRequest = z.object({
  fileList: z
    .array(z.union([z.string(), z.object({ fileID: z.string(), maxAge: z.number().positive().max(86_400).optional() })]))
    .max(50, '一次最多 50 个文件'),
})

export interface PhoneFilesOptions {
  files: FileStore
  links: StorageLinks
  mayAccess: (purpose: 'read' | 'write', path: string, openid: string | undefined) => boolean
}

export class PhoneFiles {
  constructor(private readonly options: PhoneFilesOptions) {}

  async upload(exchange: Exchange): Promise<void> {
    const openid = localOpenid(exchange)
    if (openid === undefined) throw new HttpRefusal(400, '上传要带请求头 x-local-openid，说明是谁上传')
    const path = exchange.query.get('path') ?? ''
    const problem = pathProblem(path)
    if (problem !== undefined) throw new HttpRefusal(400, problem, 'INVALID_PARAM')
    if (Number(exchange.request.headers['content-length'] ?? 0) > MAX_UPLOAD) throw tooLarge()
    if (!this.options.mayAccess('write', path, openid))
      throw new HttpRefusal(403, '这个路径上已有别人的文件，不能覆盖', 'STORAGE_EXCEED_AUTHORITY')
    try {
      await this.options.files.store(path, exchange.request, { contentType: contentTypeOf(path), owner: openid, limit: MAX_UPLOAD })
    } catch (error) {
      throw serviceCode(error) === 'STORAGE_FILE_TOO_LARGE' ? tooLarge() : error
    }
    sendJson(exchange, 200, { fileID: fileIdOf(path) })
  }

  /** `{ fileList: [{ fileID, tempFileURL, maxAge, status, errMsg }] }` as wx.cloud.getTempFileURL gives; status 0 is success. */
  async links(exchange: Exchange): Promise<void> {
    const openid = localOpenid(exchange)
    const { fileList } = await readJson(exchange, linkRequest)
    sendJson(exchange, 200, {
      fileList: fileList.map((one) => {
        const { fileID, maxAge } = typeof one === 'string' ? { fileID: one, maxAge: undefined } : one
        return this.link(fileID, maxAge, openid)
      }),
    })
  }

  private link(fileID: string, maxAge: number | undefined, openid: string | undefined) {
    const path = pathOfFileId(fileID)
    if (path !== undefined && this.options.files.find(path) && !this.options.mayAccess('read', path, openid)) {
      return { fileID, tempFileURL: '', maxAge: 0, status: -503002, errMsg: 'STORAGE_EXCEED_AUTHORITY' }
    }
    const link = this.options.links.describeDownload(fileID, maxAge)
    const found = link.code === 'SUCCESS'
    return {
      fileID,
      tempFileURL: link.tempFileURL,
      maxAge: link.maxAge ?? 0,
      status: found ? 0 : -503003,
      errMsg: found ? 'ok' : link.code,
    }
  }
}

function tooLarge(): HttpRefusal {
  return new HttpRefusal(413, '文件太大，最多 50 MB', 'STORAGE_FILE_TOO_LARGE')
}
