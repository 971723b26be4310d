import type { Button } from '../../../typings/contract'
import { ACT_ICONS } from './act-icons'

export interface BarButton extends Button {
  icon: string
}

/** How the bar shares its buttons out: at most two stand beside the main one, the rest wait behind 更多. Where it is `narrow` (large letters on a small phone) one row is all: two would leave little of the page. */
export interface BarButtons {
  main: BarButton | null
  beside: BarButton[]
  hidden: Button[]
}

export function shareOut(main: Button | null, more: Button[], narrow = false): BarButtons {
  const shown = narrow && main !== null ? shortAlone(more) : more.length > 2 ? more.slice(0, 1) : more
  return { main: main && withIcon(main), beside: shown.map(withIcon), hidden: more.slice(shown.length) }
}

/** 不接: the only one, and short enough to stand beside the main one. */
const shortAlone = (more: Button[]): Button[] => more.filter(({ act, label }) => more.length === 1 && label.length <= 2 && ACT_ICONS[act] === undefined)

function withIcon(button: Button): BarButton {
  return { ...button, icon: ACT_ICONS[button.act] ?? '' }
}
