import { showFailure, showSentence } from '../../lib/dialog'
import { fileSize, uploadFile } from '../../lib/upload'
import type { FunctionName } from '../../lib/cloud'
import type { Pen, Stroke } from './strokes'
import { drawAll, drawNewest, fitted, prepare, refusalOf } from './strokes'

interface PadCanvas {
  width: number
  height: number
  getContext(kind: '2d'): Pen & { scale(x: number, y: number): void; clearRect(x: number, y: number, width: number, height: number): void }
}

interface FoundCanvas {
  node: PadCanvas
  width: number
  height: number
}

const INK_WIDTH = 480
const INK_HEIGHT = 160

/** Touches of a canvas carry their place in it, CSS px. */
interface PadEvent {
  touches: { x: number; y: number }[]
}

/** A pad to sign on. `signed` {fileId} when the signature has been uploaded. A dot or a slip is refused. */
Component({
  properties: {
    /** Whose function gives out the path. */
    name: { type: String, value: 'homeowner' as FunctionName },
    /** The order's id. */
    subject: { type: String, value: '' },
    /** Under the line: 业主签名 */
    label: { type: String, value: '请在这里签名' },
    button: { type: String, value: '签好了' },
    /** The page is still sending. */
    busy: { type: Boolean, value: false },
  },
  data: { written: false, uploading: false },
  lifetimes: {
    ready() {
      void this.prepareCanvas()
    },
  },
  methods: {
    /** Strokes live beside the data: they never cross the bridge. */
    strokes(): Stroke[] {
      return strokesOf(this)
    },

    async prepareCanvas() {
      const found = await this.canvas('#pad')
      if (!found) return
      const { node, width, height } = found
      const ratio = wx.getWindowInfo().pixelRatio
      node.width = width * ratio
      node.height = height * ratio
      const pen = node.getContext('2d')
      pen.scale(ratio, ratio)
      prepare(pen)
      pads.set(this, { pen, width, height })
    },

    canvas(selector: string): Promise<FoundCanvas | null> {
      return new Promise((resolve) => {
        wx.createSelectorQuery()
          .in(this)
          .select(selector)
          .fields({ node: true, size: true })
          .exec((found: (FoundCanvas | null)[]) => resolve(found[0] ?? null))
      })
    },

    /** The ink alone, filling a picture of its own: on the card it is read at the size of a name. */
    async picture(): Promise<string> {
      const found = await this.canvas('#ink')
      if (!found) throw new Error('no canvas')
      const { node } = found
      node.width = INK_WIDTH
      node.height = INK_HEIGHT
      const pen = node.getContext('2d')
      prepare(pen)
      drawAll(pen, fitted(this.strokes(), INK_WIDTH, INK_HEIGHT))
      // Without a size WeChat multiplies by the phone's pixel ratio.
      const { tempFilePath } = await wx.canvasToTempFilePath(
        { canvas: node, fileType: 'png', destWidth: INK_WIDTH, destHeight: INK_HEIGHT },
        this,
      )
      return tempFilePath
    },

    onStart(event: PadEvent) {
      this.strokes().push([])
      this.extend(event)
    },

    onMove(event: PadEvent) {
      this.extend(event)
    },

    onEnd() {
      if (!this.data.written && this.strokes().length > 0) this.setData({ written: true })
    },

    /** A second finger or the heel of the hand is not the pen. */
    extend({ touches }: PadEvent) {
      const [touch] = touches
      const stroke = this.strokes().at(-1)
      const pad = pads.get(this)
      if (!touch || !stroke || !pad) return
      stroke.push({ x: touch.x, y: touch.y })
      drawNewest(pad.pen, stroke)
    },

    clear() {
      this.strokes().length = 0
      const pad = pads.get(this)
      pad?.pen.clearRect(0, 0, pad.width, pad.height)
      this.setData({ written: false })
    },

    async finish() {
      if (this.data.uploading || this.data.busy) return
      const refusal = refusalOf(this.strokes())
      const pad = pads.get(this)
      if (refusal || !pad) {
        void showSentence(refusal ?? '签名板还没准备好，请稍等')
        return
      }
      this.setData({ uploading: true })
      try {
        const path = await this.picture()
        const file = { path, size: await fileSize(path) }
        const fileId = await uploadFile(file, { name: this.data.name as FunctionName, purpose: 'signature', subject: this.data.subject })
        this.triggerEvent('signed', { fileId })
      } catch (error) {
        void showFailure(error)
      } finally {
        this.setData({ uploading: false })
      }
    },
  },
})

interface ReadyPad {
  pen: ReturnType<PadCanvas['getContext']>
  width: number
  height: number
}

const pads = new WeakMap<object, ReadyPad>()
const strokesByPad = new WeakMap<object, Stroke[]>()

function strokesOf(pad: object): Stroke[] {
  const existing = strokesByPad.get(pad)
  if (existing) return existing
  const strokes: Stroke[] = []
  strokesByPad.set(pad, strokes)
  return strokes
}
