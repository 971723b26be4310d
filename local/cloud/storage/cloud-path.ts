import { ENV_ID } from '../functions/environment'

/** The bucket's name in file ids, as the cloud forms it. */
const BUCKET = `6c6f-${ENV_ID}-1300000000`
const ID_PREFIX = `cloud://${ENV_ID}.${BUCKET}/`

/** Bytes of a path, percent-encoded (COS). */
const MAX_ENCODED = 850

/** Why a path cannot be stored, in Chinese; undefined if it can. Paths are relative, without empty, `.` or `..` parts. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return '文件路径不能为空'
  if (path.startsWith('/')) return '文件路径不能以 / 开头'
  if ([...path].some((sign) => sign < ' ' || sign === '\u007f' || sign === '\\')) return '文件路径不能含控制字符或反斜杠'
  const parts = path.split('/')
  if (parts.includes('..') || parts.includes('.')) return '文件路径不能含 . 或 .. 这一级'
  if (parts.includes('')) return '文件路径不能有空的一级（连续的 / 或结尾的 /）'
  if (/\p{Surrogate}/u.test(path) || encodeURIComponent(path).length > MAX_ENCODED) return '文件路径太长或含有不完整的字符'
  return undefined
}

export function fileIdOf(path: string): string {
  return ID_PREFIX + path
}

/** The path of a file id of this environment; undefined for any other text. */
export function pathOfFileId(fileId: unknown): string | undefined {
  if (typeof fileId !== 'string' || !fileId.startsWith(ID_PREFIX)) return undefined
  const path = fileId.slice(ID_PREFIX.length)
  return pathProblem(path) === undefined ? path : undefined
}

/** For a URL's path: each part encoded, slashes kept. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
