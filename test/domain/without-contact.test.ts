/** What people write into the description of a fault is read by who does not have the job (R05, R39). */
import { offerView } from '../../cloudfunctions/domain/views/technician'
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
