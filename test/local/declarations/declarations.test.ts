/** The declared files are sound, agree with the code, and say what is wrong when they are not. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { TEMPLATES } from '../../../cloudfunctions/domain/messages'
import { fillPlaceholders, readCloudbaserc, readResources } from '../../../local/cloud/declarations'
import { workplaceVariables } from '../../../local/cloud/variables'

const ROOT = resolve(__dirname, '../../..')
const cloudbaserc = readCloudbaserc(join(ROOT, 'cloudbaserc.json'))
const resources = readResources(join(ROOT, 'cloudbase/resources.json'))

function broken(change: (json: Record<string, never>) => void, file: 'cloudbaserc.json' | 'cloudbase/resources.json'): () => unknown {
  const json = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, never>
  change(json)
  const path = join(mkdtempSync(join(tmpdir(), 'declarations-')), 'file.json')
  writeFileSync(path, JSON.stringify(json))
  return () => (file === 'cloudbaserc.json' ? readCloudbaserc(path) : readResources(path))
}

test('R40 staff, clock and payment are closed to clients, and no collection is open to them', () => {
  for (const name of ['staff', 'clock', 'payment']) expect(resources.functionRules[name]).toEqual({ invoke: false })
  expect(resources.functionRules['*']).toEqual({ invoke: 'auth != null' })
  expect(resources.collections.filter((one) => one.rule !== 'ADMINONLY')).toEqual([])
})

test('R40 only functions without a client side are reached over HTTP', () => {
  for (const { function: name } of resources.httpAccess) expect(resources.functionRules[name]).toEqual({ invoke: false })
})

test('R42 clock has one timer, every 20 seconds', () => {
  const timers = cloudbaserc.functions.flatMap((one) => one.triggers.map((trigger) => [one.name, trigger.config]))
  expect(timers).toEqual([['clock', '*/20 * * * * * *']])
})

test('every function that is ruled, reached or permitted is declared', () => {
  const declared = cloudbaserc.functions.map((one) => one.name)
  const named = [
    ...Object.keys(resources.functionRules).filter((name) => name !== '*'),
    ...resources.httpAccess.map((one) => one.function),
    ...Object.keys(resources.openapi),
  ]
  expect(declared).toEqual(expect.arrayContaining(named))
})

test('R41 the message templates are those that the code fills, key by key', () => {
  const inCode = Object.entries(TEMPLATES).map(([name, { title, fields }]) => ({
    name,
    title,
    fields: Object.keys(fields),
  }))
  expect(resources.subscribeTemplates.map(({ fields, ...one }) => ({ ...one, fields: fields.map(({ key }) => key) }))).toEqual(inCode)
})

test('the variables of every function can be filled and stay below the 4 KB that the cloud allows', () => {
  const key = 'x'.repeat(1624)
  const secrets = {
    merchant: { privateKey: key, publicKey: 'x'.repeat(392) },
    merchantSerial: 'x'.repeat(40),
    platform: { privateKey: key, publicKey: 'x'.repeat(392) },
    platformKeyId: 'x'.repeat(43),
    apiV3Key: 'x'.repeat(32),
    uploadSecret: 'x'.repeat(32),
    platformSecret: 'x'.repeat(64),
    robotKey: 'x'.repeat(32),
  }
  const variables = workplaceVariables('http://127.0.0.1:65535', secrets, resources.subscribeTemplates)
  for (const { name, envVariables } of cloudbaserc.functions) {
    const filled = Object.entries(envVariables).map(([variable, text]) => `${variable}=${fillPlaceholders(text, variables)}`)
    expect({ name, fits: Buffer.byteLength(filled.join('\n')) < 4096 }).toEqual({ name, fits: true })
  }
})

test.each([
  [
    'a timeout of 0',
    'cloudbaserc.json',
    (json: never) => Object.assign((json as { functions: object[] }).functions[0]!, { timeout: 0 }),
    'functions[0].timeout',
  ],
  [
    'a cron of five fields',
    'cloudbaserc.json',
    (json: never) =>
      Object.assign((json as { functions: object[] }).functions[0]!, { triggers: [{ name: 't', type: 'timer', config: '*/5 * * * *' }] }),
    'seven fields',
  ],
  [
    'two triggers',
    'cloudbaserc.json',
    (json: never) =>
      Object.assign((json as { functions: object[] }).functions[0]!, {
        triggers: ['a', 'b'].map((name) => ({ name, type: 'timer', config: '* * * * * * *' })),
      }),
    'triggers',
  ],
  ['a field that nobody knows', 'cloudbaserc.json', (json: never) => Object.assign(json, { functoins: [] }), 'functoins'],
  ['rules without "*"', 'cloudbase/resources.json', (json: never) => Object.assign(json, { functionRules: {} }), '"*"'],
  [
    'an open collection',
    'cloudbase/resources.json',
    (json: never) => Object.assign(json, { collections: [{ name: 'orders', rule: 'READONLY', indexes: [] }] }),
    'collections[0].rule',
  ],
  [
    'two collections of one name',
    'cloudbase/resources.json',
    (json: never) => Object.assign(json, { collections: ['a', 'a'].map((name) => ({ name, rule: 'ADMINONLY', indexes: [] })) }),
    'share a name',
  ],
] as const)('%s is refused, naming the place', (_what, file, change, words) => {
  expect(broken(change as never, file)).toThrow(words)
})

test('a placeholder that nobody fills is named', () => {
  expect(() => fillPlaceholders('{{env.NOBODY}}', {})).toThrow('NOBODY')
})
