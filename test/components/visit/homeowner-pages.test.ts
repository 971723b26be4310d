import type { OrderView, PaymentParams } from '../../../typings/contract'
import { doneWork, missingLines, visitToAccept } from '../../../miniprogram/homeowner/acceptance/acceptance-view'
import {
  answerRow,
  EMPTY_FORM,
  masterOf,
  onlyChoiceOpen,
  questionRows,
  returnOptions,
  stillMissing,
  toAnswer,
  unhappy,
} from '../../../miniprogram/homeowner/follow-up/follow-up-form'
import type { FollowUpForm } from '../../../miniprogram/homeowner/follow-up/follow-up-form'
import { doneHead, sinceCompletion } from '../../../miniprogram/homeowner/follow-up/follow-up-head'
import { offered } from '../../../miniprogram/homeowner/lib/live-order'
import type { PaymentSteps } from '../../../miniprogram/homeowner/quote/payment-flow'
import { payStage } from '../../../miniprogram/homeowner/quote/payment-flow'
import { quoteHead } from '../../../miniprogram/homeowner/quote/quote-head'
import { QUOTE } from '../../support/mock-answers/job-answers'
import { ORDER, ORDER_ACCEPTANCE, ORDER_FOLLOW_UP, ORDER_WARRANTY } from '../../support/mock-answers/order-answers'

const PARAMS: PaymentParams = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=p', signType: 'RSA', paySign: 's' }

describe('R23 what the phone says about a payment is a hint', () => {
  /** `checks` answers one look after the other; the last one stays. */
  function steps(hint: 'done' | 'cancelled' | 'failed', checks: Awaited<ReturnType<PaymentSteps['check']>>[]) {
    const pauses: number[] = []
    const looked: string[] = []
    const paid: PaymentSteps = {
      start: () => Promise.resolve({ outTradeNo: 'p1', params: PARAMS }),
      request: () => Promise.resolve(hint),
      check: (outTradeNo) => {
        looked.push(outTradeNo)
        return Promise.resolve(checks[Math.min(looked.length, checks.length) - 1] ?? 'pending')
      },
      pause: (ms) => Promise.resolve(void pauses.push(ms)),
    }
    return { paid, pauses, looked }
  }

  test('paid and confirmed at once', async () => {
    const { paid, pauses, looked } = steps('done', ['paid'])
    expect(await payStage(paid)).toBe('paid')
    expect([looked, pauses]).toEqual([['p1'], []])
  })
  test('WeChat confirms at the third look', async () => {
    const { paid, looked } = steps('done', ['pending', 'not_paid', 'paid'])
    expect(await payStage(paid)).toBe('paid')
    expect(looked).toHaveLength(3)
  })
  test('the notification is lost: after about eleven seconds it is left open, not said to have failed', async () => {
    const { paid, pauses } = steps('done', ['pending'])
    expect(await payStage(paid)).toBe('pending')
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(11_000)
  })
  test('cancelled on the phone, yet paid', async () => expect(await payStage(steps('cancelled', ['paid']).paid)).toBe('paid'))
  test('cancelled and unpaid: one look is enough', async () => {
    const { paid, looked } = steps('cancelled', ['not_paid'])
    expect(await payStage(paid)).toBe('cancelled')
    expect(looked).toHaveLength(1)
  })
  test('WeChat Pay did not open', async () => expect(await payStage(steps('failed', ['not_paid']).paid)).toBe('failed'))
  test('WeChat Pay broke off and nobody can be asked: it is not said that nothing was charged', async () => {
    const { paid } = steps('failed', ['not_paid'])
    expect(await payStage({ ...paid, check: () => Promise.reject(new Error('network')) })).toBe('unsure')
  })
  test('a closed attempt is not waited for', async () => {
    const { paid, looked } = steps('done', ['closed'])
    expect(await payStage(paid)).toBe('pending')
    expect(looked).toHaveLength(1)
  })
  test('a look that does not get through is no verdict', async () => {
    const { paid } = steps('done', ['paid'])
    let first = true
    const shaky: PaymentSteps = {
      ...paid,
      check: (no) => (first ? ((first = false), Promise.reject(new Error('network'))) : paid.check(no)),
    }
    expect(await payStage(shaky)).toBe('paid')
  })
  test('an attempt that cannot be opened charges nothing and asks nothing', async () => {
    const { paid, looked } = steps('done', ['paid'])
    await expect(payStage({ ...paid, start: () => Promise.reject(new Error('refused')) })).rejects.toThrow('refused')
    expect(looked).toEqual([])
  })
})

