import { smallRepair } from './small-repair'
import { standardSchema } from './schema'
import type { Standard } from './schema'

/** R33: free, as careful as the first time, and it begins with what was not right. */
export const returnVisit: Standard = standardSchema.parse({
  ...smallRepair,
  id: 'return-visit',
  version: 1,
  name: '返工',
  visitKind: 'return',
  scheme: 'free',
  steps: smallRepair.steps.flatMap((step) =>
    step.id === 'repair'
      ? [
          { id: 'listen', title: '听业主说哪里不对', hint: '先听完，再当面看一遍', phase: 'work' as const, note: { label: '业主说的', required: true }, moment: 'listen' },
          { ...step, title: '重新修好', hint: '不收钱，修到业主满意' },
        ]
      : [step],
  ),
  words: {
    ...smallRepair.words,
    phone: ['【{homeowner}】，您好！', '我是{company}的【{technician}】，工号【{staffNumber}】。', '上次修的【{problem}】没让您满意，对不住。', '这次上门【不收钱】，我【{proposal}】到，您看行不行？'],
    listen: ['上次没修好，对不住您。', '您说说哪里不对，我记下来。'],
  },
  closing: { card: false, parts: true },
})
