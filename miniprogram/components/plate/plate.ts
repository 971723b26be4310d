/**
 * The enamel plate, for what is read aloud or checked. `code`: a plate for each sign (the door code); `staff`: one plate (工号 0317);
 * `clock`: one big plate. At most one group a page.
 */
Component({
  properties: {
    text: { type: String, value: '' },
    size: { type: String, value: 'code' as 'code' | 'staff' | 'clock' },
  },
  data: { plates: [] as { at: number; sign: string }[], spoken: '' },
  observers: {
    'text, size'(text: string, size: string) {
      const signs = Array.from(text)
      // Apart, so that a screen reader says four digits and not four thousand.
      const plates = (size === 'code' ? signs : [text]).map((sign, at) => ({ at, sign }))
      this.setData({ plates, spoken: size === 'code' ? signs.join(' ') : text })
    },
  },
})
