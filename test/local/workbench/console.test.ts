import fc from 'fast-check'
import { readAnswer } from '../../../local/workbench/app/console/answer-view'
import { EventTextError, HIDDEN_TOKEN, inEarnest, isDryRun, readEvent, writeEvent } from '../../../local/workbench/app/console/event-text'
import { examplesIn, fillIn, firstEvent, helpEvent, TOKENS, whoMay } from '../../../local/workbench/app/console/functions'
import { jsonFault } from '../../../local/workbench/app/console/json-fault'
import { tokens } from '../../../local/workbench/app/console/highlight'

const BLANKS = { order: { id: 'o1', number: 'SF1122-4636' }, spot: { longitude: 123.42, latitude: 29.87 } }

describe('the event that is typed', () => {
  test('R43 a hidden token is sent as the real one, and any other as it stands', () => {
    expect(readEvent(`{"operator":"lu-min","token":"${HIDDEN_TOKEN}"}`, TOKENS)).toEqual({ operator: 'lu-min', token: TOKENS['lu-min'] })
    expect(readEvent('{"operator":"lu-min","token":"mine"}', TOKENS)).toEqual({ operator: 'lu-min', token: 'mine' })
  })

  test('R43 whose token nobody knows is told so', () => {
    expect(() => readEvent(`{"operator":"nobody","token":"${HIDDEN_TOKEN}"}`, TOKENS)).toThrow(
      new EventTextError('工作台不知道 nobody 的口令，请把 token 写出来'),
    )
  })

  test('R43 JSON that is none is refused with the line in which it breaks', () => {
    expect(() => readEvent('{\n  "action": "help",\n  "input": }\n', {})).toThrow(
      new EventTextError('不是合法的 JSON：第 3 行“}”这里少了或多了引号、逗号、括号'),
    )
    expect(() => readEvent('{ "action": ', {})).toThrow(EventTextError)
    expect(() => readEvent('', {})).toThrow(EventTextError)
  })

  test('what is written can be read again, short parts on one line', () => {
    const event = {
      action: 'findOrders',
      operator: 'lu-min',
      input: { a: 'b', list: [1, 2], none: null },
      long: { text: '这'.repeat(50) },
    }
    const text = writeEvent(event)
    expect(JSON.parse(text)).toEqual(event)
    expect(text.split('\n')).toContain('  "input": { "a": "b", "list": [1, 2], "none": null },')
    expect(writeEvent({})).toBe('{}')
    expect(JSON.parse(writeEvent('plain'))).toBe('plain')
  })
})

describe('examples', () => {
  const help = {
    ok: true,
    data: {
      actions: [
        {
          name: 'explainOffers',
          summary: '为什么请这两位',
          roles: ['调度', '客服'],
          example: { action: 'explainOffers', operator: 'lu-min', token: '您的令牌', input: { order: 'SF1122-0486' }, dryRun: true },
        },
        {
          name: 'addTechnician',
          summary: '加一位师傅',
          roles: ['经理'],
          example: {
            action: 'addTechnician',
            operator: 'lu-min',
            token: '您的令牌',
            input: { name: '试用师傅', base: { longitude: 1, latitude: 2 } },
          },
        },
        { name: 'sweep', summary: '', example: { day: 1 } },
      ],
    },
  }

  test('come from the function’s own help, with the selected order, this city and the operator in them', () => {
    const [offers, add, plain] = examplesIn('staff', help, 'tian-rui', BLANKS)
    expect(offers).toEqual({
      name: 'explainOffers',
      summary: '为什么请这两位',
      roles: ['调度', '客服'],
      event: { action: 'explainOffers', operator: 'tian-rui', token: HIDDEN_TOKEN, input: { order: 'SF1122-4636' }, dryRun: true },
    })
    expect(add!.event.input).toEqual({ name: '试用师傅', base: BLANKS.spot })
    expect(plain!.event.input).toEqual({ day: 1 })
    expect(JSON.stringify(examplesIn('staff', help, 'tian-rui', BLANKS))).not.toContain('令牌')
  })

  test('without an order they stay as they are; without help there are none', () => {
    expect(fillIn({ order: 'SF1122-0486' }, { order: null, spot: null })).toEqual({ order: 'SF1122-0486' })
    for (const answer of [null, 'no', { ok: false, error: {} }, { ok: true, data: { actions: [1, null] } }])
      expect(examplesIn('staff', answer, 'lu-min', BLANKS)).toEqual([])
  })

  test('R43 who may not do it hands over to who may', () => {
    expect(whoMay({ roles: ['调度', '客服'] }, 'tian-rui')).toBe('tian-rui')
    expect(whoMay({ roles: ['经理'] }, 'lu-min')).toBe('qin-yue')
    expect(whoMay({ roles: [] }, 'lu-min')).toBe('lu-min')
    expect(whoMay({ roles: ['别的'] }, 'lu-min')).toBe('lu-min')
  })

  test('each function has an event to begin with; only the call for help itself carries a token', () => {
    expect(firstEvent('staff', 'lu-min')).toMatchObject({ operator: 'lu-min', token: HIDDEN_TOKEN })
    expect(firstEvent('clock', 'lu-min')).toMatchObject({ Type: 'Timer', TriggerName: 'sweep' })
    expect(firstEvent('payment', 'lu-min')).toMatchObject({ httpMethod: 'POST' })
    expect(helpEvent('staff', 'lu-min')).toMatchObject({ token: TOKENS['lu-min'] })
    expect(helpEvent('clock', 'lu-min')).toEqual({ action: 'help', input: {} })
  })
})

