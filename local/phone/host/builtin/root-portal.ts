import { portalOf } from '../portal'
import { Builtin } from './builtin'

/** `<root-portal>`: its children are above the whole page. */
export class RootPortalElement extends Builtin {
  override attached(): void {
    const layer = portalOf(this.element)
    const page = this.phone.pages.pageOf(this.element)
    if (layer && page) page.portals.append(layer)
  }

  override detached(): void {
    portalOf(this.element)?.remove()
  }
}
