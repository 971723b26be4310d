/**
 * `<root-portal>`: its children are shown above the whole page, wherever it stands in the tree. glass-easel keeps working with the host element; the DOM
 * operations on its children are led to an element in the page's portal layer.
 */
const portals = new WeakMap<Element, HTMLElement>()

/** Leads the child operations of a host element to a layer of its own. Without a portal layer (not attached yet) children wait in that detached element. */
export function makePortalHost(host: HTMLElement): void {
  const layer = document.createElement('div')
  layer.className = 'portal'
  portals.set(host, layer)
  Object.assign(host, {
    appendChild: (child: Node) => layer.appendChild(child),
    insertBefore: (child: Node, before: Node | null) => layer.insertBefore(child, before),
    removeChild: (child: Node) => layer.removeChild(child),
    replaceChild: (child: Node, old: Node) => layer.replaceChild(child, old),
  })
}

export const portalOf = (host: Element): HTMLElement | undefined => portals.get(host)
