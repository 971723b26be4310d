import type { Knowledge } from '../domain/event'
import type { Settings } from '../domain/settings'
import type { Technician } from '../domain/technician'
import { codeFor } from './codes'

/** What `decide` is told. */
export const knowledgeOf = (settings: Settings, technicians?: readonly Technician[]): Knowledge => (technicians ? { settings, codeFor, technicians } : { settings, codeFor })
