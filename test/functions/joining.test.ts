/** Applying to be a technician, and what staff decide of it (R52), through the functions. */
import { MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import type { ApplicationInput } from '../../typings/contract'
import { identityNumber } from '../support/identity-number'
import { north } from '../support/product'
import type { HomeownerPhone } from '../support/product'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true, env: { FUNCTION_CONCURRENCY: '2' } })

const application = async (person: HomeownerPhone, change: Partial<ApplicationInput> = {}): Promise<ApplicationInput> => ({
  name: '孙立', phone: '139 0000 1212', identityNumber: freshNumber(), photo: await person.upload('application', 'join'), skills: [{ category: 'electrical', level: 2 }], years: 6, district: '江湾区', base: person.home, radiusMetres: 6_000,
  certificates: [{ category: 'electrical', name: '低压电工证', number: 'T-2026-0117', expiresAt: '2034-01-01T00:00:00Z', photo: await person.upload('application', 'join') }], about: '', ...change,
})

let people = 0
/** A number that nobody else in these tests has. */
const freshNumber = (): string => identityNumber(++people)

/** What a manager has seen when they decide: the application as it is shown. */
const seen = async (person: HomeownerPhone) => {
  const { sentAt } = await product.staffDo<{ sentAt: string }>('showApplication', { application: person.openid })
  return { application: person.openid, sentAt }
}

const approval = async (person: HomeownerPhone, staffNumber: string) => ({ ...(await seen(person)), approve: true, staffNumber, identityChecked: true, certificatesChecked: ['T-2026-0117'] })

/** Somebody who has applied. */
const applicant = async (change: Partial<ApplicationInput> = {}): Promise<HomeownerPhone> => {
  const person = product.homeowner()
  await person.do('applyToJoin', await application(person, change))
  return person
}

const todosOf = async (person: HomeownerPhone) => (await product.find('todos', { kind: 'application' })).filter(({ _id }) => _id.includes(person.openid)).map(({ state, closedBy, detail }) => ({ state, closedBy, detail }))

