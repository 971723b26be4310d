/** What follows when the register changes: a suspension takes offers back, a new WeChat account takes jobs and offers along (R39, R52), through the functions. */
import { DAY, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { ActionAnswer, JobsView } from '../../typings/contract'
import type { TechnicianPhone } from '../support/product';
import { north } from '../support/product'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

const numberOf = async (technician: TechnicianPhone) => (await technician.document()).staffNumber
const offers = async (repair: Repair) => (await repair.order()).offers.map(({ technicianId, wave, state }) => [repair.technicians.findIndex(({ id }) => id === technicianId), wave, state])
const suspend = async (technician: TechnicianPhone, suspended = true) => product.staffDo<{ text: string }>('suspendTechnician', { staffNumber: await numberOf(technician), suspended, reason: '证件待核' })

describe('R52 suspended', () => {
  test('R52 R08 their open offers are taken back; when nobody else is asked any more, the next are, at once', async () => {
    const repair = await Repair.file(product, { near: 4 })
    const [one, two] = repair.technicians
    expect((await suspend(one!)).text).toContain(`收回的派单 1 张：${repair.number}`)
    expect(await offers(repair)).toEqual([[0, 1, 'withdrawn'], [1, 1, 'open']])
    expect((await one!.do('openJobs', {})).offers).toEqual([])
    expect(await one!.refused('claimOffer', { orderId: repair.orderId })).toMatchObject({ code: 'SUSPENDED', message: '停单中：证件待核' })
    await suspend(two!)
    expect(await offers(repair)).toEqual([[0, 1, 'withdrawn'], [1, 1, 'withdrawn'], [2, 2, 'open'], [3, 2, 'open']])
    expect(JSON.stringify((await repair.view()).timeline)).not.toContain('停单')
    expect((await product.staffDo<{ text: string }>('explainOffers', { order: repair.number })).text).toMatch(/收回 .*停单了/)
    expect(await product.find('deeds', { technicianId: one!.id })).toEqual([])
  })

  test('R52 R07 staff look already: the last open offer goes too, and they are not alerted twice', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await product.advance(3 * MINUTE)
    expect([(await repair.order()).status, await offers(repair)]).toEqual(['seeking_staff', [[0, 1, 'open']]])
    await suspend(repair.technician)
    expect([(await repair.order()).status, await offers(repair)]).toEqual(['seeking_staff', [[0, 1, 'withdrawn']]])
    expect(await product.todos(repair.orderId)).toEqual(['nobody_claims'])
  })

  test('R52 nobody else is near: staff are asked at once', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await suspend(repair.technician)
    expect((await repair.order()).status).toBe('seeking_staff')
    expect(await product.todos(repair.orderId)).toEqual(['nobody_claims'])
  })

  test('R52 what they have in hand stays theirs; a dry run says both and changes nothing; allowed again, they are asked again', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    const { technician } = repair
    await technician.do('dial', { orderId: repair.orderId })
    await technician.do('recordCall', { orderId: repair.orderId, outcome: 'no_answer' })
    const next = await Repair.file(product, { near: 0, homeowner: product.homeowner(repair.homeowner.home) })
    const before = await next.order()
    expect(before.offeredTo).toEqual([technician.id])
    const dry = await product.staffDo<{ text: string }>('suspendTechnician', { staffNumber: await numberOf(technician), suspended: true, reason: '证件待核' }, { dryRun: true })
    expect(dry.text).toMatch(new RegExp(`收回的派单 1 张：${next.number}\\n手上还有 1 单，.*${repair.number}`))
    expect(await next.order()).toEqual(before)
    await suspend(technician)
    expect([(await next.order()).offeredTo, (await repair.visit()).technicianId]).toEqual([[], technician.id])
    await suspend(technician, false)
    const third = await Repair.file(product, { near: 0, homeowner: product.homeowner(repair.homeowner.home) })
    expect((await third.order()).offeredTo).toEqual([technician.id])
  })

  test('R42 R52 the function died after it suspended: the clock takes the offers back, once its lease is over', async () => {
    const repair = await Repair.file(product, { near: 3 })
    const until = new Date((await product.now()).getTime() + 20 * SECOND)
    for (const { id } of repair.technicians.slice(0, 2)) await product.db.collection('technicians').doc(id).update({ suspended: true, suspendedReason: '证件待核', ordersCheckAt: until })
    await product.advance(19 * SECOND)
    expect((await repair.order()).offeredTo).toHaveLength(2)
    await product.advance(SECOND)
    expect(await offers(repair)).toEqual([[0, 1, 'withdrawn'], [1, 1, 'withdrawn'], [2, 2, 'open']])
    expect((await repair.technician.document()).ordersCheckAt).toBeNull()
  })
})

