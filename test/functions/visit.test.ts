/** The visit and its closing (R19, R24, R25, R28, R30, R39), through the functions. */
import { HOUR, MINUTE, SECOND } from '../../cloudfunctions/domain/shanghai'
import { Repair } from '../support/repair'
import { repairAt } from '../support/repair-copies'
import { withProduct } from '../support/with-product'

jest.setTimeout(120_000)
const product = withProduct({ byDay: true })

const working = () => repairAt(product, 'working')
const awaiting = () => repairAt(product, 'awaiting')

test('R24 nobody sets out before everything is ticked; R19 nor before the money is in', async () => {
  const repair = await Repair.file(product, { near: 1 })
  const { orderId, technician } = repair
  await repair.claim()
  await repair.agree()
  expect(await technician.refused('setOut', { orderId })).toMatchObject({ code: 'QUOTE_NOT_CONFIRMED' })
  await repair.confirm()
  expect(await technician.refused('setOut', { orderId })).toMatchObject({ code: 'UNPAID', message: expect.stringContaining('¥314.00') as unknown })
  await product.workplace.pay(await repair.startPayment(), { result: 'SUCCESS' })
  expect(await technician.refused('setOut', { orderId })).toMatchObject({ code: 'STEP_NOT_READY' })
  expect(await technician.refused('completeStep', { orderId, visitNo: 1, stepId: 'kit', ticks: ['badge', 'brochure'] })).toMatchObject({ code: 'STEP_NOT_READY', fields: { ticks: expect.any(String) as unknown } })
  await repair.steps(['before_setting_out'])
  await technician.do('setOut', { orderId })
})

test('R28, R48 steps go in their order and only with their evidence', async () => {
  const repair = await working()
  const { orderId, technician } = repair
  const photo = await technician.upload('step', orderId)
  const step = (stepId: string, more: object = {}) => technician.refused('completeStep', { orderId, visitNo: 1, stepId, ...more })
  expect(await step('clean')).toMatchObject({ code: 'STEP_NOT_READY', message: expect.stringContaining('先做好') as unknown })
  expect(await step('protect', { ticks: ['valuables', 'consent_to_move', 'covered', 'mat'] })).toMatchObject({ code: 'STEP_NOT_READY', fields: { photos: expect.any(String) as unknown } })
  expect(await step('protect', { ticks: ['valuables', 'no_such_tick'], photos: [photo] })).toMatchObject({ code: 'INVALID_INPUT' })
  expect(await step('no_such_step')).toMatchObject({ code: 'NOT_FOUND' })
  expect(await technician.refused('completeStep', { orderId, visitNo: 2, stepId: 'protect' })).toMatchObject({ code: 'WRONG_STATE' })
  expect(await technician.refused('startStep', { orderId, visitNo: 1, stepId: 'protect' })).toMatchObject({ code: 'WRONG_STATE' })
  expect(await technician.refused('reportCompletion', { orderId, visitNo: 1, findings: '', advice: '' })).toMatchObject({ code: 'STEP_NOT_READY' })
})

test('R28 the test run lasts two minutes by the server’s clock, however often it is started', async () => {
  const repair = await working()
  const { orderId, technician } = repair
  const photo = () => technician.upload('step', orderId)
  await technician.do('completeStep', { orderId, visitNo: 1, stepId: 'protect', ticks: ['valuables', 'consent_to_move', 'covered', 'mat'], photos: [await photo()] })
  await technician.do('completeStep', { orderId, visitNo: 1, stepId: 'repair', photos: [await photo()] })
  const photos = [await photo()]
  const done = { orderId, visitNo: 1, stepId: 'test', photos }
  expect(await technician.refused('completeStep', done)).toMatchObject({ code: 'STEP_NOT_READY' })
  await technician.do('startStep', { orderId, visitNo: 1, stepId: 'test' })
  await product.advance(MINUTE)
  await technician.do('startStep', { orderId, visitNo: 1, stepId: 'test' })
  await product.advance(59 * SECOND)
  expect(await technician.refused('completeStep', done)).toMatchObject({ code: 'TOO_EARLY', message: expect.stringContaining('1 秒') as unknown })
  await product.advance(SECOND)
  await technician.do('completeStep', done)
})

