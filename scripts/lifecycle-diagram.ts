import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { lifecycleDocument } from '../test/support/lifecycle-document'

/** Writes docs/lifecycle.md from the code (`npm run diagram`); a test checks that it is up to date. */
const file = path.resolve(import.meta.dirname ?? __dirname, '../docs/lifecycle.md')
writeFileSync(file, lifecycleDocument())
process.stdout.write(`wrote ${path.relative(process.cwd(), file)}\n`)
