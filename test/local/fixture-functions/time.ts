/** Tells the time in every way that our code and its libraries do. */
import dayjs from 'dayjs'
import { Formatter } from 'wechatpay-axios-plugin'

const instance = Math.random().toString(36)
const loadedAt = Date.now()

export async function main(event: { wait?: number }) {
  const began = performance.now()
  await new Promise((done) => setTimeout(done, event.wait ?? 0))
  const fresh = new Date()
  return {
    instance,
    loadedAt,
    dateNow: Date.now(),
    newDate: fresh.getTime(),
    dateCalled: Date.parse(Date()),
    dayjs: dayjs().valueOf(),
    payPlugin: Formatter.timestamp() * 1000,
    fixed: new Date(2020, 1, 3).toISOString(),
    isDate: fresh instanceof Date && fresh.constructor === Date && Object.prototype.toString.call(fresh) === '[object Date]',
    waited: performance.now() - began,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    offset: new Date().getTimezoneOffset(),
  }
}
