import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileWithWechat } from '../../../scripts/check-wxml/wechat-compilers'
import { writeFixture } from '../../support/phone-fixture'

const compile = (wxml: string, wxss: string): string[] => {
  const root = writeFixture({ pages: { 'pages/a/a': { wxml, wxss }, 'pages/b/b': { wxml: '<view>{{b}}</view>' } } })
  const work = mkdtempSync(join(tmpdir(), 'compilers-'))
  try {
    return compileWithWechat(root, work)
  } finally {
    for (const folder of [root, work]) rmSync(folder, { recursive: true, force: true })
  }
}

test('WeChat’s compilers have nothing to say about good sources', () => {
  expect(compile('<view wx:for="{{list}}" wx:key="*this">{{item.name}}</view>', '.a > .b { width: 20rpx }')).toEqual([])
})

test('what they refuse is told with file, line and column, each file once', () => {
  expect(compile('<view><text></view>', '.a { color: red')).toEqual([
    expect.stringMatching(/^wcc: .*pages\/a\/a\.wxml:1:\d+: expect end-tag `text`/) as string,
    expect.stringMatching(/^wcsc: ERR: .*pages\/a\/a\.wxss\(1:\d+\)/) as string,
  ])
})

test('they refuse what the browser host’s compiler would run', () => {
  expect(compile('<view>{{a ?? b}}</view>', '').join('\n')).toMatch(/^wcc: .*pages\/a\/a\.wxml/)
})
