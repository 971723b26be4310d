import fc from 'fast-check'
import { needOf } from '../../cloudfunctions/domain/eligibility'
import { rankNearest } from '../../cloudfunctions/domain/ranking'
import { defaultSettings } from '../../cloudfunctions/domain/settings'
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { at, Life, MONDAY_9, north, plus, technician } from '../support/life'

const ago = (minutes: number) => plus(MONDAY_9, -minutes * MINUTE)
/** The table of spec/examples.md. */
const cityOfTheExample = () => [
  technician('A', { position: north(0.4), onDuty: false }),
  technician('B', { position: north(0.9), skills: ['electric'] }),
  technician('C', { position: north(1.2), positionAt: ago(31), base: north(9.5) }),
  technician('D', { position: north(1.3), positionAt: ago(3), stars: 4.6, freeSince: ago(40) }),
  technician('E', { position: north(1.36), positionAt: ago(5), stars: 4.9, freeSince: ago(10) }),
  technician('F', { position: north(1.34), positionAt: ago(5), stars: 4.6, freeSince: ago(90) }),
  technician('G', { position: north(2), certificates: [{ category: 'plumbing', name: '水工证', expiresAt: ago(24 * 60) }] }),
  technician('H', { position: north(2.1), claim: { orderId: 'other', visitNo: 1, until: null } }),
  technician('I', { position: north(2.2) }),
  technician('J', { position: north(6), openid: 'wx-home' }),
]

describe('R05 the nearest two', () => {
  test('R05 the worked example: wave 1 is E and F, wave 2 D and I, then staff', () => {
    const life = new Life(cityOfTheExample())
    expect(life.offered()).toEqual(['E', 'F'])
    life.do({ type: 'decline', technicianId: 'F', reason: '太远' }, at(MONDAY_9, '1:10'))
    expect(life.offered()).toEqual(['E'])
    life.tick(at(MONDAY_9, '3:00'))
    expect(life.offered()).toEqual(['D', 'I'])
    expect(life.order.offers.find((offer) => offer.technicianId === 'E')?.state).toBe('expired')
    life.tick(at(MONDAY_9, '6:00'))
    expect(life.order.status).toBe('seeking_staff')
    expect(life.offered()).toEqual(['D', 'I'])
    expect(life.todos()).toEqual(['nobody_claims'])
    life.tick(at(MONDAY_9, '9:00'))
    expect(life.todos()).toEqual(['nobody_claims'])
  })

  test.each([
    ['A', '不在岗'],
    ['B', '不会这一类'],
    ['C', '位置旧了，按驻地算超出范围'],
    ['G', '证件过期'],
    ['H', '有单待拨电话'],
    ['J', '是业主本人'],
  ])('R05 %s is not eligible: %s', (id, reason) => {
    const life = new Life(cityOfTheExample())
    expect(life.order.dispatch.explained.find((line) => line.technicianId === id)).toMatchObject({ result: 'ineligible', reason })
  })

  test('R05 whoever is asked is named, however many nearer ones could not be; the nearest first', () => {
    const near = Array.from({ length: 14 }, (_none, index) => technician(`n${index}`, { position: north(0.1 + index / 100), onDuty: false }))
    const { explained } = rankNearest([...near, technician('Y', { position: north(2) }), technician('Z', { position: north(3) })], needOf(new Life().order, defaultSettings()), [], MONDAY_9, defaultSettings())
    expect(explained.map(({ technicianId }) => technicianId)).toEqual([...near.slice(0, 10).map(({ _id }) => _id), 'Y', 'Z'])
  })

  test('R05 ranking is the same whatever the order of the list', () => {
    const need = needOf(new Life().order, defaultSettings())
    const expected = rankNearest(cityOfTheExample(), need, [], MONDAY_9, defaultSettings())
    fc.assert(
      fc.property(fc.shuffledSubarray(cityOfTheExample(), { minLength: 10 }), (shuffled) => {
        expect(rankNearest(shuffled, need, [], MONDAY_9, defaultSettings()).chosen.map((each) => each.technician._id)).toEqual(expected.chosen.map((each) => each.technician._id))
      }),
    )
  })

  test('R05 travel between neighbouring appointments counts, not only overlap', () => {
    // 3 km away at 1.4 × and 20 km/h is 12.6 minutes of riding.
    const busy = (gapMinutes: number) => {
      const wanted = plus(MONDAY_9, 5 * HOUR)
      const slot = { orderId: 'o2', visitNo: 1, from: plus(wanted, -60 * MINUTE), to: plus(wanted, -gapMinutes * MINUTE), place: north(3), heldUntil: null }
      return new Life([technician('X', { slots: [slot] })], { wanted: { from: wanted, to: plus(wanted, 1000) } }).offered()
    }
    expect(busy(12)).toEqual([])
    expect(busy(13)).toEqual(['X'])
  })

  test('R05 no room in the day', () => {
    const slots = Array.from({ length: 8 }, (_, index) => ({ orderId: `o${index}`, visitNo: 1, from: plus(MONDAY_9, (6 + index) * HOUR), to: plus(MONDAY_9, (6 + index) * HOUR + MINUTE), place: north(1), heldUntil: null }))
    expect(new Life([technician('X', { slots })]).offered()).toEqual([])
    expect(new Life([technician('X', { slots: slots.slice(1) })]).offered()).toEqual(['X'])
  })

  test('R05 a hold that lapsed keeps nobody from an offer', () => {
    const slot = { orderId: 'o2', visitNo: 1, from: plus(MONDAY_9, 5 * HOUR), to: plus(MONDAY_9, 7 * HOUR), place: north(1), heldUntil: MONDAY_9 }
    expect(new Life([technician('X', { slots: [slot], claim: { orderId: 'o2', visitNo: 1, until: MONDAY_9 } })]).offered()).toEqual(['X'])
  })
})

