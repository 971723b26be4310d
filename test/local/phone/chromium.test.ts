import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { findChromium } from '../../support/browser/chromium'
import { unpackTar } from '../../support/browser/tar'

const onLinux = process.platform === 'linux' && process.env.CHROME_PATH === undefined ? test : test.skip

onLinux('the browser’s libraries come with it: NSS is never taken from the system', () => {
  const { executablePath = '', env } = findChromium()
  const own = join(dirname(executablePath), 'al2023', 'lib')
  const libraries = execFileSync('ldd', [executablePath], {
    env: { PATH: process.env.PATH ?? '', LD_LIBRARY_PATH: env.LD_LIBRARY_PATH ?? '' },
    encoding: 'utf8',
  })
  const resolved = Object.fromEntries([...libraries.matchAll(/^\s*(\S+) => (.+?)(?: \(0x.*)?$/gm)].map(([, name, path]) => [name, path]))
  for (const name of ['libnss3.so', 'libnssutil3.so', 'libnspr4.so', 'libexpat.so.1']) expect(resolved[name]).toBe(join(own, name))
  expect(libraries).not.toContain('not found')
  // What is left is the C library's own family, which every Linux has.
  const fromSystem = Object.entries(resolved).filter(([, path]) => !String(path).startsWith(own))
  expect(
    fromSystem
      .map(([name]) => String(name).replace(/\.so.*$/, ''))
      .every((name) => /^(ld-linux.*|lib(c|m|dl|pthread|rt|gcc_s))$/.test(name ?? '')),
  ).toBe(true)
})

test('an archive that would write outside of its folder is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tar-'))
  const header = Buffer.alloc(512)
  header.write('../outside.txt', 0)
  header.write('00000000003', 124)
  header.write('0', 156)
  expect(() => unpackTar(Buffer.concat([header, Buffer.from('abc'.padEnd(512, '\0')), Buffer.alloc(1024)]), folder)).toThrow(
    /leaves the folder/,
  )
  rmSync(folder, { recursive: true })
})
