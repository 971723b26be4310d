/** How the person has set up their phone (large type, dark) and how the navigation bar follows the state. */
import type { StateView, Turn } from '../../typings/contract'

export interface Appearance {
  /** 1–1.4 */
  scale: number
  /** 关怀模式: from 1.2 grids become rows. */
  care: boolean
  dark: boolean
  /** For the page's root: `class="page {{look.className}}" style="{{look.style}}"`. */
  className: string
  style: string
}

const LARGEST_SCALE = 1.4
const CARE_FROM = 1.2
/** WeChat's standard size in px, for clients that give the size and no factor. */
const STANDARD_FONT_PX = 17

/** Reads the settings anew: they can change while the app is in the background, so ask in onShow. */
export function readAppearance(): Appearance {
  const info = wx.getAppBaseInfo()
  const factor = info.fontSizeScaleFactor ?? (info.fontSizeSetting ? info.fontSizeSetting / STANDARD_FONT_PX : 1)
  const scale = Math.min(LARGEST_SCALE, Math.max(1, Math.round(factor * 100) / 100))
  const care = scale >= CARE_FROM
  return { scale, care, dark: info.theme === 'dark', className: care ? 'care' : '', style: `--sf-scale:${scale}` }
}

interface BarColours {
  ground: string
  front: '#ffffff' | '#000000'
}

/** The header grounds of the design tokens; setNavigationBarColor takes no variables. */
const STATE_BARS: Record<'light' | 'dark', Record<Turn, BarColours>> = {
  light: {
    ours: { ground: '#0b5562', front: '#ffffff' },
    yours: { ground: '#f2ddb5', front: '#000000' },
    done: { ground: '#256b3d', front: '#ffffff' },
    urgent: { ground: '#b52b22', front: '#ffffff' },
    paused: { ground: '#45578a', front: '#ffffff' },
    closed: { ground: '#536266', front: '#ffffff' },
  },
  dark: {
    ours: { ground: '#103e47', front: '#ffffff' },
    yours: { ground: '#4a3311', front: '#ffffff' },
    done: { ground: '#17402a', front: '#ffffff' },
    urgent: { ground: '#5f211c', front: '#ffffff' },
    paused: { ground: '#2a3556', front: '#ffffff' },
    closed: { ground: '#26363a', front: '#ffffff' },
  },
}

const PLAIN_BARS: Record<'light' | 'dark', BarColours> = {
  light: { ground: '#ffffff', front: '#000000' },
  dark: { ground: '#162225', front: '#ffffff' },
}

/** Gives the navigation bar the state's word and colour, to run on into the state header below. */
export function showStateInBar(state: Pick<StateView, 'turn' | 'word'>, dark: boolean): void {
  showBar(state.word, STATE_BARS[dark ? 'dark' : 'light'][state.turn])
}

/** A quiet navigation bar with a title, for pages without a state header. */
export function showPlainBar(title: string, dark: boolean): void {
  showBar(title, PLAIN_BARS[dark ? 'dark' : 'light'])
}

function showBar(title: string, { ground, front }: BarColours): void {
  void wx.setNavigationBarTitle({ title })
  void wx.setNavigationBarColor({ frontColor: front, backgroundColor: ground })
}
