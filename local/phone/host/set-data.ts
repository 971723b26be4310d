/** In WeChat data crosses from the app's thread to the view's as JSON. Here it crosses the same border, so that what would be lost there is lost here. */
import { component } from 'glass-easel-miniprogram-adapter'

const LIMIT = 1024 * 1024
type SetData = (this: { is: string }, data: Record<string, unknown>, callback?: () => void) => void

function describeLoss(value: unknown): string | undefined {
  if (value === undefined) return 'undefined'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'symbol' || typeof value === 'bigint') return `a ${typeof value}`
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (value instanceof Date) return 'a Date (becomes text)'
  if (value instanceof Map || value instanceof Set || value instanceof Error) return `a ${value.constructor.name}`
  return undefined
}

/** A JSON clone, with a word for each thing that does not survive. @throws TypeError for circular data, as WeChat does */
function cloneAcrossBorder(value: unknown, path: string, onLoss: (path: string, what: string) => void): unknown {
  const walk = (current: unknown, at: string): void => {
    const loss = describeLoss(current)
    if (loss) onLoss(at, loss)
    else if (typeof current === 'object' && current !== null)
      for (const [key, child] of Object.entries(current)) walk(child, `${at}.${key}`)
  }
  const text = JSON.stringify(value)
  walk(value, path)
  if (text === undefined) return undefined
  if (text.length > LIMIT) console.warn(`setData: "${path}" has ${Math.round(text.length / 1024)} KB; WeChat takes 1 MB at most`)
  return JSON.parse(text) as unknown
}

/** Puts the border into every setData of the app's own pages and components. TDesign's hand functions to each other, which WeChat lets pass between components. */
export function installSetDataBorder(isOwn: (path: string) => boolean): void {
  const prototype = component.ComponentCaller.prototype as unknown as { setData: SetData }
  const original = prototype.setData
  prototype.setData = function setData(data, callback) {
    if (!isOwn(this.is)) return original.call(this, data, callback)
    const crossed: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(data)) {
      const copy = cloneAcrossBorder(value, key, (path, what) =>
        console.warn(`setData in ${this.is}: "${path}" is ${what}, which does not reach the view in WeChat`),
      )
      if (copy !== undefined) crossed[key] = copy
    }
    return original.call(this, crossed, callback)
  }
}
