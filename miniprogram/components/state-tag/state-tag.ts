import type { Turn } from '../../../typings/contract'
import { TURN_ICONS } from './turn-icons'

/** The state's word with glyph and colour of whose turn it is. */
Component({
  properties: {
    turn: { type: String, value: 'ours' as Turn },
    word: { type: String, value: '' },
  },
  data: { icon: TURN_ICONS.ours },
  observers: {
    turn(turn: Turn) {
      this.setData({ icon: TURN_ICONS[turn] })
    },
  },
})
