import { placeNamed } from './city'
import type { NamedPlace } from './city'

/** Homeowners of the demonstration city: accounts in WeChat. The product knows nothing of them until they file. Invented. */
export interface DemoHomeowner {
  openid: string
  name: string
  honorific: '先生' | '女士'
  /** 林女士 */
  called: string
  phone: string
  place: NamedPlace
  room: string
  note: string
}

export const homeowners: readonly DemoHomeowner[] = [
  {
    openid: 'oDemoLinXiaowen',
    name: '林晓雯',
    honorific: '女士',
    called: '林女士',
    phone: '13800006621',
    place: placeNamed('梧桐里'),
    room: '6 幢 2 单元 1102',
    note: '厨房龙头关不紧，报修从这里开始',
  },
  {
    openid: 'oDemoXuWenzhou',
    name: '许文舟',
    honorific: '先生',
    called: '许先生',
    phone: '13800003308',
    place: placeNamed('青禾园'),
    room: '3 幢 501',
    note: '插座发烫，看电路的报价',
  },
  {
    openid: 'oDemoSuXiufen',
    name: '苏秀芬',
    honorific: '女士',
    called: '苏女士',
    phone: '13800009174',
    place: placeNamed('石桥巷'),
    room: '27 号',
    note: '字要大一些，看关怀模式',
  },
]