test('R39 only files that were given out for this person, purpose and order are taken', async () => {
  const repair = await working()
  const other = await working()
  const { orderId, technician } = repair
  const ticks = ['valuables', 'consent_to_move', 'covered', 'mat']
  const refused = (photos: string[]) => technician.refused('completeStep', { orderId, visitNo: 1, stepId: 'protect', ticks, photos })
  const elsewhere = await product.workplace.upload('step/elsewhere/1-abc.jpg', 'x', technician.openid)
  const { grants } = await technician.do('grantUploads', { purpose: 'step', subject: orderId, files: [{ extension: 'jpg', bytes: 10 }] })
  const neverUploaded = (await technician.upload('step', orderId)).replace(/step\/.*$/, grants[0]!.cloudPath)
  const own = await technician.upload('step', orderId)
  for (const photos of [
    [await other.technician.upload('step', orderId)],
    [await technician.upload('step', other.orderId)],
    [await technician.upload('signature', orderId)],
    [elsewhere],
    [neverUploaded],
    [own, own],
    [`${own}/../x`],
    ['cloud://other-env.bucket/step/x.jpg'],
  ]) {
    expect(await refused(photos)).toMatchObject({ code: 'FILE_REFUSED', fields: { photos: expect.any(String) as unknown } })
  }
  const film = (await technician.upload('step', orderId, 'mp4'))
  expect(await refused([film])).toMatchObject({ code: 'FILE_REFUSED', fields: { photos: expect.stringContaining('视频') as unknown } })
  await technician.do('completeStep', { orderId, visitNo: 1, stepId: 'protect', ticks, photos: [own] })
  // R48 what proves one step proves no other.
  expect(await technician.refused('completeStep', { orderId, visitNo: 1, stepId: 'repair', photos: [own] })).toMatchObject({ code: 'FILE_REFUSED', fields: { photos: expect.stringContaining('另拍') as unknown } })
  const view = await repair.view()
  const shown = view.visits[0]!.steps.find((step) => step.id === 'protect')!.photos!.files[0]!
  // Kept under a path of its own, with what was uploaded in it.
  expect(shown.fileId).toMatch(/\/kept\/[\w-]{32}\/1-[\w-]+\.jpg$/)
  expect((await product.find('orders', { _id: orderId }))[0]!.visits[0]!.steps.find((step) => step.id === 'protect')?.photos).toEqual([shown.fileId])
  expect((await fetch(shown.url)).status).toBe(200)
  await product.advance(16 * MINUTE)
  expect((await fetch(shown.url)).ok).toBe(false)
})

test('R30 nothing is accepted by silence: reminded at 24 h, staff phone after 72 h and may record what they were told', async () => {
  const repair = await awaiting()
  const completedAt = (await product.now()).getTime()
  await product.moveTo(new Date(completedAt + 24 * HOUR))
  expect((await repair.homeowner.inbox()).map((message) => message.text)).toContain('厨房水龙头漏水：修好 24 小时了，请您验收')
  await product.moveTo(new Date(completedAt + 72 * HOUR))
  expect(await product.todos(repair.orderId)).not.toContain('acceptance_call')
  await product.moveTo(new Date(completedAt + 72 * HOUR + SECOND))
  expect(await product.todos(repair.orderId)).toContain('acceptance_call')
  expect((await repair.order()).status).toBe('awaiting_acceptance')
  await product.staffDo('recordAcceptance', { order: repair.number, note: '业主电话里说修好了' }, { operator: 'tian-rui' })
  expect(await repair.visit()).toMatchObject({ acceptedBy: 'staff' })
  expect(await repair.told()).toContain('accepted_by_phone')
  expect(await product.todos(repair.orderId)).not.toContain('acceptance_call')
})

test('R30 what is missing goes back to work; the last completion counts for the follow-up', async () => {
  const repair = await awaiting()
  const { orderId, technician, homeowner } = repair
  await homeowner.do('reportMissing', { orderId, visitNo: 1, missing: ['角阀还在渗水', '柜底没擦干'] })
  const job = await repair.job()
  expect(job).toMatchObject({ missing: [{ text: '角阀还在渗水', doneAt: null }, { text: '柜底没擦干' }] })
  expect(await homeowner.refused('acceptWork', { orderId, visitNo: 1 })).toMatchObject({ code: 'WRONG_STATE' })
  expect(await technician.refused('reportCompletion', { orderId, visitNo: 1, findings: '', advice: '' })).toMatchObject({ code: 'STEP_NOT_READY' })
  await product.advance(HOUR)
  await repair.steps(['work'])
  await technician.do('reportCompletion', { orderId, visitNo: 1, findings: '', advice: '' })
  const done = await product.now()
  expect(await repair.visit()).toMatchObject({ completedAt: done, missing: [{ doneAt: done }, { doneAt: done }] })
  expect((await repair.order()).deadlines.find((deadline) => deadline.id === 'follow_up.questionnaire')?.dueAt).toEqual(new Date(done.getTime() + 2 * HOUR))
})

