import { _, collection } from '../db'
import { closeTrade } from './gateway'
import { tellUnsettled } from './unsettled'

/** Nobody can pay it as it is. */
const GONE: ReadonlySet<string> = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'ORDER_CLOSED', 'ORDERCLOSED', 'RESOURCE_NOT_EXISTS'])

/**
 * Closes an attempt that nobody is to pay any more (R23). If somebody has paid it meanwhile, the attempt is looked at again at once by the clock, which books it and, where
 * it is not wanted, sends the money back.
 * @returns whether it is closed; false when it was paid
 * @throws Error when WeChat Pay did not answer: tried again later.
 */
export const closeAttempt = async (outTradeNo: string): Promise<boolean> => {
  const answer = await closeTrade(outTradeNo)
  if (answer.kind === 'unknown') await tellUnsettled(answer, outTradeNo)
  if (answer.kind === 'unknown') throw new Error(`close ${outTradeNo}: ${answer.message}`)
  if (answer.kind === 'refused' && answer.code !== 'ORDERPAID' && !GONE.has(answer.code)) throw new Error(`close ${outTradeNo}: ${answer.code}`)
  const settled = answer.kind === 'ok' || GONE.has(answer.code)
  if (settled) await collection('payments').update({ _id: outTradeNo, state: _.in(['created', 'prepaid']) }, { state: _.set('closed'), nextWorkAt: _.set(null) })
  else await collection('payments').update({ _id: outTradeNo }, { nextWorkAt: _.set(new Date()) })
  return settled
}
