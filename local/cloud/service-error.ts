/** A refusal that crosses the wire as `{ code, message }`, the way the cloud's own services answer. */
export class ServiceError extends Error {
  override name = 'ServiceError'
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** The code of an error that is meant for the caller (ours or the database's), or undefined for a bug. */
export function serviceCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  // Node's own errors (ENOENT, ERR_…) have codes too: those are bugs here, not answers.
  return /^(ERR_|E[A-Z]+$)/.test(error.code) ? undefined : error.code
}
