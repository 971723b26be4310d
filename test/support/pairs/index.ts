import { ABSENCE } from './absence'
import { CALLING } from './calling'
import { CHANGING } from './changing'
import { CLAIMING } from './claiming'
import { WORKING } from './working'

export const PAIRS = [...CLAIMING, ...CALLING, ...CHANGING, ...ABSENCE, ...WORKING]