describe('R52 joining', () => {
  test('R52 applied, identity and certificates checked, entered with a staff number, bound, told; on duty at once; what proves who they are is gone', async () => {
    const person = product.homeowner()
    expect(await person.do('myApplication', {})).toMatchObject({ state: 'none' })
    expect(await person.do('applyToJoin', await application(person, { identityNumber: '11010519491231002X' }))).toMatchObject({ state: 'sent', sent: { name: '孙立', years: 6 } })
    expect(await product.staffDo('listApplications', {})).toMatchObject({ text: expect.stringContaining('孙立') as unknown })
    const { text } = await product.staffDo<{ text: string }>('showApplication', { application: person.openid })
    expect(text).toMatch(/11010519491231002X[\s\S]*低压电工证 T-2026-0117[\s\S]*http/)
    const shown = await seen(person)
    const decide = (input: object) => product.staff('decideApplication', { ...shown, approve: true, staffNumber: '7701', ...input })
    expect(await decide({})).toMatchObject({ ok: false, error: { fields: { identityChecked: expect.any(String) as unknown } } })
    expect(await decide({ identityChecked: true })).toMatchObject({ ok: false, error: { fields: { certificatesChecked: expect.stringContaining('T-2026-0117') as unknown } } })
    expect(await product.staff('decideApplication', { ...shown, approve: true, staffNumber: '7701', identityChecked: true, certificatesChecked: ['T-2026-0117'] }, { operator: 'lu-min' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    await decide({ identityChecked: true, certificatesChecked: ['T-2026-0117'] })
    await decide({ identityChecked: true, certificatesChecked: ['T-2026-0117'] })
    const [kept] = await product.find('applications', { _id: person.openid })
    expect(kept).toMatchObject({ state: 'approved', identityNumber: '', certificates: [{ number: '', photo: '' }], decision: { staffNumber: '7701', identityChecked: true } })
    expect(await person.do('myApplication', {})).toMatchObject({ state: 'approved', staffNumber: '7701' })
    expect((await person.inbox())[0]).toMatchObject({ title: '登记进展', text: expect.stringContaining('7701') as unknown })
    const answer = (await product.workplace.invoke('technician', { action: 'goOnDuty', input: { position: person.home } }, person.openid)) as { ok: boolean; data: unknown }
    expect(answer).toMatchObject({ ok: true, data: { onDuty: true, me: { staffNumber: '7701' } } })
    const { orderId } = await product.homeowner(north(person.home, 1)).file({ category: 'electrical', items: [{ code: 'socket-replace', quantity: 1 }] })
    expect((await product.order(orderId)).offeredTo).toEqual(['t7701'])
    expect(await person.refused('applyToJoin', await application(person))).toMatchObject({ code: 'WRONG_STATE' })
  })

  test('R52 refused with a reason, put right, sent again', async () => {
    const person = product.homeowner()
    await person.do('applyToJoin', await application(person))
    expect(await product.staff('decideApplication', { ...(await seen(person)), approve: false })).toMatchObject({ ok: false, error: { fields: { reason: expect.any(String) as unknown } } })
    await product.staffDo('decideApplication', { ...(await seen(person)), approve: false, reason: '证件照片看不清' })
    expect(await person.do('myApplication', {})).toMatchObject({ state: 'refused', reason: '证件照片看不清', sent: { name: '孙立' } })
    expect(await person.do('applyToJoin', await application(person, { years: 7 }))).toMatchObject({ state: 'sent', sent: { years: 7 } })
  })

  test('R52 R39 put right while it waits: what was given stays, and neither number nor photos are asked for again', async () => {
    const person = await applicant()
    const { sent } = await person.do('myApplication', {})
    expect(sent).toMatchObject({ identityKept: true, photo: { url: expect.stringMatching(/^http/) as unknown }, certificates: [{ number: 'T-2026-0117', photo: { url: expect.stringMatching(/^http/) as unknown } }] })
    const before = (await product.find('applications', { _id: person.openid }))[0]!
    const certificates = sent!.certificates.map((each) => ({ ...each, photo: each.photo!.fileId }))
    await person.do('applyToJoin', await application(person, { years: 8, identityNumber: '', photo: sent!.photo!.fileId, certificates }))
    const { identityNumber: number, identityKey, photo } = before
    expect(await product.find('applications', { _id: person.openid })).toMatchObject([{ years: 8, identityNumber: number, identityKey, photo, certificates: before.certificates }])
  })

  test('R52 R39 refused for something else than the identity: the photo stays, and the number need not be typed again; of certificates number and photo are gone', async () => {
    const person = await applicant()
    await product.staffDo('decideApplication', { ...(await seen(person)), approve: false, reason: '证件照片看不清', identityChecked: true })
    const { sent } = await person.do('myApplication', {})
    expect(sent).toMatchObject({ identityKept: true, photo: { url: expect.stringMatching(/^http/) as unknown }, certificates: [{ name: '低压电工证', number: '', photo: null }] })
    await person.do('applyToJoin', await application(person, { identityNumber: '', photo: sent!.photo!.fileId }))
    const { text } = await product.staffDo<{ text: string }>('showApplication', { application: person.openid })
    expect(text).toContain('身份证 核过了，不再留存')
    expect(await product.staff('decideApplication', await approval(person, '7791'))).toMatchObject({ ok: true })
  })

  test('R52 R39 refused before the identity was checked: the number is gone, and must be typed again; somebody else’s photo is nobody’s to name', async () => {
    const person = await applicant()
    await product.staffDo('decideApplication', { ...(await seen(person)), approve: false, reason: '不是本人' })
    expect(await person.do('myApplication', {})).toMatchObject({ sent: { identityKept: false } })
    expect(await person.refused('applyToJoin', await application(person, { identityNumber: '' }))).toMatchObject({ fields: { identityNumber: expect.any(String) as unknown } })
    const other = (await (await applicant()).do('myApplication', {})).sent!.photo!.fileId
    expect(await person.refused('applyToJoin', await application(person, { photo: other }))).toMatchObject({ code: 'FILE_REFUSED' })
    expect(await product.find('applications', { _id: person.openid })).toMatchObject([{ state: 'refused' }])
  })

  test.each([
    ['an identity number whose check sign is wrong', { identityNumber: '110105194912310021' }, 'identityNumber'],
    ['under age', { identityNumber: '110101201501010018' }, 'identityNumber'],
    ['no trade', { skills: [] }, 'skills'],
    ['an unknown trade', { skills: [{ category: 'magic', level: 1 as const }] }, 'skills.0.category'],
    ['the same trade twice', { skills: [{ category: 'electrical', level: 2 as const }, { category: 'electrical', level: 3 as const }] }, 'skills.1.category'],
    ['a trade that needs a certificate, without one', { certificates: [] }, 'skills.0.category'],
    ['a place outside China', { base: { longitude: 2.3, latitude: 48.8 } }, 'base'],
    ['a radius of 0', { radiusMetres: 0 }, 'radiusMetres'],
    ['a radius of 500 km', { radiusMetres: 500_000 }, 'radiusMetres'],
    ['somebody else’s photo', { photo: 'cloud://local.6c6f-local-1300000000/application/x/1-abc.jpg' }, 'photo'],
  ])('R52 %s is refused by name, and nothing is kept', async (_what, change, field) => {
    const person = product.homeowner()
    const refused = await person.refused('applyToJoin', await application(person, change))
    expect(Object.keys(refused.fields ?? {})).toContain(field)
    expect(refused.message).toMatch(/[\u4e00-\u9fff]/)
    expect(await product.find('applications', { _id: person.openid })).toEqual([])
  })

  test('R52 an expired certificate is refused by name', async () => {
    const person = product.homeowner()
    const input = await application(person)
    const refused = await person.refused('applyToJoin', { ...input, certificates: input.certificates.map((each) => ({ ...each, expiresAt: '2029-01-01T00:00:00Z' })) })
    expect(refused.fields).toEqual({ 'certificates.0.expiresAt': '“低压电工证”已经过期了，请交新的' })
  })
})

describe('R52 what staff decide of an application', () => {
  test('R52 two managers approve at once, each with another number: one technician, and the other reads who was first', async () => {
    await product.staffDo('addOperator', { id: 'ma-jun', name: '马骏', roles: ['manager'], token: 'a-token-of-my-own-0002' })
    const person = await applicant()
    const [one, two] = [await approval(person, '7711'), await approval(person, '7712')]
    const other = product.workplace.invoke<{ ok: boolean }>('staff', { action: 'decideApplication', operator: 'ma-jun', token: 'a-token-of-my-own-0002', input: two })
    const answers = await Promise.all([product.staff('decideApplication', one), other])
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'WRONG_STATE', message: expect.stringMatching(/^(秦越（qin-yue）|马骏（ma-jun）) 今天 .*定过了：孙立通过了，工号 771[12]/) as unknown } })
    expect(await product.find('technicians', { openid: person.openid })).toHaveLength(1)
  })

  test('R52 approved against refused at once: one of the two stands, and is what the applicant reads', async () => {
    for (const staffNumber of ['7721', '7722', '7723']) {
      const person = await applicant()
      const [yes, no] = await Promise.all([product.staff('decideApplication', await approval(person, staffNumber)), product.staff('decideApplication', { ...(await seen(person)), approve: false, reason: '证件看不清' })])
      expect([yes.ok, no.ok].filter(Boolean)).toHaveLength(1)
      expect(yes.ok ? no : yes).toMatchObject({ error: { code: 'WRONG_STATE', message: expect.stringContaining('定过了') as unknown } })
      expect(await person.do('myApplication', {})).toMatchObject({ state: yes.ok ? 'approved' : 'refused' })
      expect(await product.find('technicians', { openid: person.openid })).toHaveLength(yes.ok ? 1 : 0)
      expect((await person.inbox()).map(({ title }) => title)).toEqual(['登记进展'])
    }
  })

  test('R52 one staff number for two applicants at once: one gets it, the other waits for a decision as before', async () => {
    const [one, two] = [await applicant(), await applicant()]
    const answers = await Promise.all([product.staff('decideApplication', await approval(one, '7731')), product.staff('decideApplication', await approval(two, '7731'))])
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    const loser = answers[0]?.ok ? two : one
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'INVALID_INPUT', fields: { staffNumber: '工号有人了' } } })
    expect(await product.find('applications', { _id: loser.openid })).toMatchObject([{ state: 'sent', decision: null, identityNumber: expect.stringMatching(/^110101/) as unknown }])
    expect(await todosOf(loser)).toMatchObject([{ state: 'open' }])
    expect(await product.staff('decideApplication', await approval(loser, '7732'))).toMatchObject({ ok: true })
  })

  test('R52 sent again since it was looked at: nothing is decided till it was looked at again', async () => {
    const person = await applicant()
    const before = await approval(person, '7741')
    await product.advance(10 * MINUTE)
    await person.do('applyToJoin', await application(person, { years: 9 }))
    for (const decision of [before, { ...before, approve: false, reason: '证件看不清' }]) {
      expect(await product.staff('decideApplication', decision)).toMatchObject({ ok: false, error: { code: 'CONFLICT', message: expect.stringMatching(/孙立 .*又交了一次/) as unknown, fields: { sentAt: expect.any(String) as unknown } } })
    }
    expect(await product.staff('decideApplication', await approval(person, '7741'))).toMatchObject({ ok: true })
  })

  test('R52 sent again and approved in the same moment: either the new one waits, or the one looked at is approved', async () => {
    for (const staffNumber of ['7751', '7752', '7753']) {
      const person = await applicant()
      const [decision, input] = [await approval(person, staffNumber), await application(person, { years: 9 })]
      const [decided] = await Promise.all([product.staff('decideApplication', decision), person.call('applyToJoin', input)])
      const [kept] = await product.find('applications', { _id: person.openid })
      expect([kept?.state, kept?.years, (await product.find('technicians', { openid: person.openid })).length]).toEqual(decided.ok ? ['approved', 6, 1] : ['sent', 9, 0])
    }
  })

  test('R52 one to-do an application, however often and on however many days it is sent; the decision closes it; sent anew, there is one anew', async () => {
    const person = await applicant()
    for (let day = 0; day < 2; day += 1) {
      await product.advance(24 * 60 * MINUTE)
      await person.do('applyToJoin', await application(person, { years: 7 + day }))
    }
    const [todo] = (await product.find('todos', { kind: 'application', state: 'open' })).filter(({ _id }) => _id.includes(person.openid))
    expect(await product.staff('closeTodo', { todo: todo!._id, note: '看过了' }, { operator: 'lu-min' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await todosOf(person)).toEqual([{ state: 'open', closedBy: null, detail: '江湾区，1 类，做了 8 年' }])
    await product.staffDo('decideApplication', { ...(await seen(person)), approve: false, reason: '证件看不清' })
    expect(await todosOf(person)).toMatchObject([{ state: 'closed', closedBy: 'qin-yue' }])
    await product.advance(SECOND)
    await person.do('applyToJoin', await application(person))
    expect((await todosOf(person)).map(({ state }) => state).sort()).toEqual(['closed', 'open'])
  })
})

