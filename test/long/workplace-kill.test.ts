/** The workplace is killed again and again while files, payments and messages come in: what it acknowledged is there, whole. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWorkplace, type Workplace } from '../support/workplace'

const ROUNDS = 12
const OWNER = 'oKilled'

interface Acknowledged {
  /** By path: the hash of what was last acknowledged, and of anything sent since and never answered. */
  files: Map<string, { possible: Set<string>; acknowledged: boolean }>
  /** Template → accepts answered, and sent at most. */
  credits: { answered: number; sent: number }
  robot: string[]
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function write(workplace: Workplace, known: Acknowledged, key: string, round: number): Promise<void> {
  for (let count = 0; ; count++) {
    const path = `kill/${count % 7}.bin`
    const bytes = randomBytes(1 + Math.floor(Math.random() * 200_000))
    const before = known.files.get(path)
    known.files.set(path, { possible: new Set([...(before?.possible ?? []), hash(bytes)]), acknowledged: before?.acknowledged ?? false })
    await workplace.upload(path, bytes, OWNER)
    known.files.set(path, { possible: new Set([hash(bytes)]), acknowledged: true })
    known.credits.sent++
    await workplace.allow(OWNER, 'T')
    known.credits.answered++
    const content = `${round}-${count}`
    await workplace.post(`/__robot?key=${key}`, { msgtype: 'text', text: { content } })
    known.robot.push(content)
  }
}

test('acknowledged files, credits and messages survive kill -9 at any moment, and no half file is left', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'killed-'))
  const known: Acknowledged = { files: new Map(), credits: { answered: 0, sent: 0 }, robot: [] }
  for (let round = 0; round < ROUNDS; round++) {
    const workplace = await startWorkplace({ dataDir })
    const { robotKey } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as { robotKey: string }
    const writing = write(workplace, known, robotKey, round).catch(() => 'cut')
    await new Promise((done) => setTimeout(done, 100 + Math.random() * 400))
    await workplace.kill()
    await expect(writing).resolves.toBe('cut')

    const again = await startWorkplace({ dataDir })
    for (const [path, { possible, acknowledged }] of known.files) {
      const bytes = await download(again, path)
      if (bytes) expect([...possible]).toContain(hash(bytes))
      else expect({ path, acknowledged }).toEqual({ path, acknowledged: false })
    }
    const { left } = (await again.post('/__subscribe', { openid: OWNER, templates: { T: 'reject' } })) as { left: { T: number } }
    expect(left.T).toBeGreaterThanOrEqual(known.credits.answered)
    expect(left.T).toBeLessThanOrEqual(known.credits.sent)
    const inbox = new Set((await again.messages('staff')).map((one) => (one.data as { content: string }).content))
    expect(known.robot.filter((content) => !inbox.has(content))).toEqual([])
    expect(readdirSync(join(dataDir, 'files')).filter((name) => name.endsWith('.half'))).toEqual([])
    await again.kill()
  }
  expect(known.robot.length).toBeGreaterThan(ROUNDS)
  rmSync(dataDir, { recursive: true })
}, 180_000)

async function download(workplace: Workplace, path: string): Promise<Buffer | undefined> {
  const answer = await workplace.post('/__tempurl', { fileList: [`cloud://local.6c6f-local-1300000000/${path}`] }, OWNER)
  const [file] = (answer as { fileList: { status: number; tempFileURL: string }[] }).fileList
  return file!.status === 0 ? Buffer.from(await (await fetch(file!.tempFileURL)).arrayBuffer()) : undefined
}
