import type { ButtonAct } from '../../../typings/contract'

/** Icons of the buttons that have one; most words need none. */
export const ACT_ICONS: Partial<Record<ButtonAct, string>> = {
  correct_contact: 'edit',
  call_hotline: 'phone',
  dial: 'phone',
  notify_me: 'bell',
  file_again: 'edit',
  view_card: 'card',
  navigate: 'route',
}
