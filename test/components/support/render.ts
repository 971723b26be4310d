/**
 * Mounts one of our components in jsdom, its templates compiled by WeChat's own compiler. TDesign's button and skeleton are stood in for (the
 * simulator cannot compile templates that lie outside the app); the real ones are proven in the browser journeys.
 */
import { resolve } from 'node:path'
import type * as Simulate from 'miniprogram-simulate'
import type { RootComponent } from 'miniprogram-simulate'

const ROOT = resolve(__dirname, '../../../miniprogram')

/** As t-button does: a press that is caught, and told only when it may be. */
const BUTTON = {
  template: '<view class="t-button" catchtap="press"><slot/></view>',
  properties: { disabled: Boolean, loading: Boolean, theme: String, size: String, variant: String, ariaLabel: String },
  methods: {
    press(this: { data: { disabled: boolean; loading: boolean }; triggerEvent(name: string): void }) {
      if (!this.data.disabled && !this.data.loading) this.triggerEvent('tap')
    },
  },
}
const SKELETON = { template: '<view class="t-skeleton"></view>' }

type AnyComponent = RootComponent<Record<string, unknown>, Record<string, never>, Record<string, never>>

export interface Mounted {
  component: AnyComponent
  /** All text on it, white space folded. */
  text(): string
  /** What the component told its page: detail by event name. */
  heard: Record<string, unknown[]>
  /** Taps what the selector names in this component: its own views, or the hosts of components in it. */
  tap(selector: string): Promise<void>
  set(data: Record<string, unknown>): void
  unmount(): void
}

interface Loaded {
  simulate: typeof Simulate
  id: string
}

const loaded = new Map<string, Loaded>()

/** Compiled once a test file: WeChat's compiler is a program of its own. */
function load(path: string): Loaded {
  const known = loaded.get(path)
  if (known) return known
  // A module that was loaded for another component would not register its parts a second time.
  jest.resetModules()
  const simulate = jest.requireActual<typeof Simulate>('miniprogram-simulate')
  const usingComponents = { 't-button': simulate.load(BUTTON as never), 't-skeleton': simulate.load(SKELETON as never) }
  const id = simulate.load(resolve(ROOT, path), 'tested', { compiler: 'official', rootPath: ROOT, usingComponents })
  loaded.set(path, { simulate, id })
  return { simulate, id }
}

/**
 * @param path below miniprogram/, without extension: `components/ring/ring`
 * @param events to listen for
 */
export function mount(path: string, properties: Record<string, unknown> = {}, events: string[] = []): Mounted {
  const { simulate, id } = load(path)
  const component = simulate.render(id, properties) as unknown as AnyComponent
  const parent = document.createElement('div')
  document.body.append(parent)
  component.attach(parent)
  const heard: Record<string, unknown[]> = Object.fromEntries(events.map((name) => [name, []]))
  for (const name of events) component.addEventListener(name, (event: { detail: unknown }) => heard[name]?.push(event.detail))
  return {
    component,
    text: () => (parent.textContent ?? '').replace(/\s+/g, ' ').trim(),
    heard,
    async tap(selector) {
      const found = component.querySelector(selector)
      if (!found) throw new Error(`nothing matches ${selector} in ${parent.innerHTML}`)
      found.dispatchEvent('tap')
      // The simulator sends events in the next turn.
      await new Promise<void>((done) => setTimeout(done, 0))
    },
    set: (data) => component.setData(data),
    unmount: () => component.detach(),
  }
}
