export { CloudError, type CloudErrorCode } from './cloud-error'
export { Database, type DatabaseOptions } from './database'
export type { CollectionDeclaration, IndexDeclaration } from './indexes/declaration'
