/** Canvases to pictures, selector queries, observers, animations. */
import { prepareCanvas } from '../canvas-node'
import { MissingInHost } from '../faults'
import type { Phone } from '../phone'
import { SelectorQuery } from '../pages/selector-query'
import type { QueryFrame } from '../pages/selector-query'
import type { GeneralComponent } from '../types'
import { api } from './api'
import { createAnimation } from './animation'

interface CanvasToFile {
  canvas?: HTMLCanvasElement | OffscreenCanvas
  x?: number
  y?: number
  width?: number
  height?: number
  destWidth?: number
  destHeight?: number
  fileType?: 'png' | 'jpg'
  quality?: number
}

type Scope = { _$: GeneralComponent }
interface ObserverOptions {
  thresholds?: number[]
  initialRatio?: number
  observeAll?: boolean
}

/** The measuring frame of an element: the page that it is in, or the one shown. */
function frameOf(phone: Phone, element: Element | null): QueryFrame {
  const page = (element ? phone.pages.pageOf(element) : undefined) ?? phone.pages.current
  if (!page) throw new Error('no page is open')
  return { view: page.view, scroller: page.scroller }
}

export function drawingApis(phone: Phone): Record<string, unknown> {
  const { files, pages } = phone
  const currentScope = (): GeneralComponent => {
    const page = pages.current
    if (!page) throw new Error('no page is open')
    return (page.instance as unknown as Scope)._$
  }
  return {
    canvasToTempFilePath: api<CanvasToFile>(
      'canvasToTempFilePath',
      async ({ canvas, x = 0, y = 0, width, height, destWidth, destHeight, fileType = 'png', quality = 1 }) => {
        if (!canvas) throw new MissingInHost('canvasToTempFilePath without { canvas } (the old canvas)')
        if (canvas.width === 0 || canvas.height === 0) throw new Error('canvas is empty')
        const cut = { width: width ?? canvas.width - x, height: height ?? canvas.height - y }
        const output = new OffscreenCanvas(Math.round(destWidth ?? cut.width), Math.round(destHeight ?? cut.height))
        const context = output.getContext('2d')
        if (!context) throw new Error('no 2d context')
        if (fileType === 'jpg') {
          context.fillStyle = '#ffffff'
          context.fillRect(0, 0, output.width, output.height)
        }
        context.drawImage(canvas, x, y, cut.width, cut.height, 0, 0, output.width, output.height)
        const blob = await output.convertToBlob({ type: fileType === 'jpg' ? 'image/jpeg' : 'image/png', quality })
        return { tempFilePath: files.addTemporary(blob, fileType) }
      },
    ),
    createOffscreenCanvas: ({ type, width, height }: { type?: string; width: number; height: number }) => {
      if (type !== '2d') throw new MissingInHost(`an offscreen canvas of type "${type ?? 'webgl'}"`)
      return prepareCanvas(new OffscreenCanvas(width, height), files)
    },
    createSelectorQuery: () => new SelectorQuery(currentScope(), (element) => frameOf(phone, element)),
    createIntersectionObserver: (
      component: { createIntersectionObserver(options?: ObserverOptions): unknown },
      options?: ObserverOptions,
    ) => component.createIntersectionObserver(options),
    createAnimation,
  }
}