describe('R52 R39 another WeChat account', () => {
  const texts = async (openid: string) => (await product.find('messages', { openid })).map(({ template }) => template).sort()
  /** What the technician's page shows that account. */
  const page = async (openid: string) => (await product.workplace.invoke('technician', { action: 'openJobs', input: {} }, openid)) as ActionAnswer<JobsView>

  /** A job in hand, an offer, and a job of earlier that is under warranty, all of one technician. */
  const busy = async () => {
    const done = await Repair.file(product, { near: 1 })
    const { technician, homeowner } = done
    await done.complete()
    await done.close()
    await technician.do('goOnDuty', { position: homeowner.home })
    const own = await Repair.file(product, { near: 0, homeowner: product.homeowner(homeowner.home) })
    await own.claim(technician)
    await own.agree(new Date((await product.now()).getTime() + 5 * 60 * MINUTE), technician)
    const offered = await Repair.file(product, { near: 0, homeowner: product.homeowner(north(homeowner.home, 1)) })
    expect((await offered.order()).offeredTo).toEqual([technician.id])
    return { done, own, offered, technician }
  }

  test('R52 R39 job and offer follow to the new account, the offer rings there; the old one sees and hears nothing more', async () => {
    const { done, own, offered, technician } = await busy()
    const openid = `${technician.openid}-new`
    const input = { staffNumber: await numberOf(technician), openid }
    expect((await product.staffDo<{ text: string }>('bindTechnician', input, { dryRun: true })).text).toContain(own.number)
    expect((await technician.document()).openid).toBe(technician.openid)
    expect((await product.staffDo<{ text: string }>('bindTechnician', input)).text).toMatch(new RegExp(`跟着过去的单：.*${own.number}`))
    expect(await texts(openid)).toEqual(['offer'])
    const before = await texts(technician.openid)
    // At once, though each instance of a function knows for ten seconds whose account it was.
    expect(await page(technician.openid)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    for (const action of ['getJob', 'dial'] as const) expect(await technician.refused(action, { orderId: own.orderId })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await technician.refused('claimOffer', { orderId: offered.orderId })).toMatchObject({ code: 'FORBIDDEN' })
    const entry = await technician.document()
    const position = { longitude: 120.2, latitude: 30.2 }
    const [from, to] = [5, 6].map((days) => new Date(Date.now() + days * DAY).toISOString())
    for (const [action, input] of [
      ['seeOffer', { orderId: offered.orderId }], ['declineOffer', { orderId: offered.orderId, reason: '太远了' }], ['goOnDuty', { position }], ['reportPosition', { position }], ['goOffDuty', {}], ['setShifts', { shifts: [] }],
      ['setRadius', { radiusMetres: 3_000 }], ['takeLeave', { from, to, reason: '家里有事' }], ['cancelLeave', { leaveId: 'leave' }], ['listJobs', {}], ['getSchedule', {}], ['getRecord', {}], ['showBadge', {}], ['checkReach', {}],
    ] as const) {
      expect([action, await product.workplace.invoke('technician', { action, input }, technician.openid)]).toMatchObject([action, { ok: false, error: { code: 'FORBIDDEN' } }])
    }
    expect(await technician.document()).toEqual(entry)
    expect(await page(openid)).toMatchObject({ ok: true, data: { offers: [{ orderId: offered.orderId }], today: expect.arrayContaining([expect.objectContaining({ orderId: own.orderId })]) as unknown } })
    await own.homeowner.do('cancelOrder', { orderId: own.orderId, reason: '不修了' })
    expect(await texts(openid)).toEqual(['offer', 'order_closed'])
    expect(await texts(technician.openid)).toEqual(before)
    // What was done earlier follows by the clock: a return visit asks them again.
    await product.advance(21 * SECOND)
    expect((await done.order()).people.map((person) => person.openid)).toEqual([openid])
    expect((await technician.document()).ordersCheckAt).toBeNull()
  })

  test('R42 R52 bound, and dead before the orders followed: asked again they do, and so they do by the clock', async () => {
    for (const isRetried of [true, false]) {
      const repair = await Repair.file(product, { near: 1 })
      await repair.claim()
      const { technician } = repair
      const openid = `${technician.openid}-new`
      await product.db.collection('technicians').doc(technician.id).update({ openid, ordersCheckAt: new Date((await product.now()).getTime() + 20 * SECOND) })
      if (isRetried) await product.staffDo('bindTechnician', { staffNumber: await numberOf(technician), openid })
      else await product.advance(20 * SECOND)
      expect((await repair.order()).people.map((person) => person.openid)).toEqual([openid])
    }
  })

  test('R52 asked, claimed, suspended and bound in the same moment: soon no order knows anything else than the register', async () => {
    for (let time = 0; time < 4; time += 1) {
      const repair = await Repair.file(product, { near: 1 })
      const { technician } = repair
      const home = product.area()
      const other = await product.technician(home)
      const openid = `${technician.openid}-new`
      const [, , , filed] = await Promise.all([
        repair.technician.call('claimOffer', { orderId: repair.orderId }), product.staff('bindTechnician', { staffNumber: await numberOf(technician), openid }), suspend(other), product.homeowner(home).file(),
      ])
      await product.advance(21 * SECOND)
      expect((await repair.order()).people.map((person) => person.openid)).toEqual([openid])
      expect((await product.order(filed.orderId)).offeredTo).toEqual([])
    }
  })

  test('R39 what was on its way to the old account goes to the new one', async () => {
    const repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    const { technician, orderId } = repair
    const now = await product.now()
    const order = await repair.order()
    const entry = { id: `${orderId}:message:late:1`, attempts: 1, nextAt: new Date(now.getTime() + MINUTE), kind: 'message' as const, to: { role: 'technician' as const, openid: technician.openid }, template: 'call_reminder' as const, blanks: {}, visitNo: 1, at: now, mustReach: false }
    await product.db.collection('orders').doc(orderId).update({ outbox: product.db.command.set([...order.outbox, entry]), version: product.db.command.inc(1) })
    await product.staffDo('bindTechnician', { staffNumber: await numberOf(technician), openid: `${technician.openid}-new` })
    await product.advance(MINUTE)
    expect(await product.find('messages', { _id: entry.id })).toMatchObject([{ openid: `${technician.openid}-new` }])
  })
})
