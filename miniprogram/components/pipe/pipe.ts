import type { Turn } from '../../../typings/contract'

/** The five joints of an order's way; brass marks where it stands. `tone` is the header's turn, which decides on light or dark ink. */
Component({
  properties: {
    joint: { type: Number, value: 0 },
    tone: { type: String, value: 'ours' as Turn },
  },
  data: { names: ['报修', '派单', '上门', '验收', '保修'] },
})
