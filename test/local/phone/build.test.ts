import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPhone, checkPhoneSources } from '../../../local/phone/build'
import type { Diagnostic } from '../../../local/phone/build/diagnostics'
import { PhoneBuildError } from '../../../local/phone/build/diagnostics'
import type { FixtureApp } from '../../support/phone-fixture'
import { writeFixture } from '../../support/phone-fixture'

const folders: string[] = []
const app = (source: Partial<FixtureApp>): string => {
  const root = writeFixture({ pages: { 'pages/a/a': { wxml: '<view>好</view>' } }, ...source })
  folders.push(root)
  return root
}
const page = (wxml: string, rest: object = {}): Partial<FixtureApp> => ({ pages: { 'pages/a/a': { wxml, ...rest } } })

async function problemsOf(source: Partial<FixtureApp>): Promise<readonly Diagnostic[]> {
  const out = mkdtempSync(join(tmpdir(), 'phone-out-'))
  folders.push(out)
  try {
    await buildPhone(out, { root: app(source) })
  } catch (error) {
    if (error instanceof PhoneBuildError) return error.diagnostics
    throw error
  }
  return []
}

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

describe('a build', () => {
  test('writes everything that the phone needs', async () => {
    const out = mkdtempSync(join(tmpdir(), 'phone-out-'))
    folders.push(out)
    await buildPhone(out, { root: app({ files: { 'images/a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' } }) })
    for (const file of ['index.html', 'app.js', 'phone.css', 'builtin.css', 'fonts/fonts.css', 'images/a.svg'])
      expect(existsSync(join(out, file))).toBe(true)
    expect(existsSync(join(out, 'pages/a/a.wxml'))).toBe(false)
  })

  test('of the project’s own mini-program is quick (about 1 s on an idle machine; the bound leaves room for a busy one)', async () => {
    const out = mkdtempSync(join(tmpdir(), 'phone-out-'))
    folders.push(out)
    const before = performance.now()
    await buildPhone(out)
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(readFileSync(join(out, 'app.js'), 'utf8')).not.toContain('tdesign.gtimg.com')
  })

  test('takes TypeScript, npm components, subpackages, templates, wxs and imported styles', async () => {
    const source: Partial<FixtureApp> = {
      app: { usingComponents: { 't-button': 'tdesign-miniprogram/button/button' } },
      pages: {
        'pages/a/a': {
          wxml: '<import src="./b.wxml"/><wxs src="./c.wxs" module="c"/><template is="b" data="{{text: c.up(words)}}"/><t-button>按</t-button>',
          ts: "import { words } from './words'\nPage({ data: { words: words satisfies string } })",
          wxss: '@import "./d.wxss"; .x { width: 20rpx }',
        },
      },
      subPages: { 'more/deep/deep': { wxml: '<view/>' } },
      files: {
        'pages/a/b.wxml': '<template name="b"><text>{{text}}</text></template>',
        'pages/a/c.wxs': 'module.exports = { up: function (s) { return s + "!" } }',
        'pages/a/d.wxss': '.y { color: red }',
        'pages/a/words.ts': "export const words: string = '字'",
      },
    }
    expect(await problemsOf(source)).toEqual([])
  })
})

describe('a build is refused, naming file, line and column, for', () => {
  const at = (file: string, line: number, column: number, message: RegExp): object => ({
    file,
    line,
    column,
    message: expect.stringMatching(message) as string,
  })
  const cases: [string, Partial<FixtureApp>, object][] = [
    ['an unknown component', page('<view>\n  <wobbler/></view>'), at('pages/a/a.wxml', 2, 3, /<wobbler> is neither a built-in/)],
    ['an attribute that the host lacks', page('<view wobble="1"/>'), at('pages/a/a.wxml', 1, 7, /<view> has no attribute "wobble"/)],
    [
      'a model: attribute that the host lacks',
      page('<input model:wobble="{{x}}"/>'),
      at('pages/a/a.wxml', 1, 8, /has no attribute "model:wobble"/),
    ],
    ['an event that nothing sends', page('<input bindwobble="x"/>'), at('pages/a/a.wxml', 1, 8, /<input> never sends the event "wobble"/)],
    [
      'an open-type that the host lacks',
      page('<button open-type="launchApp">x</button>'),
      at('pages/a/a.wxml', 1, 9, /open-type="launchApp"> is not known/),
    ],
    ['broken WXML', page('<view>{{a</view>'), at('pages/a/a.wxml', 1, 7, /missing expression end/)],
    ['what only a warning in glass-easel is', page('<view><text></view>'), at('pages/a/a.wxml', 1, 8, /missing end tag/)],
    ['broken WXSS', page('<view/>', { wxss: '.a { color: red' }), at('pages/a/a.wxss', 1, 1, /Unclosed block/)],
    [
      'an import of a style sheet that does not exist',
      page('<view/>', { wxss: '\n@import "./nope.wxss";' }),
      at('pages/a/a.wxss', 2, 1, /nope\.wxss/),
    ],
    [
      'an import of a template that does not exist',
      page('<import src="./nope.wxml"/>'),
      { file: 'pages/a/nope.wxml', message: 'does not exist' },
    ],
  ]
  test.each(cases)('%s', async (_, source, expected) => {
    expect(await problemsOf(source)).toContainEqual(expected)
  })

  test('a component that usingComponents names and that does not exist', async () => {
    const [problem] = await problemsOf(page('<card/>', { json: { usingComponents: { card: '/nope/card' } } }))
    expect(problem).toMatchObject({ file: 'pages/a/a.json', line: 3, message: 'uses the component "/nope/card", which does not exist' })
  })

  test('a page of app.json that does not exist', async () => {
    const problems = await problemsOf({ app: { pages: ['pages/a/a', 'pages/nope/nope'] } })
    expect(problems.map(({ file, message }) => `${file} ${message}`)).toContain(
      'app.json names the page "pages/nope/nope", but pages/nope/nope.wxml does not exist',
    )
  })

  test('a syntax error in a script', async () => {
    const [problem] = await problemsOf(page('<view/>', { js: '\nPage({ data: { a: } })' }))
    expect(problem).toMatchObject({ file: expect.stringContaining('pages/a/a.js') as string, line: 2 })
  })

  test('several things at once, so that one run tells all', async () => {
    const problems = await problemsOf({ pages: { 'pages/a/a': { wxml: '<nope/>' }, 'pages/b/b': { wxml: '<view nope/>' } } })
    expect(problems.map(({ file }) => file)).toEqual(['pages/a/a.wxml', 'pages/b/b.wxml'])
  })
})

test('what TDesign’s templates use beyond the host is let pass, since its pages must run as they are', () => {
  const root = app({
    app: {
      usingComponents: Object.fromEntries(
        ['button', 'cell', 'dialog', 'input', 'popup', 'rate', 'steps', 'switch', 'tabs', 'upload'].map((name) => [
          `t-${name}`,
          `tdesign-miniprogram/${name}/${name}`,
        ]),
      ),
    },
  })
  expect(() => checkPhoneSources(root)).not.toThrow()
})
