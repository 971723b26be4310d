/** Who read whose name, address or phone (R39), through the functions. */
import { DAY, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

const readings = async (orderId: string) => (await product.find('access_log', { orderId })).map(({ role, readerId, what }) => `${role} ${readerId} ${what}`).sort()

test('R39 an offer shows nobody; the claim and the call do, and each is logged once in ten minutes', async () => {
  const repair = await Repair.file(product, { near: 2 })
  const { orderId, technician } = repair
  await technician.do('seeOffer', { orderId })
  expect(await readings(orderId)).toEqual([])
  await repair.claim()
  await repair.job()
  await repair.job()
  expect(await readings(orderId)).toEqual([`technician ${technician.id} person`])
  await technician.do('dial', { orderId })
  expect(await readings(orderId)).toEqual([`technician ${technician.id} person`, `technician ${technician.id} phone`])
  await product.advance(10 * MINUTE)
  await repair.job()
  expect(await readings(orderId)).toHaveLength(3)
  expect(await repair.technicians[1]!.refused('getJob', { orderId })).toMatchObject({ code: 'NOT_FOUND' })
  expect(await readings(orderId)).toHaveLength(3)
})

test('R39 staff are logged by name, and can be asked after; after the window nothing is shown and nothing is logged', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.complete()
  const before = (await readings(repair.orderId)).length
  await product.staffDo('showOrder', { order: repair.number }, { operator: 'lu-min' })
  const { text, readings: listed } = await product.staffDo<{ text: string; readings: unknown[] }>('listAccess', { order: repair.number })
  expect(text).toContain('员工 lu-min｜看过姓名和地址')
  expect(listed).toHaveLength(before + 1)
  await product.advance(7 * DAY + SECOND)
  expect(await repair.job()).toMatchObject({ contact: { name: '业主', phone: '****' } })
  expect(await readings(repair.orderId)).toHaveLength(before + 1)
})

test('R10 dialling gives the number of who is on site; the job shows it masked', async () => {
  const homeowner = product.homeowner()
  const repair = await Repair.file(product, { near: 1, homeowner, contact: { name: '林晓', honorific: '女士', phone: '13800006621', onSite: { name: '林父', phone: '139-1111-2222' } } })
  const job = await repair.claim()
  expect(job.contact.phone).not.toContain('13911112222')
  expect((await repair.technician.do('dial', { orderId: repair.orderId })).phone).toBe('13911112222')
})
