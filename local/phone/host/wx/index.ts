/** `wx`: every API that the host has. Asking for another throws, naming it, so that nothing is ever silently missing. */
import { MissingInHost } from '../faults'
import type { Phone } from '../phone'
import { cloudApis } from './cloud'
import { dialogApis } from './dialogs'
import { drawingApis } from './drawing'
import { fileSystemApis } from './file-system'
import { locationApis } from './location'
import { mediaApis } from './media'
import { messageApis } from './messages'
import { paymentApis } from './payment'
import { routingApis } from './routing'
import { storageApis } from './storage'
import { systemApis } from './system'

/** Asked for by libraries only to see whether they exist; they count as absent. */
const PROBED = new Set(['then', 'toJSON', 'constructor', '$$typeof', 'asymmetricMatch', 'nodeType', 'tagName', 'chooseMessageFile'])

function strict(name: string, apis: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(apis, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target || PROBED.has(key)) return Reflect.get(target, key) as unknown
      throw new MissingInHost(`${name}.${key}`)
    },
  })
}

export function createWx(phone: Phone): Record<string, unknown> {
  const apis: Record<string, unknown> = {
    ...routingApis(phone),
    ...dialogApis(phone),
    ...storageApis(phone),
    ...mediaApis(phone),
    ...fileSystemApis(phone),
    ...paymentApis(phone),
    ...messageApis(phone),
    ...locationApis(phone),
    ...systemApis(phone),
    ...drawingApis(phone),
    cloud: strict('wx.cloud', cloudApis(phone)),
  }
  apis.canIUse = (what: string): boolean => {
    const [name = '', inner] = what.split('.')
    const found = apis[name]
    return name in apis && (inner === undefined || typeof found !== 'object' || found === null || inner in found)
  }
  return strict('wx', apis)
}
