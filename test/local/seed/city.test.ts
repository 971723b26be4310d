import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { metresBetween } from '../../../cloudfunctions/domain/geography'
import type { Need } from '../../../cloudfunctions/domain/eligibility'
import { findItem, priceLines, totalFen } from '../../../cloudfunctions/domain/price-book'
import { rankNearest } from '../../../cloudfunctions/domain/ranking'
import { defaultSettings } from '../../../cloudfunctions/domain/settings'
import type { Technician } from '../../../cloudfunctions/domain/technician'
import { categoryViews } from '../../../cloudfunctions/domain/views/price-book'
import { placeNamed, places } from '../../../local/seed/city'
import { homeowners } from '../../../local/seed/homeowners'
import { people } from '../../../local/seed/people'
import { priceBook } from '../../../local/seed/price-book'
import { ratings } from '../../../local/seed/ratings'
import { operators } from '../../../local/seed/staff'
import { technicians } from '../../../local/seed/technicians'

const NOW = new Date('2026-11-22T05:01:46Z')
const MINUTE = 60_000
const later = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE)
const settings = defaultSettings()
const home = placeNamed('梧桐里')

const needAt = (place: string, category: string, certificate = false): Need => ({
  orderId: 'o1',
  visitNo: 1,
  category,
  certificate,
  place: placeNamed(place),
  wanted: { from: later(60), to: later(180) },
  durationMs: 80 * MINUTE,
  homeownerId: 'oDemoLinXiaowen',
  radiusFactor: 1,
})
const namesOf = (ranked: { technician: Technician }[]) => ranked.map(({ technician }) => `${technician.name} ${technician.staffNumber}`)

/** Waves as they go out when nobody answers: who let an offer run out is not asked again (R07). */
const wavesAt = (need: Need, now: Date): string[][] => {
  const register = technicians(NOW)
  const excluded: string[] = []
  const waves: string[][] = []
  for (;;) {
    const { chosen } = rankNearest(register, need, excluded, now, settings)
    if (chosen.length === 0) return waves
    waves.push(namesOf(chosen))
    excluded.push(...chosen.map(({ technician }) => technician._id))
  }
}

describe('stars of the demonstration city', () => {
  test('R31 what each technician shows is the mean of what was given, to 0.1', () => {
    for (const { _id, stars } of technicians(NOW)) {
      const given = ratings(NOW).filter(({ technicianId }) => technicianId === _id)
      const mean = given.length === 0 ? null : Math.round((given.reduce((sum, rating) => sum + rating.stars, 0) / given.length) * 10) / 10
      expect([_id, mean]).toEqual([_id, stars])
      expect(given.length).toBeLessThanOrEqual(settings.dispatch.ratingsCounted)
      expect(given.every((rating) => Number.isInteger(rating.stars) && rating.stars >= 1 && rating.stars <= 5 && rating.at < NOW)).toBe(true)
    }
    expect(new Set(ratings(NOW).map(({ _id }) => _id)).size).toBe(ratings(NOW).length)
  })
})

describe('price book of the demonstration city', () => {
  const book = priceBook()

  test('R44 has the nine categories of the home page, with their price ranges', () => {
    expect(categoryViews(book).map(({ name, icon, priceRange }) => [name, icon, priceRange])).toEqual([
      ['水路', 'tap', '¥35–280'],
      ['电路', 'socket', '¥30–220'],
      ['燃气', 'gas', '¥60–320'],
      ['开锁换锁', 'lock', '¥80–460'],
      ['家电', 'appliance', '¥60–320'],
      ['门窗', 'door', '¥45–360'],
      ['墙面', 'wall', '¥26–68/㎡'],
      ['地面', 'floor', '¥45–98/㎡'],
      ['防水', 'waterproof', '勘察后报价'],
    ])
    expect(book.categories.flatMap((category) => category.items).length).toBeGreaterThanOrEqual(60)
  })

  test('R17a a tap and two angle valves come to ¥314.00, material and labour apart', () => {
    const lines = priceLines(book, [
      { code: 'tap-replace', quantity: 1 },
      { code: 'angle-valve-replace', quantity: 2 },
    ])
    expect(lines.map(({ materialFen, labourFen, warrantyMonths }) => [materialFen, labourFen, warrantyMonths])).toEqual([
      [16_800, 6_000, 24],
      [5_600, 3_000, 24],
    ])
    expect(totalFen(lines)).toBe(31_400)
    expect(findItem(book, 'tap-replace')).toMatchObject({ name: '换水龙头', material: { brand: '泉源', description: '泉源 K2 冷热龙头' } })
  })

  test.each(book.categories.flatMap((category) => category.items.map((item) => [category.name, item.name, item] as const)))(
    'R44 %s %s costs what its range says',
    (_category, _name, item) => {
      const price = (item.material?.unitFen ?? 0) + item.labourUnitFen
      if (item.pricing === 'survey') expect([price, item.lowFen, item.highFen]).toEqual([0, 0, 0])
      else {
        expect(price).toBeGreaterThanOrEqual(item.lowFen)
        expect(price).toBeLessThanOrEqual(item.highFen)
      }
    },
  )
})

