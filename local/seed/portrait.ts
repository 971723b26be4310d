/** Portraits of people who do not exist: flat, drawn here, as data URIs, so that they show wherever an image can. */

export interface Looks {
  /** Wears the company's cap. */
  cap?: boolean
  hair: 'short' | 'parted' | 'curly' | 'bob' | 'bun' | 'bald'
  hairColour: string
  skin: string
  glasses?: boolean
  beard?: boolean
}

const BACKGROUND = '#cddcdd'
const COAT = '#0b5562'
const COLLAR = '#1a6c79'
const INK = '#3a2a22'

/** Painted before the face. */
const behind = (looks: Looks): string =>
  looks.hair === 'bob' ? `<path d='M19 26a13 13 0 0 1 26 0v14H19z' fill='${looks.hairColour}'/>` : ''

const HAIR: Record<Looks['hair'], string> = {
  short: "<path d='M21 25c-1-9 5-13 11-13s12 4 11 13c-1-4-3-6-4-6-4 1-10 1-14 0-1 0-3 2-4 6z'/>",
  parted: "<path d='M21 26c-2-10 5-14 12-14 8 0 11 6 10 14-1-4-4-7-6-7-6 0-11 0-16 7z'/>",
  curly: "<path d='M21 25c-3-5 0-9 3-9 0-4 5-6 8-4 4-2 8 0 8 4 3 0 6 4 3 9-1-4-4-5-6-5-3 1-8 1-10 0-2 0-5 1-6 5z'/>",
  bob: "<path d='M20 28c-1-11 5-16 12-16s13 5 12 16c-2-5-5-8-7-8-5 1-12 1-17 8z'/>",
  bun: "<circle cx='32' cy='10' r='5'/><path d='M21 26c-1-9 5-13 11-13s12 4 11 13c-2-4-5-6-11-6s-9 2-11 6z'/>",
  bald: "<path d='M21 27c-1-3-1-5 0-6l1 4zM43 27c1-3 1-5 0-6l-1 4z'/>",
}

const CAP = `<path d='M20 22c0-8 5-12 12-12s12 4 12 12z' fill='${COAT}'/><path d='M18 22c8-2 20-2 28 0 1 0 1 3 0 3-8-2-20-2-28 0-1 0-1-3 0-3z' fill='#08434e'/>`

const svgOf = (looks: Looks): string =>
  [
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>",
    `<rect width='64' height='64' fill='${BACKGROUND}'/>`,
    behind(looks),
    `<path d='M27 36h10v9H27z' fill='${looks.skin}'/>`,
    `<path d='M10 64c0-13 9-19 17-20l5 6 5-6c8 1 17 7 17 20z' fill='${COAT}'/>`,
    `<path d='M27 43l5 7-4 5-4-9zM37 43l-5 7 4 5 4-9z' fill='${COLLAR}'/>`,
    `<path d='M22 24c0-7 4-10 10-10s10 3 10 10v5c0 7-4 12-10 12s-10-5-10-12z' fill='${looks.skin}'/>`,
    looks.cap ? CAP : `<g fill='${looks.hairColour}'>${HAIR[looks.hair]}</g>`,
    `<g fill='${INK}'><circle cx='28' cy='29' r='1.3'/><circle cx='36' cy='29' r='1.3'/></g>`,
    looks.glasses ? `<g fill='none' stroke='${INK}'><circle cx='28' cy='29' r='3.4'/><circle cx='36' cy='29' r='3.4'/></g>` : '',
    looks.beard ? `<path d='M26 34c2-1 10-1 12 0 0 5-3 7-6 7s-6-2-6-7z' fill='${looks.hairColour}'/>` : '',
    `<path d='M29 35c2 1.6 4 1.6 6 0' fill='none' stroke='${looks.beard ? '#fff' : INK}' stroke-width='1.4' stroke-linecap='round'/>`,
    '</svg>',
  ].join('')

/** A data URI for `<image>`; about a kilobyte. */
export const portrait = (looks: Looks): string =>
  `data:image/svg+xml,${svgOf(looks).replace(/[%#<>"]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}`
