import { serverNow } from '../../lib/cloud'
import { ringAt, type RingMode } from './ring-time'

interface Running {
  timer: ReturnType<typeof setTimeout> | null
  /** The ring whose end has been told. */
  told: string
}

type RingData = { text: string; degrees: number; urgent: boolean; drawn: boolean }
type RingProperties = {
  startedAt: StringConstructor
  endsAt: StringConstructor
  label: StringConstructor
  size: { type: NumberConstructor; value: number }
  mode: { type: StringConstructor; value: RingMode }
  alarm: { type: BooleanConstructor; value: boolean }
}
type RingMethods = { run(): void; stop(): void }

/**
 * A ring that runs between two moments. `down` empties (brass; red and one buzz in its last 30 s unless `alarm` is false); `up` fills (the test run).
 * `startedAt` and `endsAt` are ISO times in UTC; `size` is px at scale 1. Event `over`, once, when the end is reached or was passed.
 */
Component<RingData, RingProperties, RingMethods, [], { running: Running }>({
  properties: {
    startedAt: String,
    endsAt: String,
    label: String,
    size: { type: Number, value: 96 },
    mode: { type: String, value: 'down' },
    alarm: { type: Boolean, value: true },
  },
  data: { text: '', degrees: 0, urgent: false, drawn: false },
  lifetimes: {
    created() {
      this.running = { timer: null, told: '' }
    },
    attached() {
      this.run()
    },
    detached() {
      this.stop()
    },
  },
  pageLifetimes: {
    show() {
      this.run()
    },
    hide() {
      this.stop()
    },
  },
  observers: {
    'startedAt, endsAt, mode'() {
      this.run()
    },
  },
  methods: {
    run() {
      this.stop()
      const { startedAt, endsAt, mode, alarm, urgent: wasUrgent } = this.data
      const ends = { startedAt: Date.parse(startedAt), endsAt: Date.parse(endsAt) }
      if (Number.isNaN(ends.startedAt) || Number.isNaN(ends.endsAt)) return
      const moment = ringAt({ ...ends, mode: mode === 'up' ? 'up' : 'down' }, serverNow())
      const urgent = moment.urgent && alarm
      if (urgent && !wasUrgent && !moment.over) void wx.vibrateShort({ type: 'medium' })
      this.setData({ text: moment.text, degrees: Math.round(moment.share * 3600) / 10, urgent, drawn: true })
      if (!moment.over) {
        this.running.timer = setTimeout(() => this.run(), moment.nextInMs)
      } else if (this.running.told !== endsAt) {
        this.running.told = endsAt
        this.triggerEvent('over')
      }
    },
    stop() {
      if (this.running.timer !== null) clearTimeout(this.running.timer)
      this.running.timer = null
    },
  },
})
