import { survey } from './item'
import type { Category } from './item'

/** 防水: nobody can price it unseen, so each item begins with a free survey. Invented, like the rest of the book. */
export const waterproofing: Category = {
  code: 'waterproofing',
  name: '防水',
  icon: 'waterproof',
  items: [
    survey({
      code: 'bathroom-waterproof',
      name: '卫生间防水',
      unit: '间',
      minutes: 60 * 24,
      months: 60,
      includes: ['测漏、闭水试验'],
      excludes: ['洁具更换'],
    }),
    survey({ code: 'balcony-waterproof', name: '阳台防水', unit: '处', minutes: 60 * 8, months: 60, includes: ['淋水试验'] }),
    survey({ code: 'roof-leak', name: '屋顶漏水', unit: '处', minutes: 60 * 24, months: 60, includes: ['上屋面查漏'], excludes: ['吊篮'] }),
    survey({
      code: 'outer-wall-seep',
      name: '外墙渗水',
      unit: '处',
      minutes: 60 * 24,
      months: 60,
      includes: ['红外查渗'],
      excludes: ['吊篮'],
    }),
    survey({ code: 'basement-seep', name: '地下室返潮', unit: '处', minutes: 60 * 24 * 2, months: 60, includes: ['测湿、查源头'] }),
  ],
}
