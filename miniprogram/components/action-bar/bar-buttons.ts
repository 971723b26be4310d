import type { Button } from '../../../typings/contract'
import { ACT_ICONS } from './act-icons'

export interface BarButton extends Button {
  icon: string
}

/** How the bar shares its buttons out: at most two stand beside the main one, the rest wait behind 更多. */
export interface BarButtons {
  main: BarButton | null
  beside: BarButton[]
  hidden: Button[]
}

export function shareOut(main: Button | null, more: Button[]): BarButtons {
  const shown = more.length > 2 ? more.slice(0, 1) : more
  return { main: main && withIcon(main), beside: shown.map(withIcon), hidden: more.slice(shown.length) }
}

function withIcon(button: Button): BarButton {
  return { ...button, icon: ACT_ICONS[button.act] ?? '' }
}
