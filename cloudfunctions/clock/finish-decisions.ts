import { finishApplication } from '../platform/applications'
import { finishContest } from '../platform/contests'
import { _, collection } from '../platform/db'
import type { Application } from '../domain/application'
import type { ViolationDocument } from '../platform/documents'
import type { Budget } from './budget'
import { eachOf } from './each-of'
import { putOff } from './put-off'

const PAGE = 50
const AT_ONCE = 4

/** What follows from applications and contests, and a function that died left undone (R42). Gives how many were finished. */
export const finishDecisions = async (budget: Budget): Promise<number> =>
  (await finishEach<Application>('applications', budget, async (application) => void (await finishApplication(application)))) + (await finishEach<ViolationDocument>('violations', budget, finishContest))

const finishEach = async <Document extends { _id: string }>(name: 'applications' | 'violations', budget: Budget, finish: (document: Document) => Promise<void>): Promise<number> => {
  if (budget.isSpent) return 0
  const due = (await collection(name).find({ nextWorkAt: _.lte(new Date()) }, { order: { nextWorkAt: 'asc' }, limit: PAGE })) as unknown as Document[]
  let failed = 0
  await eachOf(due, AT_ONCE, async (document) => {
    try {
      await finish(document)
    } catch (error) {
      failed += 1
      await putOff(name, document, LABEL[name], error)
    }
  })
  return due.length - failed
}

const LABEL = { applications: '一份报名', violations: '一条异议' } as const
