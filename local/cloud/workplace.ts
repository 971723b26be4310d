/** Puts the workplace together: one HTTP server in front of database, functions, files, WeChat's and WeChat Pay's stand-ins and pages. */
import { join } from 'node:path'
import { Payment } from '../pay/payment'
import { MoveClockAddress } from './addresses/move-clock'
import { routes } from './addresses/routes'
import { AdminProtocol } from './admin'
import { userActions } from './auth-actions'
import { MovedClock } from './clock'
import { Database } from './database/index'
import { readCloudbaserc, readResources } from './declarations'
import { EventStream } from './events'
import { CallTokens } from './functions/call-tokens'
import { FunctionRuntime } from './functions/runtime'
import { type Route, WorkplaceServer } from './http/server'
import { type Message, MessageLog } from './messages'
import { WeChat } from './openapi/wechat'
import { loadSecrets } from './secrets'
import { Shelves } from './shelf'
import { createStorage } from './storage/storage'
import { Timers } from './timers'
import { APPID, MCHID, templateId, workplaceVariables } from './variables'

export interface WorkplaceOptions {
  /** Where dist/ lies. */
  root: string
  cloudbasercFile: string
  resourcesFile: string
  /** The folder with NAME/index.js. */
  functionRoot: string
  workerFile: string
  dataDirectory: string
  /** 0 = any free port. */
  port: number
  /** Instances that a function may have at once. */
  concurrency: number
  /** `running`: timers fire as time passes; `manual`: only when the clock is moved; `frozen`: and time stands still between moves. */
  clockMode: 'running' | 'manual' | 'frozen'
  strictIndexes: boolean
  /** Print what functions print to stderr as well. */
  echoLogs: boolean
  /** Further addresses. */
  more: Route[]
}

export interface Workplace {
  /** `http://127.0.0.1:PORT` */
  url: string
  /** Begins to fire timers and to send notifications by itself. Called when all is in place. */
  open(): void
  close(): Promise<void>
}

/** Throws DeclarationError, or Node's own error if the port is taken. */
export async function startWorkplace(options: WorkplaceOptions): Promise<Workplace> {
  const { dataDirectory } = options
  const cloudbaserc = readCloudbaserc(options.cloudbasercFile)
  const resources = readResources(options.resourcesFile)
  const secretsLoading = loadSecrets(join(dataDirectory, 'secrets.json'))
  const server = new WorkplaceServer()
  // The port must be known before anything that holds an address.
  const url = await server.listen(options.port)

  const clock = new MovedClock(join(dataDirectory, 'clock.json'), options.clockMode === 'frozen')
  const now = (): number => clock.now()
  const shelves = new Shelves(join(dataDirectory, 'workplace.mdb'))
  const database = Database.open({
    path: join(dataDirectory, 'database'),
    collections: resources.collections,
    now,
    strictIndexes: options.strictIndexes,
  })
  const events = new EventStream()
  const messages = new MessageLog(shelves.open<Message>('messages'), ({ to, channel }) => events.tell({ type: 'message', to, channel }))
  const secrets = await secretsLoading
  const tokens = new CallTokens(secrets.platformSecret)

  const runtime = new FunctionRuntime({
    cloudbaserc,
    functionRoot: options.functionRoot,
    workerFile: options.workerFile,
    logDirectory: join(dataDirectory, 'logs'),
    clock: clock.shared,
    tokens,
    variables: workplaceVariables(url, secrets, resources.subscribeTemplates),
    appid: APPID,
    adminUrl: `${url}/admin`,
    concurrency: options.concurrency,
    echoLogs: options.echoLogs,
  })
  const storage = createStorage({
    url,
    directory: join(dataDirectory, 'files'),
    shelves,
    now,
    secret: secrets.platformSecret,
    rule: resources.storageRule,
  })
  const templates = resources.subscribeTemplates.map((one) => ({ ...one, id: templateId(one.name) }))
  const wechat = new WeChat({
    shelves,
    tokens,
    messages,
    now,
    appid: APPID,
    robotKey: secrets.robotKey,
    permissions: resources.openapi,
    templates,
  })
  const onState = (outTradeNo: string, state: string): void => events.tell({ type: 'payment', outTradeNo, state })
  const payment = new Payment({ url, shelves, now, secrets, appid: APPID, mchid: MCHID, onState })
  let closing = false
  const fire = async (name: string, event: Record<string, string>): Promise<void> => {
    await runtime.invoke(name, JSON.stringify(event), { source: 'wx_trigger' }).catch((error: unknown) => {
      if (!closing) console.error(`定时触发 ${name} 失败：`, error)
    })
  }
  const timers = new Timers(cloudbaserc, clock, fire, options.clockMode !== 'running')
  const moveClock = new MoveClockAddress({ clock, timers, events, deliverDue: () => payment.deliverDue() })
  const actions = { ...storage.actions, ...wechat.actions, ...userActions(APPID) }
  const admin = new AdminProtocol({ database, runtime, events, actions, form: wechat.form })

  const { root, more } = options
  server.serve(routes({ root, resources, database, runtime, events, clock, messages, storage, wechat, payment, moveClock, admin, more }))
  return {
    url,
    open: () => {
      timers.open()
      if (options.clockMode === 'running') payment.open()
    },
    close: async () => {
      closing = true
      events.close()
      payment.close()
      timers.close()
      await server.close()
      await runtime.close()
      await database.close()
      await shelves.close()
    },
  }
}
