/** A technician's own pages (R36, R41, R52): calendar, leave, hours, record and contest, whether an offer can reach them; and joining, from the form to the first day. */
import { DAY } from '../../cloudfunctions/domain/shanghai'
import { nextIdentityNumber } from '../support/identity-number'
import { Journey, LIN, whereIs, ZHOU } from '../support/journey'
import { HomeownerPhone, Product, TechnicianPhone } from '../support/product'

jest.setTimeout(240_000)

let city: Journey
let product: Product
let zhou: TechnicianPhone
beforeAll(async () => {
  city = await Journey.start({ clock: 'frozen' })
  product = Product.of(city.workplace)
  const [document] = await product.find('technicians', { openid: ZHOU })
  zhou = new TechnicianPhone(product, document!._id, ZHOU)
})
afterAll(() => city?.stop())

test('R52 hours and leave are set in the calendar, and the search goes by them', async () => {
  const phone = await city.phone(ZHOU, 'technician/schedule/schedule')
  await phone.see('每周班次')
  await phone.tapText('改')
  await phone.tapText('周一', { which: 'last' })
  await phone.tapText('存好')
  await phone.notSee('存好')
  await phone.see('8:00–18:00')
  expect((await zhou.document()).shifts).toEqual([{ weekday: 1, from: '08:00', to: '18:00' }])
  // Both shifts of a day are shown and can be changed; a day off says so.
  await zhou.do('setShifts', { shifts: [{ weekday: 1, from: '08:00', to: '12:00' }, { weekday: 1, from: '14:00', to: '20:00' }] })
  await phone.control((controls) => {
    controls.setForeground(false)
    controls.setForeground(true)
  })
  await phone.see('8:00–12:00、14:00–20:00')
  await phone.see('休')
  await phone.tapText('改')
  await phone.tapLabel('周一再加一段')
  await phone.see('23:00')
  await phone.screenshot('schedule-three-shifts')
  await phone.tapLabel('去掉周一第 3 段')
  await phone.tapLabel('去掉周一第 1 段')
  await phone.tapText('存好')
  await phone.notSee('存好')
  await phone.see('14:00–20:00')
  expect((await zhou.document()).shifts).toEqual([{ weekday: 1, from: '14:00', to: '20:00' }])
  await phone.tapText('请假', { which: 'last' })
  await phone.type('请假的原因', '家里有事')
  await phone.screenshot('schedule-leave')
  await phone.tapText('请假', { which: 'last' })
  await phone.see('销假')
  expect((await zhou.document()).leave).toMatchObject([{ reason: '家里有事' }])
  await phone.screenshot('schedule')
  const small = await city.phone(ZHOU, 'technician/schedule/schedule', { theme: 'dark', font: 1.4, width: 320 })
  await small.see('每周班次')
  await small.screenshot('schedule-dark-320')
  await small.tapText('改')
  await small.tapLabel('周一再加一段')
  await small.page.getByLabel('周一再加一段').filter({ visible: true }).scrollIntoViewIfNeeded()
  await small.screenshot('schedule-shifts-320')
})

test('R36 a violation is contested from the record, once', async () => {
  const at = new Date((await city.now()).getTime() - DAY)
  await product.put('violations', { _id: 'journey:late_call', technicianId: zhou.id, orderId: 'journey', orderNumber: 'SF1130-0001', visitNo: 1, kind: 'late_call', rule: 'R10', at, points: 0, contest: null, nextWorkAt: null })
  const phone = await city.phone(ZHOU, 'technician/record/record')
  await phone.tapText('有异议')
  await phone.type('哪里不对', '用座机打的，业主能作证')
  await phone.screenshot('record')
  await phone.tapText('提交异议')
  await phone.tapText('提交', { which: 'last' })
  await phone.see(/等公司答复/)
  expect(await product.find('violations', { _id: 'journey:late_call' })).toMatchObject([{ contest: { state: 'open', reason: '用座机打的，业主能作证' } }])
})

test('R41 the page says in plain words what stops an offer, and a tap mends it', async () => {
  const phone = await city.phone(ZHOU, 'technician/reach/reach')
  await phone.see(/微信不会响/)
  await phone.screenshot('reach')
  await phone.tapText('报一下位置')
  await phone.tapText('允许', { which: 'last' })
  await phone.see('位置刚报过')
})

test('R52 empty fields are named before WeChat asks for anything', async () => {
  const phone = await city.phone(LIN, 'technician/join/join')
  await phone.type('姓名', '孙立')
  await phone.tapText('交上去')
  await phone.see('请写手机号')
  await phone.screenshot('join')
  await phone.type('手机号', '13900001212')
  await phone.notSee('允许')
})

test('R52 R39 somebody is refused, sees why while putting it right, gives neither number nor photo again, and sends it', async () => {
  const person = new HomeownerPhone(product, LIN, whereIs(LIN))
  await person.do('applyToJoin', {
    name: '林晓文', phone: '139 0000 1212', identityNumber: nextIdentityNumber(), photo: await person.upload('application', 'join'), skills: [{ category: 'plumbing', level: 2 }], years: 6, district: '江湾区', base: whereIs(LIN), radiusMetres: 8_000,
    certificates: [{ category: 'plumbing', name: '水工证', number: 'W-2026-01', expiresAt: '2034-01-01T00:00:00Z', photo: await person.upload('application', 'join') }], about: '',
  })
  const { sentAt } = await city.staff<{ sentAt: string }>('showApplication', { application: LIN })
  await city.staff('decideApplication', { application: LIN, sentAt, approve: false, reason: '水工证的照片看不清', identityChecked: true })
  const phone = await city.phone(LIN, 'technician/join/join')
  await phone.see('水工证的照片看不清')
  await phone.tapText('改好再交')
  await phone.see('您是谁')
  await phone.see('水工证的照片看不清')
  await phone.screenshot('join-again')
  await phone.type('做了几年', '7')
  await phone.tapText('交上去')
  await phone.see(/证件名、证件号、到期日和照片都要有/)
  await phone.tapText('知道了')
  await phone.tapText('去掉')
  await phone.tapText('交上去')
  await phone.tapText('允许', { which: 'last' })
  await phone.see('报名收到了')
  expect(await product.find('applications', { _id: LIN })).toMatchObject([{ state: 'sent', years: 7, identityNumber: '', certificates: [], decision: null }])
  await phone.tapText('改一改')
  await phone.notSee('上次没有通过')
  const small = await city.phone(LIN, 'technician/join/join', { theme: 'dark', font: 1.4, width: 320 })
  await small.tapText('改一改')
  await small.screenshot('join-again-dark-320')
})
