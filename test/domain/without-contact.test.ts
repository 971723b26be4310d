/** What people write into the description of a fault is read by who does not have the job (R05, R39). */
import { offerView } from '../../cloudfunctions/domain/views/technician'
import { isInChina } from '../../cloudfunctions/domain/china'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { withoutContact } from '../../cloudfunctions/domain/without-contact'
import { codeFor, Life, MONDAY_9 } from '../support/life'

test.each([
  ['厨房龙头漏水，电话13800006621', '厨房龙头漏水，电话***'],
  ['打 138 0000 6621 或 021-5555 6666', '打 *** 或 ***'],
  ['１３８００００６６２１ 找我', '*** 找我'],
  ['一三八零零零零六六二一', '***'],
  ['微信：lin_xiao88 加我', '*** 加我'],
  ['梧桐里6幢2单元1102，厕所堵了', '梧桐里***，厕所堵了'],
  ['６幢１１０２室门锁坏了', '***门锁坏了'],
  ['我在6-2-1102，灯不亮', '我在***，灯不亮'],
  ['地址：建设路12号，灯不亮', '地址：建设路***，灯不亮'],
])('R05 R39 “%s” is read as “%s”', (said, read) => expect(withoutContact(said)).toBe(read))

test.each(['二楼卫生间漏水，3号线附近', '空调型号 KFR-35GW，用了 10 年', '插座 220V 16A 跳闸 3 次', '水管 DN20 1/2 寸', '管子2-3米', '热水器 60 升，2019年买的', '三室一厅，家里 3 号插座不通电'])('R02 “%s” stays as it was said', (said) =>
  expect(withoutContact(said)).toBe(said),
)

test('R05 R39 neither the offer, nor what WeChat says of it, nor the title tells the number; the order keeps the words', () => {
  const problem = '打13800006621，梧桐里6幢2单元1102 漏水'
  const life = new Life(undefined, { problem })
  const [offer] = life.order.offers
  const reading = { now: MONDAY_9, settings: defaultSettings(), codeFor, urlOf: (file: string) => file, categoryName: (code: string) => code }
  expect(JSON.stringify([offerView(life.order, offer!, life.technicians[0]!, reading), life.out('message'), life.out('todo'), life.order.title])).not.toMatch(/1380000|6幢|1102/)
  expect(life.order.problem).toBe(problem)
})

const PLACES: Record<string, [number, number]> = {
  漠河: [122.5, 53], 黑河: [127.5, 50.25], 满洲里: [117.4, 49.6], 二连浩特: [111.98, 43.65], 绥芬河: [131.15, 44.4], 珲春: [130.36, 42.86], 丹东: [124.38, 40.13], 集安: [126.19, 41.13], 抚远: [134.3, 48.37], 荣成: [122.42, 37.16],
  嵊泗: [122.45, 30.73], 台北: [121.56, 25.04], 香港: [114.17, 22.3], 三亚: [109.5, 18.25], 永兴岛: [112.33, 16.83], 东兴: [107.97, 21.54], 河口: [103.96, 22.53], 磨憨: [101.69, 21.18], 瑞丽: [97.85, 24.01], 墨脱: [95.33, 29.33], 亚东: [88.9, 27.48],
  樟木: [85.98, 27.99], 普兰: [81.18, 30.29], 塔什库尔干: [75.23, 37.77], 喀什: [75.99, 39.47], 霍尔果斯: [80.42, 44.2], 塔城: [82.98, 46.75], 哈巴河: [86.4, 48.06], 甘其毛都: [107.6, 42.4], 北京: [116.4, 39.9], 杭州: [120.2, 30.2],
}
const ABROAD: Record<string, [number, number]> = {
  首尔: [126.98, 37.57], 平壤: [125.75, 39.02], 河内: [105.85, 21.03], 乌兰巴托: [106.92, 47.92], 海参崴: [131.9, 43.12], 阿拉木图: [76.95, 43.25], 加德满都: [85.32, 27.72], 德里: [77.2, 28.6], 曼德勒: [96.08, 21.97], 马尼拉: [120.98, 14.6],
  东京: [139.7, 35.7], 福冈: [130.4, 33.6], 那霸: [127.7, 26.2], 'latitude first': [30.2, 120.2], nowhere: [0, 0],
}
test.each([...Object.entries(PLACES).map(([name, at]) => [name, at, true] as const), ...Object.entries(ABROAD).map(([name, at]) => [name, at, false] as const)])('a position in %s %j: in China %s', (_name, [longitude, latitude], inside) =>
  expect(isInChina({ longitude, latitude })).toBe(inside),
)
