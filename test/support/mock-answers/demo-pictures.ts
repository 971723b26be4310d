/** Drawn stand-ins for photos, a portrait and a signature; invented people. */
import type { FileView, TechnicianCard } from '../../../typings/contract'

const svg = (body: string): string =>
  `data:image/svg+xml;utf8,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>${body}</svg>`)}`
const picture = (fileId: string, ground: string, body: string): FileView => ({
  fileId: `cloud://demo/${fileId}`,
  url: svg(`<rect width='100' height='100' fill='${ground}'/>${body}`),
})

export const PHOTOS = {
  tap: picture(
    'tap.jpg',
    '#c9d3d2',
    "<rect y='62' width='100' height='38' fill='#8fa19f'/><path d='M30 70V38a20 20 0 0 1 40 0v6' fill='none' stroke='#f2f5f4' stroke-width='12'/>",
  ),
  valve: picture(
    'valve.jpg',
    '#7a6250',
    "<rect width='100' height='20' fill='#4c3c30'/><rect x='30' y='20' width='10' height='80' fill='#d8dcd8'/><circle cx='52' cy='52' r='14' fill='#c9ced0'/><ellipse cx='70' cy='88' rx='24' ry='6' fill='#7ba4ab'/>",
  ),
  shoes: picture(
    'shoes.jpg',
    '#c2a078',
    "<rect x='20' y='46' width='24' height='34' rx='8' fill='#6d9fc9'/><rect x='54' y='46' width='24' height='34' rx='8' fill='#6d9fc9'/>",
  ),
  sheet: picture('sheet.jpg', '#8d7864', "<path d='M0 36L100 26V100H0z' fill='#eef0ee'/>"),
  water: picture(
    'water.jpg',
    '#dfe6e4',
    "<rect y='64' width='100' height='36' fill='#a7b5b3'/><path d='M28 74V38a20 20 0 0 1 40 0v6' fill='none' stroke='#5f7478' stroke-width='14'/><rect x='62' y='46' width='8' height='24' fill='#79b3c9'/>",
  ),
}

const signature = (path: string): FileView => ({
  fileId: 'cloud://demo/sign.png',
  url: `data:image/svg+xml;utf8,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 120' width='320' height='120' fill='none' stroke='#15262a' stroke-width='5' stroke-linecap='round' stroke-linejoin='round'>${path}</svg>`)}`,
})
export const SIGNATURE = signature(
  "<path d='M40 24c-2 40-6 60-22 76M40 24h52v66c0 12-6 14-16 8M52 46h30M66 34v26M52 62h30M56 74h20v14h-20z'/><path d='M128 26h62v70h-62zM140 44h38M140 60h38M140 78h38M159 44v34'/><path d='M224 30h70M240 42l8 14M282 42l-10 14M214 66h90M259 30v76'/>",
)

export const ZHOU: TechnicianCard = {
  id: 't-0317',
  name: '周国平',
  staffNumber: '0317',
  stars: 4.9,
  jobs: 1286,
  skills: ['水路', '电路', '洁具'],
  photo: svg(
    "<rect width='100' height='100' fill='#cfdedd'/><circle cx='50' cy='46' r='19' fill='#d8a883'/><path d='M30 40a20 20 0 0 1 40 0z' fill='#0f6b74'/><rect x='26' y='38' width='48' height='5' rx='2' fill='#0b5562'/><path d='M16 100c0-24 14-32 34-32s34 8 34 32z' fill='#1a6c79'/>",
  ),
}
