import type { TimelineLine } from '../../../typings/contract'
import { serverNow } from '../../lib/cloud'
import { timelineRows, type TimelineRow } from './timeline-rows'

/** How many lines show before the rest is asked for. */
const SHOWN_AT_FIRST = 5

/** What has happened, newest first. Long histories open with a tap. */
Component({
  properties: {
    lines: { type: Array, value: [] as TimelineLine[] },
  },
  data: { rows: [] as TimelineRow[], more: 0, open: false },
  observers: {
    'lines, open'(lines: TimelineLine[] | null, open: boolean) {
      const rows = timelineRows(lines ?? [], serverNow())
      const shown = open ? rows : rows.slice(0, SHOWN_AT_FIRST)
      this.setData({ rows: shown, more: rows.length - shown.length })
    },
  },
  methods: {
    showAll() {
      this.setData({ open: true })
    },
  },
})