describe('R06 R07 R08 R09 claims, waves, declines, give-backs', () => {
  test('R07 nobody eligible: staff are alerted at once', () => {
    const life = new Life([])
    expect(life.order.status).toBe('seeking_staff')
    expect(life.todos()).toEqual(['nobody_claims'])
  })

  test('R07 a claim at 3:00.4 counts while the next wave is not out, and D and I are never offered it', () => {
    const life = new Life(cityOfTheExample())
    expect(life.claim('E', new Date(at(MONDAY_9, '3:00').getTime() + 400))).toBeNull()
    life.tick(at(MONDAY_9, '4:00'))
    expect(life.order.offers.map((offer) => offer.technicianId)).toEqual(['E', 'F'])
    expect(life.visit.technicianId).toBe('E')
  })

  test('R07 the wave is out at 3:00 and not at 2:59', () => {
    expect(new Life(cityOfTheExample()).tick(at(MONDAY_9, '2:59')).offered()).toEqual(['E', 'F'])
    expect(new Life(cityOfTheExample()).tick(at(MONDAY_9, '3:00')).offered()).toEqual(['D', 'I'])
  })

  test('R07 three waves at most; a late timer sends one wave a pass and counts from then', () => {
    const many = Array.from({ length: 12 }, (_, index) => technician(`t${String(index).padStart(2, '0')}`, { position: north(1 + index * 0.3) }))
    const life = new Life(many).tick(at(MONDAY_9, '60:00'))
    expect(life.order.dispatch.wave).toBe(2)
    expect(life.order.offers.filter((offer) => offer.state === 'open')[0]?.endsAt).toEqual(at(MONDAY_9, '63:00'))
    life.tick(at(MONDAY_9, '63:00')).tick(at(MONDAY_9, '66:00'))
    expect(life.order.status).toBe('seeking_staff')
    expect(life.order.offers).toHaveLength(6)
  })

  test('R08 both decline: the next wave goes at once', () => {
    const life = new Life(cityOfTheExample())
    life.do({ type: 'decline', technicianId: 'F', reason: '太远' }, at(MONDAY_9, '0:20')).do({ type: 'decline', technicianId: 'E', reason: '在忙' }, at(MONDAY_9, '0:50'))
    expect(life.offered()).toEqual(['D', 'I'])
    expect(life.order.offers.find((offer) => offer.technicianId === 'D')?.sentAt).toEqual(at(MONDAY_9, '0:50'))
  })

  test('R06 exactly one winner; the other reads that it is taken; the winner may press again', () => {
    const life = new Life(cityOfTheExample())
    expect(life.claim('E')).toBeNull()
    const version = life.order.version
    expect(life.claim('F')?.code).toBe('TAKEN')
    expect(life.claim('E')).toBeNull()
    expect(life.order.version).toBe(version)
    expect(life.claim('D')?.code).toBe('NOT_FOUND')
    expect(life.order.offers.filter((offer) => offer.state === 'claimed')).toHaveLength(1)
  })

  test('R06 an offer that is over cannot be claimed', () => {
    const life = new Life(cityOfTheExample()).do({ type: 'decline', technicianId: 'F', reason: '太远' })
    expect(life.claim('F')?.code).toBe('OFFER_OVER')
    life.tick(at(MONDAY_9, '3:00'))
    expect(life.claim('E')?.code).toBe('OFFER_OVER')
  })

  test('R09 given back: a new wave at once without them; the one who lost it may get it again', () => {
    const life = new Life(cityOfTheExample())
    life.claim('E', at(MONDAY_9, '0:30'))
    life.do({ type: 'give_back', technicianId: 'E', reason: '车坏了' }, at(MONDAY_9, '2:00'))
    expect(life.offered()).toEqual(['D', 'F'])
    expect(life.order.dispatch.wave).toBe(1)
    expect(life.out('deed').filter((entry) => entry.deed.kind === 'given_back')).toHaveLength(1)
    expect(life.claim('E')?.code).toBe('OFFER_OVER')
  })

  test('R09 not after setting out', () => {
    const life = new Life()
    life.claim('t1')
    life.agree(plus(MONDAY_9, 5 * HOUR)).pay().steps('before_setting_out').do({ type: 'set_out', technicianId: 't1' })
    expect(life.try({ type: 'give_back', technicianId: 't1', reason: '累' })?.code).toBe('WRONG_STATE')
  })

  test('R50 an emergency has waves of 60 s and 1.5 × the radius', () => {
    const far = [technician('near', { position: north(1) }), technician('far', { position: north(11.9) }), technician('too far', { position: north(12.1) })]
    const life = new Life(far, { emergency: true })
    expect(life.offered()).toEqual(['far', 'near'])
    expect(life.order.offers[0]?.endsAt).toEqual(at(MONDAY_9, '1:00'))
    expect(new Life(far).offered()).toEqual(['near'])
  })

  test('R07 staff assign by hand when nobody claims', () => {
    const life = new Life([technician('X', { onDuty: false })])
    life.do({ type: 'assign', technician: life.person('X'), slot: life.slot(plus(MONDAY_9, 5 * HOUR)), distanceMetres: 1000, reason: '就近', by: { role: 'staff', id: 'lu-min', name: '陆敏' } })
    expect(life.order.status).toBe('claimed')
    expect(life.out('close_todo')).toHaveLength(1)
    expect(life.order.deadlines.map((deadline) => deadline.id)).toContain('call.breach')
  })
})
