import { CALLING } from './calling'
import { CLAIMING } from './claiming'

export const PAIRS = [...CLAIMING, ...CALLING]
