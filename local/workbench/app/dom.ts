/** Redrawing without losing the place of whoever uses the keyboard, and the little SVG that the phone host's `element` does not make. */
export { element, requiredElement } from '../../phone/host/dom'

const SVG = 'http://www.w3.org/2000/svg'

/** An SVG element; `data-key` makes it keep the focus when it is drawn anew. */
export function shape<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number> = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value))
  made.append(...children)
  return made
}

/** Puts new children in the place of the old; what had the focus, by its `data-key`, has it again. */
export function redraw(container: Element, ...children: (Node | string)[]): void {
  const focused = document.activeElement
  const key = focused instanceof Element && container.contains(focused) ? focused.getAttribute('data-key') : null
  container.replaceChildren(...children)
  if (key === null) return
  const again = container.querySelector<HTMLElement | SVGElement>(`[data-key="${CSS.escape(key)}"]`)
  again?.focus({ preventScroll: true })
}

/** An icon of the app, in the colour of the text around it. */
export function icon(name: string): HTMLElement {
  const made = document.createElement('i')
  made.className = 'icon'
  made.style.setProperty('--icon', `var(--sf-i-${name})`)
  made.setAttribute('aria-hidden', 'true')
  return made
}
