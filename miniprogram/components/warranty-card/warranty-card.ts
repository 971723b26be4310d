import type { WarrantyCardView } from '../../../typings/contract'
import { largeType } from '../../lib/large-type'
import { qrModules, qrPicture } from '../../lib/qr-code'
import { layOut } from './card-picture'
import type { CardWords } from './card-words'
import { cardWords } from './card-words'
import type { Context } from './draw-card'
import { drawCard } from './draw-card'

interface CardCanvas {
  width: number
  height: number
  getContext(kind: '2d'): Context & { scale(x: number, y: number): void }
  createImage(): { src: string; width: number; height: number; onload: (() => void) | null; onerror: (() => void) | null }
}

/** Sharp enough to be printed small. */
const PICTURE_RATIO = 3

/**
 * The warranty card, on paper in both themes. The homeowner's full name, phone, door and handwriting are not on it: it is made to be passed on.
 * Pages call `savePicture()`, which gives the temporary path of a PNG.
 */
Component({
  behaviors: [largeType],
  properties: {
    card: { type: Object, value: null as unknown as WarrantyCardView },
  },
  data: { words: null as CardWords | null, qr: '', signature: '' },
  observers: {
    card(card: WarrantyCardView | null) {
      if (!card) return
      const changes: { words: CardWords; signature: string; qr?: string } = {
        words: cardWords(card),
        signature: card.technician.signature?.url ?? '',
      }
      if (this.data.words?.code !== card.code) changes.qr = qrPicture(card.code)
      this.setData(changes)
    },
  },
  methods: {
    onSignatureError() {
      this.setData({ signature: '' })
    },

    async savePicture(): Promise<string> {
      const { words, signature, card } = this.data
      if (!words) throw new Error('no card yet')
      const canvas = await this.canvas()
      const context = canvas.getContext('2d')
      const picture = layOut(words, qrModules(words.code), (text, font) => {
        context.font = font
        return context.measureText(text).width
      })
      canvas.width = picture.width * PICTURE_RATIO
      canvas.height = picture.height * PICTURE_RATIO
      context.scale(PICTURE_RATIO, PICTURE_RATIO)
      drawCard(context, picture, signature ? await loadImage(canvas, signature) : null, (card as WarrantyCardView).technician.name)
      const { tempFilePath } = await wx.canvasToTempFilePath(
        // Without these WeChat multiplies by the phone's pixel ratio once more.
        { canvas, fileType: 'png', destWidth: canvas.width, destHeight: canvas.height },
        this,
      )
      return tempFilePath
    },

    canvas(): Promise<CardCanvas> {
      return new Promise((resolve, reject) => {
        wx.createSelectorQuery()
          .in(this)
          .select('#card-picture')
          .fields({ node: true })
          .exec((found: ({ node: CardCanvas } | null)[]) => {
            const canvas = found[0]?.node
            if (canvas) resolve(canvas)
            else reject(new Error('no canvas'))
          })
      })
    },
  },
})

/** The image, or null when it does not load: a card without the handwriting is better than none. */
function loadImage(canvas: CardCanvas, src: string): Promise<{ width: number; height: number } | null> {
  return new Promise((resolve) => {
    const image = canvas.createImage()
    image.onload = () => resolve(image)
    image.onerror = () => resolve(null)
    image.src = src
  })
}
