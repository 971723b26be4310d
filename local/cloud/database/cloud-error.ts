/**
 * The string codes with which CloudBase's database answers a request that it refuses (facts/cloudbase.md §2.1).
 * Programs compare codes, never texts; texts follow the cloud's: a sentence in English, closed by its standing advice.
 */
export type CloudErrorCode =
  /** A parameter of the request itself is missing, of the wrong type or not parseable. */
  | 'INVALID_PARAM'
  /** The request is well formed, but the database refuses it (bad operator, wrong field type, limit broken, no index). */
  | 'DATABASE_REQUEST_FAILED'
  | 'DATABASE_COLLECTION_NOT_EXIST'
  | 'DATABASE_COLLECTION_ALREADY_EXIST'
  /** `_id` or a unique index is taken. */
  | 'DATABASE_DUPLICATE_WRITE'
  /** Another transaction was first; callers run the transaction again. */
  | 'DATABASE_TRANSACTION_CONFLICT'
  /** The transaction is unknown, ended or expired. */
  | 'DATABASE_TRANSACTION_FAIL'

const ADVICE = 'Please check your request, but if the problem persists, contact us.'

/** A refusal as the cloud words it: `code` for programs, `message` for their authors. */
export class CloudError extends Error {
  readonly code: string

  constructor(code: CloudErrorCode, message: string) {
    super(message)
    this.name = 'CloudError'
    this.code = code
  }
}

export const invalidParam = (reason: string): CloudError => new CloudError('INVALID_PARAM', `[InvalidParameter] ${reason}. ${ADVICE}`)

/** What MongoDB itself refuses; `reason` is MongoDB's sentence. */
export const requestFailed = (reason: string): CloudError =>
  new CloudError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${reason}. ${ADVICE}`)

export const collectionMissing = (name: string): CloudError =>
  new CloudError('DATABASE_COLLECTION_NOT_EXIST', `[ResourceNotFound] Db or Table not exist: ${name}. ${ADVICE}`)

export const collectionExists = (name: string): CloudError =>
  new CloudError('DATABASE_COLLECTION_ALREADY_EXIST', `[ResourceInUse] Db or Table already exist: ${name}. ${ADVICE}`)

export const duplicateWrite = (collection: string, index: string, key: string): CloudError =>
  new CloudError(
    'DATABASE_DUPLICATE_WRITE',
    `[FailedOperation] E11000 duplicate key error collection: ${collection} index: ${index} dup key: ${key}. ${ADVICE}`,
  )

export const transactionConflict = (): CloudError =>
  new CloudError(
    'DATABASE_TRANSACTION_CONFLICT',
    `[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ${ADVICE}`,
  )

export const transactionMissing = (): CloudError =>
  new CloudError(
    'DATABASE_TRANSACTION_FAIL',
    `[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. ${ADVICE}`,
  )

/** A plain write waited for a transaction's lock for as long as the cloud would. */
export const lockTimeout = (): CloudError => requestFailed('Unable to acquire lock: a transaction holds the document')
