/** wx.createAnimation: records steps for the `animation` attribute. Only what TDesign uses: the steps become CSS on export. */
type Step = { properties: Record<string, string>; duration: number; timingFunction: string; delay: number }

interface Options {
  duration?: number
  timingFunction?: string
  delay?: number
}

const length = (value: unknown): string => (typeof value === 'number' ? `${value}px` : String(value))
const TRANSFORMS: Record<string, (...args: unknown[]) => string> = {
  translateX: (x) => `translateX(${length(x)})`,
  translateY: (y) => `translateY(${length(y)})`,
  translate: (x, y = 0) => `translate(${length(x)}, ${length(y)})`,
  translate3d: (x, y, z) => `translate3d(${length(x)}, ${length(y)}, ${length(z)})`,
  scale: (x, y = x) => `scale(${String(x)}, ${String(y)})`,
  rotate: (angle) => `rotate(${String(angle)}deg)`,
}
const STYLES: Record<string, (value: unknown) => string> = {
  opacity: String,
  width: length,
  height: length,
  left: length,
  top: length,
  right: length,
  bottom: length,
  backgroundColor: String,
}

export function createAnimation(defaults: Options = {}): Record<string, unknown> {
  let steps: Step[] = []
  let properties: Record<string, string> = {}
  let transforms: string[] = []
  const animation: Record<string, unknown> = {
    step: (options: Options = {}) => {
      const { duration = 400, timingFunction = 'linear', delay = 0 } = { ...defaults, ...options }
      steps.push({
        properties: { ...properties, ...(transforms.length > 0 ? { transform: transforms.join(' ') } : {}) },
        duration,
        timingFunction,
        delay,
      })
      properties = {}
      transforms = []
      return animation
    },
    export: () => {
      const actions = steps
      steps = []
      return { actions }
    },
  }
  for (const [name, write] of Object.entries(TRANSFORMS)) {
    animation[name] = (...args: unknown[]) => {
      transforms.push(write(...args))
      return animation
    }
  }
  for (const [name, write] of Object.entries(STYLES)) {
    animation[name] = (value: unknown) => {
      properties[name] = write(value)
      return animation
    }
  }
  return animation
}
