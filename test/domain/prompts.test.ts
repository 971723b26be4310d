/** Every kind of message that is sent to somebody is asked for at one of their taps (R41): what nobody is asked for never rings. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOMEOWNER_PROMPTS, TECHNICIAN_PROMPTS } from '../../miniprogram/lib/message-prompts'

const SOURCES = ['cloudfunctions/domain', 'cloudfunctions/domain/handlers'].map((folder) => join(__dirname, '../..', folder))
const source = SOURCES.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(folder, name), 'utf8'))).join('\n')

/** The templates of calls of this method: the last quoted word before the blanks. */
const sentBy = (call: RegExp): string[] => [...new Set([...source.matchAll(call)].map(([, template]) => template!))].sort()

const homeowners = sentBy(/messageHomeowner\([^\n]*?'([a-z_]+)', (?:\{|blanks)/g)
const technicians = sentBy(/messageTechnician\([^\n]*?'([a-z_]+)', (?:\{|blanks)/g)

test('the source is read as it is written', () => {
  expect(homeowners).toEqual(expect.arrayContaining(['acceptance', 'appointment', 'claimed', 'on_the_way', 'order_closed', 'payment', 'quote']))
  expect(technicians).toEqual(expect.arrayContaining(['appointment', 'call_reminder', 'offer', 'order_closed']))
})

test('R41 whatever is sent to a homeowner is asked for at a tap of theirs', () => {
  const asked: string[] = Object.values(HOMEOWNER_PROMPTS).flat()
  expect(homeowners.filter((template) => !asked.includes(template))).toEqual([])
})

test('R41 whatever is sent to a technician is asked for while they work', () => {
  const asked: string[] = [...TECHNICIAN_PROMPTS.working]
  expect(technicians.filter((template) => !asked.includes(template))).toEqual([])
})

test('R41 WeChat asks about five kinds at once', () => {
  for (const [tap, keys] of Object.entries({ ...HOMEOWNER_PROMPTS, ...TECHNICIAN_PROMPTS })) expect([tap, keys.length <= 5, new Set(keys).size === keys.length]).toEqual([tap, true, true])
})
