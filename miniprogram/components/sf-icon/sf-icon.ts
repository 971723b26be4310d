/** An icon of styles/icons.wxss. It takes the colour of the words around it; `duo` draws its second stroke in brass. `size` in px at scale 1. */
Component({
  properties: {
    name: { type: String, value: '' },
    duo: { type: Boolean, value: false },
    size: { type: Number, value: 24 },
  },
})