test('R30 closing goes in its order: card before parts, parts before leaving, tools counted, nothing left behind', async () => {
  const repair = await awaiting()
  const { orderId, technician, homeowner } = repair
  await homeowner.do('acceptWork', { orderId, visitNo: 1 })
  const out = { orderId, visitNo: 1, toolsCounted: true, nothingLeftBehind: true }
  expect(await technician.refused('handOverParts', { orderId, visitNo: 1, handedOver: true, note: '' })).toMatchObject({ code: 'STEP_NOT_READY' })
  expect(await technician.refused('checkOut', out)).toMatchObject({ code: 'STEP_NOT_READY' })
  await technician.do('signCard', { orderId, signature: await technician.upload('signature', orderId, 'png') })
  expect(await technician.refused('checkOut', out)).toMatchObject({ code: 'STEP_NOT_READY', message: expect.stringContaining('旧件') as unknown })
  expect(await technician.refused('handOverParts', { orderId, visitNo: 1, handedOver: false, note: '' })).toMatchObject({ code: 'INVALID_INPUT', fields: { note: expect.any(String) as unknown } })
  await technician.do('handOverParts', { orderId, visitNo: 1, handedOver: false, note: '业主说不要了' })
  expect(await technician.refused('checkOut', { ...out, toolsCounted: false })).toMatchObject({ code: 'STEP_NOT_READY' })
  expect(await technician.refused('checkOut', { ...out, nothingLeftBehind: false })).toMatchObject({ code: 'STEP_NOT_READY' })
  await technician.do('checkOut', out)
  expect((await repair.order()).status).toBe('closing')
  await homeowner.do('signWarrantyCard', { orderId, signature: await homeowner.upload('signature', orderId, 'png') })
  expect(await repair.order()).toMatchObject({ status: 'in_warranty', card: { months: 24, paidFen: 31_400, homeownerName: '林**' } })
  expect((await homeowner.inbox()).filter((message) => message.title === '保修卡').map((message) => message.text)).toContainEqual(expect.stringMatching(/^保修到 2032\.01\.\d\d$/))
  // The technician is free, the job counts once, their slot ended.
  expect(await technician.document()).toMatchObject({ jobs: 1, claim: null })
})

test('R30 anyone can check the card by its code, and nobody is named in full; an invented one says so', async () => {
  const repair = await awaiting()
  const { card } = await repair.close()
  const anyone = product.homeowner()
  const found = await anyone.do('verifyCode', { code: card!.code })
  expect(found).toMatchObject({ kind: 'card', genuine: true, card: { valid: true, paidFen: 31_400, lines: [{ amountFen: 22_800, months: 24 }, { amountFen: 8_600 }], homeowner: { name: '林**', signature: null } } })
  expect(JSON.stringify(found)).not.toMatch(/林晓|13800006621|2 单元/)
  expect(await anyone.do('verifyCode', { code: 'ABCDEFGH2345' })).toMatchObject({ kind: 'unknown', genuine: false, card: null })
})

test('R34 after the longest warranty the order is archived', async () => {
  const repair = await awaiting()
  await repair.close()
  await repair.homeowner.do('rateVisit', { orderId: repair.orderId, visitNo: 1, stars: 5, tags: [], comment: '' })
  const until = (await repair.order()).card!.until
  const archive = await repair.order()
  expect(archive.deadlines.map((deadline) => deadline.id)).toContain('warranty.end')
  // The order's own deadline is brought near instead of moving everybody's clock by two years.
  await product.db.collection('orders').doc(repair.orderId).update({ deadlines: product.db.command.set([{ id: 'warranty.end', visitNo: 1, tag: '', dueAt: await product.now() }]), nextWorkAt: await product.now() })
  await product.sweep()
  expect(await repair.order()).toMatchObject({ status: 'archived', assigned: [], offeredTo: [] })
  expect(until.toISOString()).toMatch(/^2032-01/)
})
