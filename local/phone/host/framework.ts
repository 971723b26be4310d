/** How glass-easel is set for a mini-program: DOM ids, warnings and errors that are heard, and the border that setData crosses. */
import { component, glassEasel } from 'glass-easel-miniprogram-adapter'
import { asDom } from './backend'
import { report } from './faults'
import { installSetDataBorder } from './set-data'

/** Warnings of the framework that tell of the page, not of the host: they stand in the console. */
function hearWarnings(isOwn: (path: string) => boolean): void {
  glassEasel.addGlobalWarningListener((message: string, related?: unknown) => {
    const path = typeof related === 'string' ? related : ((related as { is?: string } | undefined)?.is ?? '')
    // Packages set properties for every platform they know; the app's own templates should not.
    if (path !== '' && isOwn(path)) console.warn(`${path}: ${message}`)
    return false
  })
}

/** offsetLeft and offsetTop of an event's target, which WeChat tells. */
function tellOffsets(): void {
  for (const name of ['offsetLeft', 'offsetTop'] as const) {
    Object.defineProperty(component.ComponentCaller.prototype, name, {
      configurable: true,
      get(this: { _$: glassEasel.GeneralComponent }) {
        const node = this._$.getBackendElement()
        return node ? asDom(node)[name] : 0
      },
    })
  }
}

let installed = false

/** @param isOwn whether a component path is the app's own, not a package's */
export function installFrameworkOptions(isOwn: (path: string) => boolean): void {
  if (installed) return
  installed = true
  // writeFieldsToNode would put properties such as `dataset` onto DOM elements.
  Object.assign(glassEasel.globalOptions, { writeIdToDOM: true, writeFieldsToNode: false })
  glassEasel.addGlobalErrorListener((error: unknown) => {
    report(error)
    return false
  })
  hearWarnings(isOwn)
  tellOffsets()
  installSetDataBorder(isOwn)
}
