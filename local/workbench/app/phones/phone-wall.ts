/** The four phones side by side: who is in which slot is kept in the browser; each is opened when the one before is ready. */
import type { City } from '../city'
import type { PhonePosition, PhoneSettings, PhoneStart } from './phone-slot'
import { PHONE_HEIGHT, PHONE_WIDTH, PhoneSlot } from './phone-slot'

const SLOTS = 4
const KEPT = 'workbench.phones'
/** Frame of a phone around its glass, px at scale 1. */
const BEZEL = 10
/** Height that the map and the inbox must keep, and what stands above and below the phones, px. */
const BELOW = 300
const AROUND = 56 + 34 + 3 * 14
const PLAIN: PhoneSettings = { dark: false, large: false, offline: false }

interface Kept {
  openid: string
  settings: PhoneSettings
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && typeof (value as Kept).openid === 'string' && typeof (value as Kept).settings === 'object'

/** Who is in the slots when nobody has chosen yet: whom the city names for it. */
export const firstPhones = (people: City['people']): string[] =>
  Array.from({ length: SLOTS }, (_, index) => people.find(({ slot }) => slot === index)?.openid ?? '')

/** How long the next phone waits for the one before, ms: opening at once, they would only slow each other down. */
const TURN_MS = 3_000

export class PhoneWall {
  private readonly slots: PhoneSlot[]
  private kept: Kept[] = []
  private city: City | null = null

  /** `door` tells where the selected order's is. */
  constructor(
    private readonly container: HTMLElement,
    door: () => PhonePosition | null,
  ) {
    this.slots = Array.from(
      { length: SLOTS },
      (_, index) =>
        new PhoneSlot({
          index,
          onChoose: (openid) => this.choose(index, openid),
          onSettings: (settings) => this.keep(index, { settings }),
          door,
        }),
    )
    container.append(...this.slots.map(({ view }) => view))
    addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
      if (origin === location.origin && typeof data === 'object' && data !== null && (data as { type?: unknown }).type === 'phone:ready')
        this.slots.forEach((slot) => slot.ready(source))
    })
    new ResizeObserver(() => this.fit()).observe(container)
    addEventListener('resize', () => this.fit())
    this.fit()
  }

  /** Opens the phones, one after the other: a slow or broken one keeps only itself waiting. */
  async start(city: City): Promise<void> {
    this.kept = this.load() ?? firstPhones(city.people).map((openid) => ({ openid, settings: PLAIN }))
    this.describe(city)
    for (const [index, slot] of this.slots.entries()) {
      const { openid, settings } = this.kept[index] ?? { openid: '', settings: PLAIN }
      const turn = new Promise<void>((resolve) => setTimeout(resolve, TURN_MS))
      await Promise.race([slot.open(openid, settings, this.beginningOf(openid)), turn])
      this.describe(city)
    }
  }

  describe(city: City): void {
    this.city = city
    this.slots.forEach((slot, index) => slot.describe(city.people, this.noteOf(this.kept[index]?.openid ?? '')))
  }

  private choose(index: number, openid: string): void {
    this.keep(index, { openid })
    void this.slots[index]?.open(openid, this.kept[index]?.settings ?? PLAIN, this.beginningOf(openid))
    if (this.city) this.describe(this.city)
  }

  /** A homeowner's street; how many more times WeChat can call a technician with a new offer (R41). */
  private noteOf(openid: string): string {
    const technician = this.city?.technicians.find((one) => one.openid === openid)
    if (!technician) return this.city?.people.find((person) => person.openid === openid)?.place ?? ''
    const credit = this.city?.credits.find(({ _id }) => _id === `${openid}:offer`)
    return `剩 ${credit?.left ?? 0} 条提醒`
  }

  /** A technician's phone is where they reported and shows the jobs; a homeowner's is at home. */
  private beginningOf(openid: string): PhoneStart {
    const technician = this.city?.technicians.find((one) => one.openid === openid)
    if (technician) {
      const [longitude, latitude] = (technician.position ?? technician.base).coordinates
      return { position: { longitude, latitude }, page: 'pages/jobs/jobs' }
    }
    const home = this.city?.people.find((person) => person.openid === openid)?.place
    const place = this.city?.places.find(({ name }) => name === home) ?? this.city?.places[0]
    return { position: place ? { longitude: place.longitude, latitude: place.latitude } : null, page: null }
  }

  private keep(index: number, change: Partial<Kept>): void {
    this.kept[index] = { ...(this.kept[index] ?? { openid: '', settings: PLAIN }), ...change }
    localStorage.setItem(KEPT, JSON.stringify(this.kept))
  }

  private load(): Kept[] | null {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
      return Array.isArray(value) && value.every(isKept)
        ? value.map(({ openid, settings }) => ({ openid, settings: { ...PLAIN, ...settings } }))
        : null
    } catch {
      return null
    }
  }

  /** All phones have one size: as large as the width of a slot and the height of the window allow. */
  private fit(): void {
    const slot = this.slots[0]?.view.clientWidth ?? 0
    const height = Math.max(innerHeight - AROUND - BELOW, 380)
    const factor = Math.min(slot / (PHONE_WIDTH + 2 * BEZEL), height / (PHONE_HEIGHT + 2 * BEZEL), 1)
    if (factor > 0) this.slots.forEach((one) => one.scale(factor))
    this.container.style.setProperty('--large', Math.min(1, (innerHeight - 90) / (PHONE_HEIGHT + 2 * BEZEL)).toFixed(4))
  }
}
