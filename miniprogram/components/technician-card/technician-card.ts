import type { TechnicianCard } from '../../../typings/contract'

/** Who comes: picture, name, staff number, stars, how many homes. `note` replaces the second line. A slot for what belongs below (the door code). Event `open` from the badge. */
Component({
  properties: {
    technician: { type: Object, value: null as unknown as TechnicianCard },
    note: { type: String, value: '' },
    /** Shows the way to the badge. */
    badge: { type: Boolean, value: true },
  },
  data: { stars: '' },
  observers: {
    technician(technician: TechnicianCard | null) {
      const stars = technician?.stars
      this.setData({ stars: typeof stars === 'number' ? stars.toFixed(1) : '' })
    },
  },
  methods: {
    open() {
      this.triggerEvent('open', { technician: this.data.technician })
    },
  },
})
