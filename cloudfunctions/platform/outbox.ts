export { workOff } from './outbox/work-off'
export type { OutboxBatch } from './outbox/work-off'