describe('R19 R22 the head of the quote', () => {
  const stage = (state: OrderView['stages'][number]['state']) => [
    { id: 's1', name: '全款', amountFen: 31_400, state, paidAt: null, refundedFen: 0 },
  ]
  const at = (changes: Partial<OrderView>) => ({ ...ORDER, ...changes })
  test.each<[string, OrderView, boolean, string, string]>([
    ['none yet', at({ quote: null }), false, 'ours', '报价还没出来'],
    ['to be confirmed', at({}), false, 'yours', '请您看过再付'],
    ['confirmed, to be paid', at({ quote: { ...QUOTE, state: 'confirmed' }, stages: stage('due') }), false, 'yours', '就差付款了'],
    ['paid, WeChat has not confirmed', at({ quote: { ...QUOTE, state: 'confirmed' }, stages: stage('due') }), true, 'ours', '钱付出去了'],
    ['paid', at({ quote: { ...QUOTE, state: 'confirmed' }, stages: stage('paid') }), false, 'done', '付好了'],
    ['going back', at({ quote: { ...QUOTE, state: 'confirmed' }, stages: stage('refunding') }), false, 'ours', '钱正在退给您'],
    ['gone back', at({ quote: { ...QUOTE, state: 'confirmed' }, stages: stage('refunded') }), false, 'closed', '钱退给您了'],
    ['declined', at({ quote: { ...QUOTE, state: 'declined' } }), false, 'closed', '这张报价您没有同意'],
    ['expired', at({ quote: { ...QUOTE, state: 'expired' } }), false, 'closed', '这张报价过期了'],
    ['replaced', at({ quote: { ...QUOTE, state: 'replaced' } }), false, 'closed', '这张报价换过了'],
  ])('%s', (_what, order, settling, turn, fact) => expect(quoteHead(order, settling)).toMatchObject({ turn, fact }))
  test('before anyone has claimed it, no technician is promised', () =>
    expect(quoteHead({ ...ORDER, technician: null }, false).sentence).toBe('付好款，师傅接了单就能出发'))
})

describe('R30 acceptance', () => {
  const visit = ORDER_ACCEPTANCE.visits[0]!
  test('what was done in the home, not what happened before the door', () => {
    expect(doneWork(visit).map(({ title }) => title)).toEqual([
      '铺好保护，拍旧痕',
      '修理',
      '试用 2 分钟',
      '讲用法和保养',
      '擦净，东西放回原处',
    ])
    expect(doneWork(visit)[1]).toMatchObject({ clock: '14:31–15:09', note: '换了冷热龙头和两只角阀', photos: [expect.anything()] })
  })
  test('of several visits the one that waits', () => {
    const again = { ...visit, no: 2, completedAt: '2026-11-23T07:26:00.000Z' }
    expect(visitToAccept({ ...ORDER_ACCEPTANCE, visits: [{ ...visit, state: 'closed' }, again] })?.no).toBe(2)
    expect(
      visitToAccept({
        ...ORDER_ACCEPTANCE,
        visits: [
          { ...visit, state: 'closed' },
          { ...again, state: 'dispatching', completedAt: null },
        ],
      })?.no,
    ).toBe(1)
    expect(visitToAccept({ ...ORDER_ACCEPTANCE, visits: [] })).toBeNull()
  })
  test('empty lines are not missing things', () => expect(missingLines(['  角阀还渗水 ', '', '   '])).toEqual(['角阀还渗水']))
  test('a button is shown only when the server offers it', () => {
    expect(offered(ORDER_ACCEPTANCE, ['accept'])).toEqual(ORDER_ACCEPTANCE.main)
    expect(offered(ORDER_ACCEPTANCE, ['rate'])).toBeNull()
    expect(offered({ ...ORDER_ACCEPTANCE, main: null }, ['accept'])).toBeNull()
  })
})

