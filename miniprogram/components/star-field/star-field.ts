/** Words for each number of stars, so that the figure is never alone. */
const STAR_WORDS = ['', '1 分，很差', '2 分，不行', '3 分，一般', '4 分，挺好', '5 分，没得说']

/** Five stars to press, with words, tags and a comment beside. `change` {stars, tags, comment} at every change. */
Component({
  properties: {
    stars: { type: Number, value: 0 },
    tags: { type: Array, value: [] as string[] },
    comment: { type: String, value: '' },
    /** What can be ticked: 准时, 讲得明白 … */
    choices: { type: Array, value: [] as string[] },
    readonly: { type: Boolean, value: false },
    /** Beside the comment, when the server refused it. */
    error: { type: String, value: '' },
  },
  data: { steps: [1, 2, 3, 4, 5], words: STAR_WORDS, chips: [] as { name: string; on: boolean }[], text: '' },
  observers: {
    comment(comment: string) {
      // What comes back from the page is what was typed here a moment ago: writing it again would undo what was typed since.
      if (comment === typed.get(this)) return
      typed.set(this, comment)
      this.setData({ text: comment })
    },
    'choices, tags'(choices: string[] | null, tags: string[] | null) {
      this.setData({ chips: (choices ?? []).map((name) => ({ name, on: (tags ?? []).includes(name) })) })
    },
  },
  methods: {
    onStar(event: WechatMiniprogram.TouchEvent<object, object, { stars: number }>) {
      if (!this.data.readonly) this.tell({ stars: event.currentTarget.dataset.stars })
    },

    onTag(event: WechatMiniprogram.TouchEvent<object, object, { name: string }>) {
      if (this.data.readonly) return
      const { name } = event.currentTarget.dataset
      const tags = this.data.tags as string[]
      this.tell({ tags: tags.includes(name) ? tags.filter((tag) => tag !== name) : [...tags, name] })
    },

    onComment(event: WechatMiniprogram.TextareaInput) {
      typed.set(this, event.detail.value)
      this.tell({ comment: event.detail.value })
    },

    tell(changes: { stars?: number; tags?: string[]; comment?: string }) {
      const { stars, tags } = this.data
      const comment = typed.get(this) ?? this.data.comment
      this.triggerEvent('change', { stars, tags, comment, ...changes })
    },
  },
})

/** The comment as it was typed last, by component. */
const typed = new WeakMap<object, string>()
