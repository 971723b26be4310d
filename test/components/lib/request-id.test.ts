import { ActionFailure } from '../../../miniprogram/lib/action-failure'
import { newRequestId, RequestIds } from '../../../miniprogram/lib/request-id'

test('R04 request ids are plain, sorted by time and never the same', () => {
  const ids = Array.from({ length: 1_000 }, () => newRequestId(1_763_786_400_000))
  expect(new Set(ids).size).toBe(1_000)
  expect(ids.every((id) => /^[0-9a-z]{26}$/.test(id))).toBe(true)
  expect(newRequestId(1) < newRequestId(2)).toBe(true)
})

describe('R04 the same request twice is carried out once', () => {
  test.each(['NETWORK', 'TIMEOUT', 'CONFLICT', 'UNAVAILABLE', 'INTERNAL', 'PAYMENT_UNAVAILABLE'] as const)(
    'after %s the retry carries the same id',
    (code) => {
      const ids = new RequestIds()
      const first = ids.for('claim')
      ids.failed('claim', new ActionFailure(code, '再试一次'))
      expect(ids.for('claim')).toBe(first)
    },
  )
  test.each(['WRONG_CODE', 'INVALID_INPUT', 'TAKEN', 'TOO_EARLY'] as const)(
    'after %s the server has decided: the next press is a new request',
    (code) => {
      const ids = new RequestIds()
      const first = ids.for('enter_code')
      ids.failed('enter_code', new ActionFailure(code, '不对'))
      expect(ids.for('enter_code')).not.toBe(first)
    },
  )
  test('buttons do not share ids', () => {
    const ids = new RequestIds()
    expect(ids.for('accept')).not.toBe(ids.for('report_missing'))
  })
})
