/** The few things that the host needs to make elements of its own (sheets, bars, menus). */
type Child = Node | string

interface ElementOptions {
  class?: string
  role?: string
  label?: string
  text?: string
  html?: string
  style?: Partial<CSSStyleDeclaration>
  attributes?: Record<string, string>
  onClick?(event: MouseEvent): void
}

/** Makes an element. `html` is for the host's own drawings only, never for anything that came from outside. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (options.class) made.className = options.class
  if (options.role) made.setAttribute('role', options.role)
  if (options.label) made.setAttribute('aria-label', options.label)
  if (options.text !== undefined) made.textContent = options.text
  if (options.html !== undefined) made.innerHTML = options.html
  if (options.style) Object.assign(made.style, options.style)
  for (const [name, value] of Object.entries(options.attributes ?? {})) made.setAttribute(name, value)
  if (options.onClick) made.onclick = options.onClick
  made.append(...children)
  return made
}

/** The element of the page itself with this id. @throws Error when index.html lacks it */
export function requiredElement(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`index.html has no #${id}`)
  return found
}
