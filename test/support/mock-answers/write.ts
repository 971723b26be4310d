/** Writes the scenes as JSON, one file each, for the preview: `npx tsx test/support/mock-answers/write.ts DIR`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SCENES } from './scenes'

const [dir = 'scenes'] = process.argv.slice(2)
mkdirSync(dir, { recursive: true })
for (const [name, { answers, now }] of Object.entries(SCENES)) {
  const enveloped = Object.fromEntries(Object.entries(answers).map(([action, data]) => [action, { ok: true, data, serverNow: now }]))
  writeFileSync(join(dir, `${name}.json`), JSON.stringify(enveloped, null, 1))
}
console.log(
  Object.entries(SCENES)
    .map(([name, { now, page, query }]) => [name, now, page, query ?? ''].join('\t'))
    .join('\n'),
)
