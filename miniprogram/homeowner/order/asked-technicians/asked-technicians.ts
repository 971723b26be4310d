import type { OrderView } from '../../../../typings/contract'
import { askedTechnicians, type AskedTechnician } from './places'

type Offers = NonNullable<OrderView['dispatch']>['offers']

/** Who was asked and how far they are: a picture of the home and the technicians around it; in 关怀模式 a list. */
Component({
  properties: {
    offers: { type: Array, value: [] as Offers },
    care: { type: Boolean, value: false },
  },
  data: { asked: [] as AskedTechnician[] },
  observers: {
    offers(offers: Offers | null) {
      this.setData({ asked: askedTechnicians(offers ?? []) })
    },
  },
})
