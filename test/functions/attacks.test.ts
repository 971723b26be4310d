/** What was found by trying to break the product through its addresses (R02, R04, R38, R39, R43, R48). */
import type { ActionAnswer } from '../../typings/contract'
import { DAY, SECOND } from '../../cloudfunctions/domain/shanghai'
import { north } from '../support/product'
import type { HomeownerPhone } from '../support/product'
import { identityNumber } from '../support/identity-number'
import { Repair } from '../support/repair'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
// Two instances, so that two calls of one function do run at once.
const product = withProduct({ env: { FUNCTION_CONCURRENCY: '2' } })
let homeowner: HomeownerPhone

beforeAll(async () => {
  homeowner = product.homeowner()
})

const refusal = (answer: ActionAnswer<unknown>) => {
  if (answer.ok) throw new Error(`accepted: ${JSON.stringify(answer).slice(0, 300)}`)
  return answer.error
}
/** JSON as it comes over the wire: a literal of ours could not hold `__proto__`. */
const wire = (text: string): unknown => JSON.parse(text)
const pathOf = (fileId: string) => fileId.replace(/^cloud:\/\/[^/]+\//, '')

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
  'an unknown field “%s” is named like any other',
  async (name) => {
    const raw = await fetch(`${product.workplace.url}/__invoke/homeowner`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-local-openid': homeowner.openid },
      body: `{"action":"openHome","input":{${JSON.stringify(name)}:1}}`,
    })
    const error = refusal((await raw.json()) as ActionAnswer<unknown>)
    expect(error.code).toBe('INVALID_INPUT')
    expect(Object.keys(error.fields ?? {})).toEqual([name])
    expect(error.message).toContain(name)
  },
)

test('a field named like something that every object has shows people no source text', async () => {
  const repair = await Repair.file(product, { near: 0 })
  const input = {
    orderId: repair.orderId,
    visitNo: 1,
    satisfied: false,
    answers: wire('{"constructor":1}'),
    conductProper: true,
    stars: 3,
    comment: '',
  }
  expect(JSON.stringify(refusal(await repair.homeowner.send({ action: 'answerFollowUp', input })))).not.toMatch(/function|native code/)
})

test('thousands of unknown fields, or one with an endless name, are answered in a few words', async () => {
  const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`k${index}`, 1]))
  expect(JSON.stringify(refusal(await homeowner.send({ action: 'openHome', input: many }))).length).toBeLessThan(100_000)
  expect(refusal(await homeowner.send({ action: 'openHome', input: { ['键'.repeat(50_000)]: 1 } })).message.length).toBeLessThan(200)
})

test.each([
  ['a database operator', { $ne: null }],
  ['an operator in a list', [{ $gt: '' }]],
  ['an object that makes no text', { toString: 1, valueOf: 1 }],
])('R43 staff who write %s for an order are told what is wrong with it', async (_what, order) => {
  expect(refusal(await product.staff('cancelOrder', { order, reason: '业主来电' }))).toMatchObject({
    code: 'INVALID_INPUT',
    fields: { order: expect.any(String) as unknown },
  })
})

test('R43, R39 a phone number in the wrong form does not stand in the audit log either', async () => {
  const { number } = await Repair.file(product, { near: 0 })
  for (const phone of [13_900_004_477, ['139 0000 4477']]) refusal(await product.staff('correctContact', { order: number, phone }))
  expect(JSON.stringify(await product.find('audit', { action: 'correctContact' })).replace(/\s/g, '')).not.toContain('13900004477')
})

test.each([
  ['a null byte', '业主\u0000来电'],
  ['half an emoji', '业主来电\ud83d'],
])('R43 %s in what staff write is refused as it is from a phone', async (_what, reason) => {
  const { number, orderId } = await Repair.file(product, { near: 0 })
  expect(refusal(await product.staff('cancelOrder', { order: number, reason }))).toMatchObject({
    code: 'INVALID_INPUT',
    fields: { reason: expect.any(String) as unknown },
  })
  expect((await product.order(orderId)).status).not.toBe('cancelled')
})

test.each([
  [
    'addTechnician',
    { staffNumber: '8801', identityNumber: identityNumber(903), name: '试用师傅', skills: ['plumbing'], base: { longitude: 120.2, latitude: 30.2 }, district: '江湾区' },
  ],
  ['addOperator', { id: 'wang-fang', name: '王芳', roles: ['finance'], token: 'a-token-of-their-own' }],
])('R04 %s sent again after a lost answer is answered as the first time', async (action, input) => {
  const requestId = `again-${action}`
  await product.staffDo(action, input, { requestId })
  expect(await product.staff(action, input, { requestId })).toMatchObject({ ok: true })
})

test('R04 the same filing sent again with other words while the first is under way: the order is wholly the one or wholly the other', async () => {
  for (let round = 0; round < 6; round += 1) {
    const home = product.homeowner()
    const filing = await home.filing({})
    const at = (address: string) =>
      home.call('fileRepair', { ...filing, problem: `${address}漏水`, place: { ...filing.place, address } }, `draft-twice-${round}`)
    await Promise.all([at('甲路一号'), at('乙路二号')])
    const [order] = await product.find('orders', { homeownerId: home.openid })
    const [customer] = await product.find('customers', { _id: order!._id })
    expect(order!.problem).toBe(`${customer!.address}漏水`)
  }
})

