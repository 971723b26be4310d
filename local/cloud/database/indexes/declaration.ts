/** An index as cloudbase/ declares it and the deployment makes it. */
export interface IndexDeclaration {
  name: string
  keys: { field: string; direction: 1 | -1 | '2dsphere' }[]
  unique?: boolean
}

export interface CollectionDeclaration {
  name: string
  indexes: IndexDeclaration[]
}
