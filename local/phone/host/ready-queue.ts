/** WeChat's `ready`: after a component was put into the page and drawn, children before parents. glass-easel leaves that to its host. */
import { glassEasel } from 'glass-easel-miniprogram-adapter'

const waiting: glassEasel.GeneralComponent[] = []
let scheduled = false

function depthOf(component: glassEasel.GeneralComponent): number {
  let depth = 0
  for (let root = component.ownerShadowRoot; root; root = root.getHostNode().ownerShadowRoot) depth += 1
  return depth
}

/** Tells everything that is waiting that it is ready. */
export function flushReady(): void {
  scheduled = false
  const list = waiting.splice(0).map((component) => ({ component, depth: depthOf(component) }))
  list.sort((a, b) => b.depth - a.depth)
  for (const { component } of list) if (glassEasel.Element.isAttached(component)) component.triggerLifetime('ready', [])
}

function schedule(): void {
  if (scheduled) return
  scheduled = true
  setTimeout(flushReady, 0)
}

/** A behavior for every component of the app: notes it when it is attached. */
export function readyBehavior(space: glassEasel.ComponentSpace): glassEasel.GeneralBehavior {
  return space.defineBehavior({
    lifetimes: {
      attached(this: { _$: glassEasel.GeneralComponent }) {
        waiting.push(this._$)
        schedule()
      },
    },
  }) as unknown as glassEasel.GeneralBehavior
}
