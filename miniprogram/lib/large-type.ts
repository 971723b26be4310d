import { readAppearance } from './appearance'

/**
 * For components whose rows must break differently in 关怀模式: `care` in their data. The page's own `.care` does not reach into a component's styles.
 * Use as `behaviors: [largeType]` and put `{{care ? 'care' : ''}}` on the root view.
 */
export const largeType = Behavior({
  data: { care: false },
  lifetimes: {
    attached() {
      this.setData({ care: readAppearance().care })
    },
  },
  pageLifetimes: {
    show() {
      const { care } = readAppearance()
      if (care !== this.data.care) this.setData({ care })
    },
  },
})
