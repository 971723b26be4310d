import { isActionFailure } from '../../lib/cloud'

/** The sentence that belongs beside the comment: its own, or that it did not pass WeChat's check (R54). Null when the failure is about something else. */
export function commentError(error: unknown): string | null {
  if (!isActionFailure(error)) return null
  return error.fields['comment'] ?? (error.code === 'CONTENT_REFUSED' ? error.message : null)
}