describe('technicians of the demonstration city', () => {
  const register = technicians(NOW)

  test('R05 at 梧桐里 the two nearest for 水路 are 周国平 at 1.2 km and 陈立 at 1.8 km; the nearer ones are off duty or cannot', () => {
    const { chosen, explained } = rankNearest(register, needAt('梧桐里', 'plumbing'), [], NOW, settings)
    expect(namesOf(chosen)).toEqual(['周国平 0317', '陈立 0522'])
    expect(chosen.map(({ distanceMetres }) => (distanceMetres / 1000).toFixed(1))).toEqual(['1.2', '1.8'])
    expect(explained.slice(0, 4).map(({ name, result, reason }) => [name, result, reason])).toEqual([
      ['马俊', 'ineligible', '不在岗'],
      ['吴大勇', 'ineligible', '不会这一类'],
      ['周国平', 'offered', null],
      ['陈立', 'offered', null],
    ])
    expect(explained.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['停单中', '证件过期']))
  })

  test('R07 the waves after it find others, and one is left for staff', () => {
    expect(wavesAt(needAt('梧桐里', 'plumbing'), NOW)).toEqual([
      ['周国平 0317', '陈立 0522'],
      ['罗建 0419', '唐海 0605'],
      ['何志远 0148', '沈一鸣 0736'],
      ['邹平 0577'],
    ])
  })

  test('R05 the same when the clock was moved and every position has gone stale: they wait at their bases', () => {
    expect(wavesAt(needAt('梧桐里', 'plumbing'), later(95))).toEqual(wavesAt(needAt('梧桐里', 'plumbing'), NOW))
  })

  test('R05 someone eligible for each category that is not surveyed, wherever a homeowner lives', () => {
    for (const { place } of homeowners)
      for (const category of priceBook().categories) {
        const { chosen } = rankNearest(register, needAt(place.name, category.code, category.certificate), [], NOW, settings)
        expect([place.name, category.name, chosen.length > 0]).toEqual([place.name, category.name, true])
      }
  })

  test('R52 ids, staff numbers and accounts are unique, and no OPENID is made of digits alone', () => {
    for (const values of [
      register.map(({ _id }) => _id),
      register.map(({ staffNumber }) => staffNumber),
      people.map(({ openid }) => openid),
    ])
      expect(new Set(values).size).toBe(values.length)
    expect(register.length).toBeGreaterThanOrEqual(12)
    expect(people.map(({ openid }) => openid)).toEqual(expect.arrayContaining(register.map(({ openid }) => openid)))
    for (const { openid } of people) expect(openid).toMatch(/^oDemo[A-Za-z0-9]+$/)
  })

  test('portraits are small pictures of our own, one for each', () => {
    for (const { photo } of register) {
      expect(photo).toMatch(/^data:image\/svg\+xml,%3Csvg xmlns='/)
      expect(photo.length).toBeLessThan(2_500)
    }
    expect(new Set(register.map(({ photo }) => photo)).size).toBe(register.length)
  })
})

test('places lie in one city, each with a district in its address', () => {
  for (const place of places) {
    expect(place.address).toBe(`临江市江湾区${place.name}`)
    expect(metresBetween(home, place)).toBeLessThan(8_000)
  }
})

test('docs/demo-city.md names everyone with their OPENID, every operator with their token, every place, and the distances', () => {
  const text = readFileSync(join(__dirname, '../../../docs/demo-city.md'), 'utf8')
  for (const { openid } of people) expect(text).toContain(`\`${openid}\``)
  for (const { name, phone, room } of homeowners) for (const fact of [name, phone, room]) expect(text).toContain(fact)
  for (const { _id, name, token } of operators) expect(text).toMatch(new RegExp(`\\| ${name} \\|[^|]+\\| \`${_id}\` \\| \`${token}\` \\|`))
  for (const { name } of places) expect(text).toContain(name)
  for (const { staffNumber, name, openid, base, stars } of technicians(NOW)) {
    const row = new RegExp(`\\| ${staffNumber} \\| ${name} \\| \`${openid}\` \\| ([\\d.]+) \\|[^|]+\\| ([\\d.–]+) \\|`).exec(text)
    expect([name, row?.[1], row?.[2]]).toEqual([name, (metresBetween(base, home) / 1000).toFixed(1), stars?.toFixed(1) ?? '–'])
  }
  expect(text).toContain(`${priceBook().categories.flatMap(({ items }) => items).length} items`)
})