describe('R32 the questionnaire', () => {
  const followUp = ORDER_FOLLOW_UP.followUp!
  const happy: FollowUpForm = {
    ...EMPTY_FORM,
    satisfied: true,
    answers: { holds: true, clean: true, overcharged: false },
    conductProper: true,
    stars: 5,
  }

  test('ours first and last, the standard’s between', () => {
    expect(questionRows(followUp, EMPTY_FORM).map(({ id, value }) => [id, value])).toEqual([
      ['satisfied', null],
      ['holds', null],
      ['clean', null],
      ['overcharged', null],
      ['conduct', null],
    ])
    expect(questionRows(followUp, answerRow(EMPTY_FORM, 'overcharged', false)).find(({ id }) => id === 'overcharged')?.value).toBe(false)
  })
  test.each<[string, FollowUpForm, string | null]>([
    ['nothing answered', EMPTY_FORM, '还有一题没答：这次修得满意吗？'],
    ['one open', { ...happy, answers: { holds: true, clean: true } }, '还有一题没答：有没有多收钱？'],
    ['no stars', { ...happy, stars: 0 }, '请给师傅打几颗星'],
    ['all there', happy, null],
    ['R33 unhappy without a choice', { ...happy, satisfied: false }, '请选一下：还请这位师傅，还是换一位'],
    ['R33 two stars without a choice', { ...happy, stars: 2 }, '请选一下：还请这位师傅，还是换一位'],
    ['R33 unhappy with one', { ...happy, satisfied: false, choice: 'same' }, null],
  ])('%s', (_what, form, sentence) => expect(stillMissing(followUp, form)).toBe(sentence))

  test('R33 not satisfied, or one or two stars, opens a return', () => {
    expect([
      unhappy(followUp, happy),
      unhappy(followUp, { ...happy, satisfied: false }),
      unhappy(followUp, { ...happy, stars: 2 }),
      unhappy(followUp, { ...happy, stars: 3 }),
      unhappy(followUp, EMPTY_FORM),
    ]).toEqual([false, true, true, false, false])
  })
  test('R33 conduct that was not proper, or an answer that brings a return, opens one too; a bad answer to another question does not', () => {
    const answered = (id: string, value: boolean): FollowUpForm => ({ ...happy, answers: { ...happy.answers, [id]: value } })
    expect(unhappy(followUp, { ...happy, conductProper: false })).toBe(true)
    expect(unhappy(followUp, answered('holds', false))).toBe(true)
    expect(unhappy(followUp, answered('clean', false))).toBe(false)
    expect(unhappy(followUp, answered('overcharged', true))).toBe(false)
    const returning = { ...followUp, questions: followUp.questions.map((question) => ({ ...question, returns: true })) }
    expect(unhappy(returning, happy)).toBe(false)
    expect(unhappy(returning, answered('overcharged', true))).toBe(true)
    expect(stillMissing(followUp, { ...happy, conductProper: false })).toBe('请选一下：还请这位师傅，还是换一位')
    expect(stillMissing(followUp, { ...happy, conductProper: false }, true)).toBeNull()
  })
  test('what is sent', () => {
    expect(toAnswer('o1', followUp, { ...happy, comment: ' 好 ', choice: 'same' })).toEqual({
      orderId: 'o1',
      visitNo: 1,
      satisfied: true,
      answers: happy.answers,
      conductProper: true,
      stars: 5,
      comment: '好',
    })
    expect(toAnswer('o1', followUp, { ...happy, satisfied: false, choice: 'another' })).toMatchObject({
      satisfied: false,
      choice: 'another',
    })
  })
  test('satisfied again, the choice is not sent', () => {
    const again = answerRow({ ...happy, satisfied: false, choice: 'same' }, 'satisfied', true)
    expect(toAnswer('o1', followUp, again)).not.toHaveProperty('choice')
  })
  test('R33 the same technician can only be asked for when there was one', () => {
    expect(returnOptions('周师傅', ORDER.figures).map(({ choice }) => choice)).toEqual(['same', 'another', 'call_me'])
    expect(returnOptions(null, ORDER.figures).map(({ choice }) => choice)).toEqual(['another', 'call_me'])
    expect([masterOf('周国平'), masterOf('欧阳明')]).toEqual(['周师傅', '欧阳师傅'])
  })
  test('R33 a return waits for the choice: that is asked, whether the questions were answered or low stars left them open', () => {
    const answer = { satisfied: false, holds: false, conductProper: true, answers: {}, comment: '', at: 'x' }
    const choosing = { ...ORDER_FOLLOW_UP, returnChoice: { visitNo: 2, technician: null, until: 'x' }, followUp: { ...followUp, answer } }
    expect(onlyChoiceOpen(choosing)).toBe(true)
    expect(onlyChoiceOpen({ ...choosing, followUp: { ...followUp, answer: null } })).toBe(true)
    expect(onlyChoiceOpen(ORDER_FOLLOW_UP)).toBe(false)
    expect(doneHead(choosing, 'choosing')).toMatchObject({ turn: 'yours', word: '请您选' })
    expect(doneHead({ ...ORDER_WARRANTY, followUp: { ...followUp, answer: { ...answer, satisfied: true } } }, 'done')).toMatchObject({
      turn: 'done',
      fact: '谢谢您，收到了',
    })
  })
  test.each([
    [0.5, '刚修好'],
    [2, '修好一阵了'],
    [10, '修好半天了'],
    [24, '修好一天了'],
    [73, '修好 3 天了'],
  ])('%d hours after completion: %s', (hours, words) =>
    expect(sinceCompletion('2026-11-22T02:00:00.000Z', Date.parse('2026-11-22T02:00:00.000Z') + hours * 3_600_000)).toBe(words),
  )
})
