/** What WeChat Pay answers when it refuses: an HTTP status and `{ code, message, detail? }`. */
export class PayRefusal extends Error {
  override name = 'PayRefusal'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: { field?: string; value?: unknown; issue?: string; location?: string },
  ) {
    super(message)
  }
}

export function paramError(field: string, issue: string, value?: unknown): PayRefusal {
  return new PayRefusal(400, 'PARAM_ERROR', `参数错误：${field} ${issue}`, {
    field: `/${field.replaceAll('.', '/')}`,
    value,
    issue,
    location: 'body',
  })
}
