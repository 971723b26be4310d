/** A person's picture, round; without one (or when it does not load) an icon. `size` in px; a face does not grow with the letters. */
Component({
  properties: {
    photo: { type: String, value: '' },
    name: { type: String, value: '' },
    size: { type: Number, value: 56 },
  },
  data: { broken: false },
  observers: {
    photo() {
      this.setData({ broken: false })
    },
  },
  methods: {
    fallBack() {
      this.setData({ broken: true })
    },
  },
})
