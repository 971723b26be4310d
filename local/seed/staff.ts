/**
 * Members of staff of the demonstration city, with their tokens. Invented; the tokens open nothing but a demonstration database on this machine,
 * where only their hashes are stored. Plain data without imports: the workbench's console bundles it too.
 */
export interface DemoOperator {
  _id: string
  name: string
  /** What they are called in the workplace: 调度 */
  title: string
  roles: readonly ('dispatcher' | 'customer_service' | 'finance' | 'manager' | 'estimator')[]
  token: string
}

export const operators: readonly DemoOperator[] = [
  { _id: 'lu-min', name: '陆敏', title: '调度', roles: ['dispatcher'], token: 'demo-lu-min-jiangwan' },
  { _id: 'tian-rui', name: '田蕊', title: '客服', roles: ['customer_service'], token: 'demo-tian-rui-jiangwan' },
  { _id: 'gu-lan', name: '顾岚', title: '财务', roles: ['finance'], token: 'demo-gu-lan-jiangwan' },
  { _id: 'qin-yue', name: '秦越', title: '经理', roles: ['manager'], token: 'demo-qin-yue-jiangwan' },
  { _id: 'bai-ning', name: '白宁', title: '预算员', roles: ['estimator'], token: 'demo-bai-ning-jiangwan' },
]
