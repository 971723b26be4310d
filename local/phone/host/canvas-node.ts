/** A canvas as a page's script gets it: the browser's own, with createImage, requestAnimationFrame and fonts that have Chinese. */
import type { FileStore } from './files'

const FONT = '"Noto Sans SC Variable"'
let fontsReady: Promise<unknown> | undefined

/** Canvas text is drawn at once, so every part of the font must be there first. Loaded when a page first asks for a canvas. */
function loadFonts(): Promise<unknown> {
  fontsReady ??= Promise.all(
    [...document.fonts].filter((face) => face.family.includes('Noto Sans SC')).map((face) => face.load().catch(() => undefined)),
  )
  return fontsReady
}

type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** `600 20px sans-serif` → the same with the phone's own font first, so that Chinese never depends on the machine's fonts. */
const withOwnFont = (font: string): string =>
  font.replace(/((?:\d*\.)?\d+px(?:\/\S+)?)\s+(.+)$/, (_, size: string, families: string) => `${size} ${FONT}, ${families}`)

function useOwnFont(context: Context2d): void {
  const property = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(context), 'font')
  if (!property || Object.getOwnPropertyDescriptor(context, 'font')) return
  Object.defineProperty(context, 'font', {
    get: () => property.get?.call(context) as string,
    set: (font: string) => property.set?.call(context, withOwnFont(font)),
  })
  context.font = '10px sans-serif'
}

/** An image whose `src` may be one of the app's files, a temporary file or a cloud file. */
function createImage(files: FileStore): HTMLImageElement {
  const image = new Image()
  const property = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src')
  Object.defineProperty(image, 'src', {
    get: () => property?.get?.call(image) as string,
    set: (source: string) =>
      void files.urlOf(source).then((url) => {
        if (url === null) image.dispatchEvent(new Event('error'))
        else property?.set?.call(image, url)
      }),
  })
  return image
}

type AnyCanvas = HTMLCanvasElement | OffscreenCanvas

/** Adds WeChat's functions to a canvas, once, and waits for the fonts. */
export async function scriptCanvas<C extends AnyCanvas>(canvas: C, files: FileStore): Promise<C> {
  await loadFonts()
  return prepareCanvas(canvas, files)
}

export function prepareCanvas<C extends AnyCanvas>(canvas: C, files: FileStore): C {
  if ('createImage' in canvas) return canvas
  const getContext = canvas.getContext.bind(canvas) as (type: '2d') => Context2d | null
  return Object.assign(canvas, {
    getContext: (type: string) => {
      if (type !== '2d') throw new Error(`canvas.getContext("${type}") is not in the browser host`)
      const context = getContext('2d')
      if (context) useOwnFont(context)
      return context
    },
    createImage: () => createImage(files),
    createPath2D: (path?: Path2D | string) => new Path2D(path),
    createImageData: (width: number, height: number) => new ImageData(width, height),
    requestAnimationFrame: (callback: FrameRequestCallback) => requestAnimationFrame(callback),
    cancelAnimationFrame: (id: number) => cancelAnimationFrame(id),
  })
}
