/** Sentences of pages name the figures in force, not those of the day they were written (⚙). */
import { homeownerView } from '../../cloudfunctions/domain/views/homeowner'
import { figuresOf } from '../../cloudfunctions/domain/views/reading'
import type { Reading } from '../../cloudfunctions/domain/views/reading'
import { offerView, jobView } from '../../cloudfunctions/domain/views/technician'
import { homeownerState, technicianState } from '../../cloudfunctions/domain/views/state'
import { dueText } from '../../cloudfunctions/domain/deadlines'
import type { DeadlineId } from '../../cloudfunctions/domain/deadlines'
import { defaultSettings, settingsSchema } from '../../cloudfunctions/domain/settings'
import { HOUR, MINUTE } from '../../cloudfunctions/domain/shanghai'
import { codeFor, Life, MONDAY_9, plus } from '../support/life'

const CHANGED = settingsSchema.parse({
  dispatch: { offersPerWave: 4, maxWaves: 5, waveMinutes: 8, emergencyWaveMinutes: 2 },
  call: { breachMinutes: 7, retryMinutes: [15, 45], retryGraceMinutes: 6 },
  arrival: { earlyMinutes: 20, noticeMinutes: 90 },
  absence: { waitMinutes: 45 },
  followUp: { questionnaireHours: 3, callTaskHours: 18, leastStaffedHours: 4 },
  returnVisit: { aloneMinutes: 50 },
  rating: { changeableDays: 9 },
})
const reading = (now: Date, settings = CHANGED): Reading => ({ now, settings, codeFor, categoryName: (code) => code, urlOf: () => '' })
const words = (life: Life) => JSON.stringify([homeownerView(life.order, null, reading(life.now)).next, homeownerState(life.order, reading(life.now)), technicianState(life.order, reading(life.now))])
const agreed = () => {
  const life = new Life()
  life.claim('t1')
  return life.agree(plus(MONDAY_9, 5 * HOUR)).pay()
}

describe('R07 R10 R13 R32 changed settings are found in the sentences of both sides', () => {
  test('R07 R10 while technicians are asked', () => {
    const said = words(new Life())
    expect(said).toContain('抢到的师傅 7 分钟内给您打电话')
    expect(said).toContain('请下四位，五轮还没有')
  })

  test('R13 before the visit', () => {
    const said = words(agreed())
    expect(said).toContain('提前 20 分钟到楼下')
    expect(said).not.toContain('10 分钟')
  })

  test('R10 how often nobody answered, and after how many tries the office takes over', () => {
    const life = new Life()
    life.claim('t1')
    life.do({ type: 'dial', technicianId: 't1' })
    life.record('no_answer')
    expect(technicianState(life.order, reading(life.now)).sentence).toBe('三次没人接，调度来联系业主')
  })

  test.each<[DeadlineId, string]>([
    ['dispatch.next_wave', '8 分钟（急修 2 分钟），或请的都不接'],
    ['call.retry', '第一次之后 15、45 分钟'],
    ['call.retry_missed', '该再打之后 6 分钟'],
    ['absence.note', '约定时间和第一次没人接里晚的那个，再过 45 分钟'],
    ['follow_up.call_task', '18 小时没答（剩下的上班时间不到 4 小时就提前到前一晚）'],
  ])('R42 %s falls due: %s', (id, text) => expect(dueText(id, CHANGED)).toBe(text))

  test('what pages say in words of their own is given to them', () => {
    const figures = { offersPerWave: 4, callMinutes: 7, callTries: 3, earlyMinutes: 20, noticeMinutes: 90, aloneMinutes: 50, ratingDays: 9 }
    const life = new Life()
    const [offer] = life.order.offers
    const technician = life.technicians[0]!
    expect(figuresOf(CHANGED)).toEqual(figures)
    expect(offerView(life.order, offer!, technician, reading(life.now)).figures).toEqual(figures)
    expect(homeownerView(life.order, null, reading(life.now)).figures).toEqual(figures)
    life.claim('t1')
    expect(jobView(life.order, null, technician, reading(life.now)).figures).toEqual(figures)
    expect(figuresOf(defaultSettings())).not.toEqual(figures)
  })

  test('R12 an hour and a half is said as people say it', () => {
    const life = agreed()
    life.do({ type: 'tick' }, plus(MONDAY_9, 5 * HOUR + 90 * MINUTE))
    expect(homeownerState(life.order, life.reading()).sentence).toContain('晚了 1 个半小时')
  })
})
