import { leaveTodo } from '../outbox/todos'
import { inOutboxLane } from '../trips'

/** WeChat Pay answers with something that no patience cures (a wrong signature, no money in the account): finance are told once a payment or refund; it goes on being tried. */
export const tellUnsettled = async (answer: { message: string; passes: boolean }, number: string): Promise<void> => {
  if (answer.passes) return
  console.error(JSON.stringify({ alert: 'payment_unsettled', number, detail: answer.message }))
  await inOutboxLane(() =>
    leaveTodo({
      _id: `payment_unsettled:${number}`, kind: 'sweep_stuck', orderId: '', orderNumber: '', visitNo: 0, urgent: true, title: '微信支付办不成一件事，还在再试', detail: `${number} ${answer.message}`, role: 'finance',
      at: new Date(),
    }),
  )
}
