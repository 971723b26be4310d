import { emptyJobs, isJobFilter, isTechnicianFilter, jobAsCard, technicianTabs } from '../../../miniprogram/pages/orders/job-list'
import { meRows } from '../../../miniprogram/pages/me/me-rows'
import { JOBS } from '../../support/mock-answers/offer-answers'
import answers from '../../support/mock-answers/homeowner.json'
import type { HomeView } from '../../../typings/contract'

describe('R52 工单 of a technician', () => {
  test('R52 jobs in hand, jobs done, and what they filed at home', () => {
    expect(technicianTabs(2)).toEqual([
      { value: 'in_hand', label: '手上的', count: 0 },
      { value: 'done', label: '做完的', count: 0 },
      { value: 'own', label: '自家报修', count: 2 },
    ])
    expect(technicianTabs(0).map(({ value }) => [isTechnicianFilter(value), isJobFilter(value)])).toEqual([[true, true], [true, true], [true, false]])
    expect(isTechnicianFilter('to_pay')).toBe(false)
  })

  test('R52 a card says where it stands, where it is, and what is special', () => {
    const [job] = JOBS.today
    expect(jobAsCard({ ...job!, kind: 'return', helping: true })).toMatchObject({ id: '401', title: '换插座', fact: '做完了', sentence: '石桥巷 · 返工 · 帮手 · SF1122-401', button: null })
  })

  test('R52 with nothing in hand they are led to the offers, never to filing a repair', () => {
    expect(emptyJobs('in_hand')).toMatchObject({ button: '去接单' })
    expect(emptyJobs('done')).toMatchObject({ button: '' })
    expect(emptyJobs('in_hand').message + emptyJobs('done').message).not.toMatch(/报修/)
  })

  test('R52 我的 leads a technician to their jobs', () => {
    const home = answers['homeowner.openHome'] as unknown as HomeView
    const rows = meRows({ ...home, isTechnician: true, technician: { name: '周国平', staffNumber: '0317' } }).flatMap(({ rows: some }) => some)
    expect(rows.find(({ act }) => act === 'orders')).toMatchObject({ title: '我的单', note: '手上的、做完的、自家报修' })
  })
})
