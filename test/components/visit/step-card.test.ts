import type { StepView } from '../../../typings/contract'
import { draftOf, EMPTY_DRAFT, nextMove, readyAt, stepDraftKey, toggleTick } from '../../../miniprogram/components/step-card/step-draft'
import { formatDuration } from '../../../miniprogram/lib/time'
import { STEPS } from '../../support/mock-answers/checklist'
import { PHOTOS } from '../../support/mock-answers/demo-pictures'
import { installWx } from '../support/fake-wx'
import { mount } from '../support/render'

const TEST_RUN = STEPS.find(({ id }) => id === 'test')!
const EXPLAIN = { ...STEPS.find(({ id }) => id === 'explain')!, state: 'current' as const }
const STARTED = Date.parse(TEST_RUN.startedAt!)
const at = (ms: number, uploading = false) => ({ now: STARTED + ms, uploading, duration: formatDuration })
const withPhoto = { ...EMPTY_DRAFT, photos: [PHOTOS.water] }

describe('what the big button does next (R28, R48)', () => {
  const note: StepView = { ...EXPLAIN, ticks: [], note: { label: '做了什么', required: true, text: '' } }
  test.each<[string, StepView, typeof EMPTY_DRAFT, ReturnType<typeof at>, object]>([
    [
      'a timed step is begun first',
      { ...TEST_RUN, state: 'current', startedAt: null },
      withPhoto,
      at(0),
      { kind: 'start', label: '开始计时' },
    ],
    ['each tick is asked for', EXPLAIN, EMPTY_DRAFT, at(0), { kind: 'tick', label: '还有 2 项没打勾' }],
    ['a photo on its way is waited for', TEST_RUN, withPhoto, at(200_000, true), { kind: 'upload' }],
    ['a missing photo is taken, also while the timer runs', TEST_RUN, EMPTY_DRAFT, at(10_000), { kind: 'photo', label: '拍柜底' }],
    ['a required note is written', note, { ...EMPTY_DRAFT, note: '  ' }, at(0), { kind: 'note', label: '写一下做了什么' }],
    [
      'R28 at 1:59 the test run is not over',
      TEST_RUN,
      withPhoto,
      at(119_000),
      { kind: 'wait', label: '还差 0:01', untilMs: STARTED + 120_000 },
    ],
    ['R28 at 2:00 it is', TEST_RUN, withPhoto, at(120_000), { kind: 'complete' }],
    [
      'with everything there it is done',
      EXPLAIN,
      { ...EMPTY_DRAFT, ticks: ['shown', 'care'] },
      at(0),
      { kind: 'complete', label: '这步做好了' },
    ],
  ])('%s', (_what, step, draft, moment, move) => expect(nextMove(step, draft, moment)).toMatchObject(move))

  test('a step without a timer has no time to be ready at', () =>
    expect([readyAt(EXPLAIN), readyAt(TEST_RUN)]).toEqual([null, STARTED + 120_000]))
})

describe('what was put in', () => {
  test('what the server has is under what was put in since; ticks that the standard no longer has fall away', () => {
    const served: StepView = {
      ...EXPLAIN,
      ticks: [
        { id: 'shown', label: '演示', done: true },
        { id: 'care', label: '保养', done: false },
      ],
    }
    expect(draftOf(served, null).ticks).toEqual(['shown'])
    expect(draftOf(served, { ticks: ['care', 'gone'], photos: [PHOTOS.tap], note: '好' })).toEqual({
      ticks: ['care'],
      photos: [PHOTOS.tap],
      note: '好',
    })
  })
  test('a tick goes on and off', () => expect(toggleTick(toggleTick(EMPTY_DRAFT, 'a'), 'a')).toEqual(EMPTY_DRAFT))
  test('drafts of two visits of one order are kept apart', () =>
    expect(stepDraftKey('o1', 1, 'test')).not.toBe(stepDraftKey('o1', 2, 'test')))
})

describe('step-card', () => {
  const storage = new Map<string, unknown>()
  beforeEach(() => {
    storage.clear()
    installWx({
      getStorageSync: (key: string) => storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => storage.set(key, value),
    })
  })

  test('a tick is shown, told and kept on the phone; mounted again it is there', async () => {
    const step = { step: EXPLAIN, subject: 'o1', visitNo: 1 }
    const card = mount('components/step-card/step-card', step, ['change'])
    expect(card.text()).toContain('讲用法和保养')
    await card.tap('.sf-check')
    expect(card.heard.change).toEqual([{ stepId: 'explain', draft: { ...EMPTY_DRAFT, ticks: ['shown'] } }])
    card.unmount()
    const again = mount('components/step-card/step-card', step)
    expect(again.component.data.ticks).toEqual([
      { id: 'shown', label: '当面演示过了', on: true },
      { id: 'care', label: '讲了怎么保养', on: false },
    ])
  })

  test('while it is being sent nothing can be changed', async () => {
    const card = mount('components/step-card/step-card', { step: EXPLAIN, subject: 'o1', visitNo: 1, busy: true }, ['change'])
    await card.tap('.sf-check')
    expect(card.heard.change).toEqual([])
  })

  test('R48 the words of the moment open with a tap', async () => {
    const card = mount('components/step-card/step-card', {
      step: { ...EXPLAIN, words: ['修好了，我开给您看。'] },
      subject: 'o1',
      visitNo: 1,
    })
    expect(card.text()).not.toContain('我开给您看')
    await card.tap('.say__button')
    expect(card.text()).toContain('我开给您看')
  })

  test('a timed step has a ring that fills to its two minutes', () => {
    const card = mount('components/step-card/step-card', { step: TEST_RUN, subject: 'o1', visitNo: 1 })
    expect(card.component.data).toMatchObject({
      timerStart: TEST_RUN.startedAt,
      timerEnd: '2026-11-22T07:12:34.000Z',
      timerLabel: '满 2:00',
    })
    card.unmount()
  })
})