describe('answers', () => {
  const read = (answer: unknown, returned = true) => readAnswer({ answer, returned, took: 1 })

  test('R43 an answer in words is read first', () => {
    expect(read({ ok: true, data: { text: '没有待办' } })).toMatchObject({ outcome: 'fine', text: '没有待办' })
    expect(read({ ok: true, data: {}, text: '上一层的话' })).toMatchObject({ text: '上一层的话' })
  })

  test('R43 a refusal says why, field by field', () => {
    expect(read({ ok: false, error: { code: 'INVALID_INPUT', message: '有 1 处要改', fields: { order: '请填工单号' } } })).toEqual({
      outcome: 'refused',
      head: '有 1 处要改',
      text: '',
      fields: [['order', '请填工单号']],
    })
  })

  test('R43 what was only tried does not read as done, and can be done in earnest', () => {
    const run = { answer: { ok: true, data: { text: '试跑，什么都没改' } }, returned: true, took: 1 }
    expect(readAnswer(run).head).toBe('办好了')
    expect(readAnswer(run, true).head).toBe('只是试跑')
    expect([{ dryRun: true }, { dryRun: false }, { dryRun: 'true' }, {}, null].map(isDryRun)).toEqual([true, false, false, false, false])
    expect(JSON.parse(inEarnest('{"action":"assignOrder","input":{"order":"SF1"},"dryRun":true}'))).toEqual({
      action: 'assignOrder',
      input: { order: 'SF1' },
    })
  })

  test('a function that threw, and one that answers in its own way', () => {
    expect(read({ error: '超时' }, false)).toMatchObject({ outcome: 'broken', text: '超时' })
    expect(read({ statusCode: 403 })).toMatchObject({ outcome: 'fine', head: '返回了' })
    expect(read(null)).toMatchObject({ outcome: 'fine' })
  })
})

describe('where JSON breaks', () => {
  test.each([
    ['{"a": 1, "b": [true, null, -1.5e3, "x\\n\\u00e9"]}', null],
    [' [] ', null],
    ['"x"', null],
    ['', 0],
    ['{"a": }', 6],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ['[1 2]', 3],
    ['{"a": "b', 6],
    ['{} x', 3],
    ["{'a': 1}", 1],
    ['[01]', 2],
    ['{"a": 1', 7],
  ])('%j: %s', (text, offset) => {
    expect(jsonFault(text)).toBe(offset)
  })

  test('agrees with JSON.parse about what is JSON', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.json().map((text) => text.slice(0, -1)),
          fc.string(),
        ),
        (text) => {
          let fits = true
          try {
            JSON.parse(text)
          } catch {
            fits = false
          }
          expect(jsonFault(text) === null).toBe(fits)
        },
      ),
    )
  })
})

describe('colours', () => {
  test('tell keys from words, and give back every letter, also of half-written text', () => {
    const text = '{ "a": "b", "n": -1.5e3, "t": true, "x'
    expect(
      tokens(text)
        .map((token) => token.text)
        .join(''),
    ).toBe(text)
    const kinds = tokens(text).filter(({ kind }) => kind !== 'plain' && kind !== 'sign')
    expect(kinds).toEqual([
      { kind: 'key', text: '"a"' },
      { kind: 'string', text: '"b"' },
      { kind: 'key', text: '"n"' },
      { kind: 'number', text: '-1.5e3' },
      { kind: 'key', text: '"t"' },
      { kind: 'word', text: 'true' },
      { kind: 'string', text: '"x' },
    ])
  })

  test.each(['', '{', '--', '"\\"', '中文 “引号” 😀', '{"a":\n\n1}'])('no letter is lost of %j', (text) => {
    expect(
      tokens(text)
        .map((token) => token.text)
        .join(''),
    ).toBe(text)
  })
})
