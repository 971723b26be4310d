/**
 * The database alone behind HTTP, as a process of its own: started (and killed) by tests that speak to it through the real SDKs.
 * Argument: JSON of `HarnessOptions`. Prints its port. `POST /clock {"advance": ms}` moves its clock.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudError, Database, type CollectionDeclaration } from '../../local/cloud/database'

export interface HarnessOptions {
  path: string
  collections: CollectionDeclaration[]
  strictIndexes?: boolean
}

const options = JSON.parse(process.argv[2] ?? '{}') as HarnessOptions
let ahead = 0
const database = Database.open({ ...options, now: () => Date.now() + ahead })

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>
}

async function answer(url: string, body: Record<string, unknown>): Promise<unknown> {
  if (url.startsWith('/clock')) {
    ahead += Number(body.advance)
    return {}
  }
  if (url.startsWith('/find')) return database.find(String(body.collection), body.query)
  try {
    return { requestId: 'r', ...(await database.handle(String(body.action), body)) }
  } catch (error) {
    if (error instanceof CloudError) return { requestId: 'r', code: error.code, message: error.message }
    console.error(error)
    return { requestId: 'r', code: 'SYS_ERR', message: error instanceof Error ? error.message : String(error) }
  }
}

const server = createServer((request, response) => {
  void bodyOf(request)
    .then((body) => answer(request.url ?? '/', body))
    .then((result) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(result))
    })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
