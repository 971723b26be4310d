/** Every address of the workplace, in one table. The contract stands in docs; programs outside drive it. */
import { join } from 'node:path'
import type { Payment } from '../../pay/payment'
import type { AdminProtocol } from '../admin'
import type { MovedClock } from '../clock'
import type { Database } from '../database/index'
import type { Resources } from '../declarations'
import type { EventStream } from '../events'
import type { FunctionRuntime } from '../functions/runtime'
import { HttpAccess } from '../http/http-access'
import type { Route } from '../http/server'
import { StaticPages } from '../http/static-pages'
import type { MessageLog } from '../messages'
import type { WeChat } from '../openapi/wechat'
import type { Storage } from '../storage/storage'
import { InvokeAddress } from './invoke'
import { lookAtCollection, lookAtMessages } from './look'
import type { MoveClockAddress } from './move-clock'
import { PhoneFiles } from './phone-files'

export interface Parts {
  /** Where dist/ lies. */
  root: string
  resources: Resources
  database: Database
  runtime: FunctionRuntime
  events: EventStream
  clock: MovedClock
  messages: MessageLog
  storage: Storage
  wechat: WeChat
  payment: Payment
  moveClock: MoveClockAddress
  admin: AdminProtocol
  /** Further addresses, such as those that the demonstration city brings. */
  more: Route[]
}

export function routes(parts: Parts): Route[] {
  const { resources, runtime, storage, wechat, payment, moveClock } = parts
  const invoke = new InvokeAddress(runtime, resources.functionRules)
  const access = new HttpAccess(resources.httpAccess, runtime)
  const phoneFiles = new PhoneFiles(storage)
  const phone = new StaticPages(join(parts.root, 'dist/phone'), '/phone/', '手机（小程序）')
  const workbench = new StaticPages(join(parts.root, 'dist/workbench'), '/', '工作台')
  return [
    { method: 'POST', path: '/admin', serve: (exchange) => parts.admin.serve(exchange) },
    { method: '*', path: '/cos/*', serve: (exchange) => storage.objects.serve(exchange) },
    { method: '*', path: '/v3/*', serve: (exchange) => payment.serveGateway(exchange) },
    { method: '*', path: '/http/*', serve: (exchange) => access.serve(exchange) },
    { method: 'POST', path: '/__invoke/*', serve: (exchange) => invoke.serve(exchange) },
    { method: 'POST', path: '/__upload', serve: (exchange) => phoneFiles.upload(exchange) },
    { method: 'POST', path: '/__tempurl', serve: (exchange) => phoneFiles.links(exchange) },
    { method: 'POST', path: '/__clock', serve: (exchange) => moveClock.serve(exchange) },
    { method: 'GET', path: '/__clock', serve: (exchange) => moveClock.tell(exchange) },
    { method: 'GET', path: '/__messages', serve: (exchange) => lookAtMessages(parts.messages, exchange) },
    { method: 'GET', path: '/__db/*', serve: (exchange) => lookAtCollection(parts.database, exchange) },
    {
      method: 'GET',
      path: '/__events',
      serve: (exchange) => parts.events.connect(exchange, { type: 'clock', ...parts.clock.told() }),
    },
    { method: 'POST', path: '/__pay/verify', serve: (exchange) => payment.serveVerify(exchange) },
    { method: 'POST', path: '/__pay/*', serve: (exchange) => payment.servePayer(exchange) },
    { method: 'POST', path: '/__pay-faults', serve: (exchange) => payment.serveFaults(exchange) },
    { method: 'GET', path: '/__payments', serve: (exchange) => payment.serveList(exchange) },
    { method: 'POST', path: '/__subscribe', serve: (exchange) => wechat.serveConsent(exchange) },
    { method: 'GET', path: '/__templates', serve: (exchange) => wechat.serveTemplates(exchange) },
    { method: 'POST', path: '/__phonecode', serve: (exchange) => wechat.servePhoneCode(exchange) },
    { method: 'POST', path: '/__openapi/answers', serve: (exchange) => wechat.serveChoice(exchange) },
    { method: 'GET', path: '/__openapi/answers', serve: (exchange) => wechat.serveChoices(exchange) },
    { method: 'POST', path: '/__robot', serve: (exchange) => wechat.robot.serve(exchange) },
    ...parts.more,
    { method: 'GET', path: '/phone/*', serve: (exchange) => phone.serve(exchange) },
    { method: 'GET', path: '/*', serve: (exchange) => workbench.serve(exchange) },
  ]
}