test('R02, R39 a name of nothing but invisible letters, or one that turns the writing round, is no name', async () => {
  const filing = await homeowner.filing({})
  for (const name of ['\u200b\u200b', '\u3164', '\u2800', '\u202e晓林']) {
    expect(refusal(await homeowner.call('fileRepair', { ...filing, contact: { ...filing.contact, name } })).fields).toHaveProperty([
      'contact.name',
    ])
  }
})

test('R39 seven days after completion a technician sees no photo of the home and cannot find it by its distance', async () => {
  const repair = await (await Repair.file(product, { near: 1 })).complete()
  await repair.close()
  await product.advance(8 * DAY)
  await repair.technician.do('goOnDuty', { position: north(repair.homeowner.home, 3) })
  await product.advance(11 * SECOND)
  const job = await repair.job()
  expect(job.place).toMatchObject({ longitude: 0, latitude: 0, distanceMetres: null })
  expect(job.steps.flatMap((step) => step.photos?.files ?? [])).toEqual([])
})

describe('evidence', () => {
  let repair: Repair
  const photos = new Map<string, string>()

  /** Does what is open of the work, with the photo that `photo` gives for a step; gives the steps that it was taken for. */
  const withPhotos = async (visitNo: number, photo: (stepId: string) => Promise<string>): Promise<string[]> => {
    const taken: string[] = []
    for (const step of (await repair.job()).steps.filter((each) => each.state !== 'done')) {
      const about = { orderId: repair.orderId, visitNo, stepId: step.id }
      if (step.minSeconds > 0) {
        await repair.technician.do('startStep', about)
        await product.advance(step.minSeconds * SECOND)
      }
      const finish = async (files: string[]) =>
        repair.technician.call('completeStep', {
          ...about,
          ticks: step.ticks.map((tick) => tick.id),
          photos: files,
          note: step.note?.required ? '阀芯磨坏了' : '',
        })
      if ((await finish(step.photos?.min ? [await photo(step.id)] : [])).ok) {
        if (step.photos?.min) taken.push(step.id)
      } else await finish([await repair.technician.upload('step', repair.orderId)])
    }
    return taken
  }

  beforeAll(async () => {
    repair = await Repair.file(product, { near: 1 })
    await repair.claim()
    await repair.agree()
    await repair.pay()
    await repair.setOut()
    await repair.arrive()
    await repair.openDoor()
    await withPhotos(1, async (stepId) => {
      const photo = await repair.technician.upload('step', repair.orderId)
      photos.set(stepId, photo)
      return photo
    })
    await repair.technician.do('reportCompletion', { orderId: repair.orderId, visitNo: 1, findings: '', advice: '' })
  })
  const old = (stepId: string): Promise<string> => Promise.resolve(photos.get(stepId) ?? [...photos.values()][0] ?? '')

  test('R48, R30 after “what is missing” the photos from before it prove nothing', async () => {
    await repair.homeowner.do('reportMissing', { orderId: repair.orderId, visitNo: 1, missing: ['还在渗水'] })
    expect(await withPhotos(1, old)).toEqual([])
  })

  test('R48, R33 photos of the visit before prove nothing of a return visit', async () => {
    await repair.technician.do('reportCompletion', { orderId: repair.orderId, visitNo: 1, findings: '', advice: '' })
    await repair.close()
    await repair.homeowner.do('answerFollowUp', {
      orderId: repair.orderId,
      visitNo: 1,
      satisfied: false,
      answers: { holds: false },
      conductProper: true,
      stars: 4,
      comment: '',
      choice: 'same',
    })
    await product.sweep()
    await repair.claim()
    await repair.agree()
    await repair.setOut()
    await repair.arrive()
    await repair.openDoor()
    expect(await withPhotos(2, old)).toEqual([])
  })

  test('R38 a photo that was taken in as evidence, or a signature, cannot be put over afterwards by whoever uploaded it', async () => {
    const { visits, card } = await repair.order()
    const kept = [[visits[0]?.steps.find((step) => step.photos.length > 0)?.photos[0], repair.technician.openid], [card?.homeownerSigned?.file, repair.homeowner.openid]] as const
    for (const [fileId = '', openid] of kept) await expect(product.workplace.upload(pathOf(fileId), 'something else', openid)).rejects.toMatchObject({ status: 403 })
    // Nor by changing what was uploaded and sending it again: what is kept stays as it was.
    const [uploaded = ''] = [...photos.values()]
    await product.workplace.upload(pathOf(uploaded), 'something else', repair.technician.openid)
    const { visits: shown } = await repair.view()
    for (const { url } of shown.flatMap((visit) => visit.steps.flatMap((step) => step.photos?.files ?? []))) expect(await (await fetch(url)).text()).not.toBe('something else')
  })
})

test('R17b, R22 the hundredth version of a quote can be confirmed like the first, or is not sent', async () => {
  const repair = await Repair.file(product, { near: 1 })
  await repair.claim()
  for (let version = 2; version <= 101; version += 1)
    if (
      !(await repair.technician.call('sendQuote', { orderId: repair.orderId, items: [{ code: 'tap-replace', quantity: 1 }], note: '' })).ok
    )
      break
  expect((await repair.confirm()).quote?.state).toBe('confirmed')
})
