import { optional } from './environment'
import { callElsewhere } from './trips'

/** Posts to the staff's 企业微信 group robot (R41). It takes 20 posts a minute: whoever has several lines posts them together. */

const ANSWER_MS = 3_000
/** Bytes of a text post. */
const MOST_BYTES = 2_000
const MOST_LINES = 20

/** Whether a robot is set up. */
export const hasRobot = (): boolean => optional('WECOM_ROBOT_URL') !== ''

/** Whether the robot took the post. Never throws: staff see their to-dos without it too. */
export const postToStaff = async (lines: readonly string[]): Promise<boolean> => {
  const url = optional('WECOM_ROBOT_URL')
  if (!url || lines.length === 0) return false
  try {
    const post: RequestInit = {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ msgtype: 'text', text: { content: textOf(lines) } }), signal: AbortSignal.timeout(ANSWER_MS),
    }
    const answer = await callElsewhere(() => fetch(url, post))
    const { errcode } = (await answer.json()) as { errcode?: unknown }
    return errcode === 0
  } catch {
    return false
  }
}

/** Those that one post holds; of the others it says how many. */
export const heldByPost = (lines: readonly string[]): string[] => {
  const shown: string[] = []
  for (const line of lines.slice(0, MOST_LINES)) {
    if (Buffer.byteLength([...shown, line].join('\n')) > MOST_BYTES - 60) break
    shown.push(line)
  }
  return shown
}

const textOf = (lines: readonly string[]): string => {
  const shown = heldByPost(lines)
  const rest = lines.length - shown.length
  return rest > 0 ? [...shown, `还有 ${rest} 条，请看待办`].join('\n') : shown.join('\n')
}