describe('R52 R39 one identity number is one person', () => {
  test('R52 the second account is refused, and reads nothing of the first; so it stays once that one is a technician, and its number is gone', async () => {
    const number = freshNumber()
    const first = await applicant({ identityNumber: number, name: '周正' })
    const second = product.homeowner()
    const refused = await second.refused('applyToJoin', await application(second, { identityNumber: number }))
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', fields: { identityNumber: expect.stringContaining('别的微信上报过名') as unknown } })
    expect(JSON.stringify(refused)).not.toMatch(/周正|0000/)
    await product.staffDo('decideApplication', await approval(first, '7761'))
    expect(JSON.stringify([await product.find('applications', {}), await product.find('identities', {})])).not.toContain(number)
    expect(await second.refused('applyToJoin', await application(second, { identityNumber: number }))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await product.find('applications', { _id: second.openid })).toEqual([])
  })

  test('R52 whoever was refused, or sent another number since, keeps nobody away', async () => {
    const [one, two] = [freshNumber(), freshNumber()]
    const first = await applicant({ identityNumber: one })
    await first.do('applyToJoin', await application(first, { identityNumber: two }))
    const second = await applicant({ identityNumber: one })
    expect(await first.refused('applyToJoin', await application(first, { identityNumber: one }))).toMatchObject({ code: 'INVALID_INPUT' })
    await product.staffDo('decideApplication', { ...(await seen(second)), approve: false, reason: '不是本人' })
    expect(await first.do('applyToJoin', await application(first, { identityNumber: one }))).toMatchObject({ state: 'sent' })
  })

  test('R52 two accounts at once: never two technicians', async () => {
    for (const staffNumbers of [['7771', '7772'], ['7773', '7774']] as const) {
      const number = freshNumber()
      const people = [product.homeowner(), product.homeowner()]
      await Promise.all(people.map(async (person) => person.call('applyToJoin', await application(person, { identityNumber: number }))))
      const applied = (await Promise.all(people.map(async (person) => ((await product.find('applications', { _id: person.openid })).length > 0 ? [person] : [])))).flat()
      expect(applied.length).toBeGreaterThan(0)
      const answers = await Promise.all(applied.map(async (person, index) => product.staff('decideApplication', await approval(person, staffNumbers[index] ?? ''))))
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    }
  })
})

test('R14 R52 a technician’s own photo is shown by a short-lived link to whoever they come to', async () => {
  const person = product.homeowner()
  await person.do('applyToJoin', await application(person, { skills: [{ category: 'plumbing', level: 3 }], certificates: [] }))
  await product.staffDo('decideApplication', { ...(await seen(person)), approve: true, staffNumber: '7702', identityChecked: true })
  expect(await product.workplace.invoke('technician', { action: 'goOnDuty', input: { position: person.home } }, person.openid)).toMatchObject({ ok: true, data: { me: { photo: expect.stringMatching(/^http/) as unknown } } })
  const homeowner = product.homeowner(north(person.home, 1))
  const { orderId } = await homeowner.file()
  await product.workplace.invoke('technician', { action: 'claimOffer', input: { orderId } }, person.openid)
  const { technician } = await homeowner.do('getOrder', { orderId })
  expect(technician?.photo).toMatch(/^http/)
  expect((await fetch(technician?.photo ?? '')).status).toBe(200)
  expect((await homeowner.do('listOrders', {})).orders[0]?.technician?.photo).toMatch(/^http/)
})
