import * as z from 'zod'
import { refuse } from '../domain/refusal'
import type { Refusal } from '../domain/refusal'

/** Sentences for input that is not what a schema asks: which field, and what would be right. All in Chinese, since people read them. */

/** A predicate that still needs the name of its field in front; a schema's own message is a whole sentence already. */
const PREDICATE = '\u0000'

/** What people call a field, by the last part of its path. */
const LABELS = new Map<string, string>(Object.entries({
  category: '类别', items: '项目', code: '编号', quantity: '数量', steps: '做完的步数', materials: '用了的料', settledFen: '要结的钱', problem: '毛病', requests: '特别要求', photos: '照片', video: '视频', contact: '联系人', name: '姓名', honorific: '称呼',
  phone: '电话', onSite: '在家的人', place: '地址', address: '地址', room: '门牌', district: '区', longitude: '经度', latitude: '纬度', wanted: '想约的时间', from: '开始时间', to: '结束时间',
  emergency: '急修', orderId: '工单', reason: '原因', quoteVersion: '报价版本', stageId: '付款节点', outTradeNo: '付款单号', visitNo: '第几次上门', missing: '还差什么', signature: '签名', stars: '星级',
  tags: '标签', comment: '评语', satisfied: '满不满意', answers: '回答', conductProper: '有没有不当', choice: '选择', filter: '筛选', before: '起点', ids: '消息', purpose: '用途', subject: '所属',
  files: '文件', extension: '文件类型', bytes: '文件大小', position: '位置', outcome: '电话结果', approve: '通过不通过', withdraw: '撤不撤销', violation: '违规编号', sentAt: '报名的时间', measuredAt: '定位的时间', helperId: '帮手', leaveId: '哪段假', shifts: '班次', appointmentAt: '上门时间', corrections: '更正', stepId: '步骤', ticks: '打钩项', note: '说明',
  findings: '发现的问题', advice: '建议', handedOver: '旧件', toolsCounted: '工具点清', nothingLeftBehind: '没落东西', requestId: '请求编号', operator: '操作员', token: '令牌', input: '输入',
  number: '工单号', status: '状态', staffNumber: '工号', technician: '师傅', openid: '微信账号', roles: '角色', settings: '设置', limit: '条数', role: '角色', order: '工单号', todo: '待办', kind: '种类', id: '编号', skills: '技能',
  radiusMetres: '接单半径', dailyCapacity: '每天接单数', base: '驻地', certificates: '证件', expiresAt: '到期时间', suspended: '停单', todoId: '待办', state: '状态', radiusFactor: '半径放几倍', same: '还是原来那位', expectedAt: '到货时间', parts: '缺的配件', holds: '还好不好用', levels: '等级', level: '等级', training: '培训', passedAt: '通过的日期', weekday: '星期几', changes: '改什么', application: '报名', identityNumber: '身份证号', identityChecked: '身份核过了', certificatesChecked: '证件核过了', at: '时间', by: '谁', photo: '照片', version: '第几版', baseVersion: '改哪一版', lines: '留下的行', line: '行', offBook: '价目外的项目', unit: '单位', material: '材料', prices: '价', materialUnitFen: '一个的材料费', labourUnitFen: '一个的人工费', warrantyMonths: '保修月数',
}))

/** What people call a field of that name; null of one that has no name of its own. */
export const labelOfField = (key: string): string | null => LABELS.get(key) ?? null

/** A name as people can read it, though somebody sent an endless one. */
const shown = (name: PropertyKey): string => {
  const letters = [...String(name).slice(0, 200)]
  return letters.length > 30 ? `${letters.slice(0, 30).join('')}…` : letters.join('')
}

const TYPES: Record<string, string> = { string: '文字', number: '数字', int: '整数', boolean: '“是”或“否”', array: '列表', object: '一组内容', record: '一组内容', date: '时间' }

const strangeKey = (key: string): string => `里没有“${shown(key)}”这一项，请去掉`

const predicate = (issue: z.core.$ZodRawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '没有填' : `要填${TYPES[issue.expected] ?? '别的内容'}`
    case 'too_small':
      if (issue.origin === 'array') return `至少要有 ${issue.minimum} 个`
      return issue.origin === 'string' ? `至少写 ${issue.minimum} 个字` : `不能小于 ${issue.minimum}`
    case 'too_big':
      if (issue.origin === 'array') return `最多 ${issue.maximum} 个`
      return issue.origin === 'string' ? `最多 ${issue.maximum} 个字` : `不能大于 ${issue.maximum}`
    case 'invalid_value':
      return `只能是 ${issue.values.map((value) => `“${String(value)}”`).join('、')} 其中之一`
    case 'invalid_format':
      return issue.format === 'datetime' ? '要写成 2026-11-22T06:30:00Z 这样的时间' : '写法不对'
    case 'unrecognized_keys':
      return strangeKey(issue.keys[0] ?? '')
    case 'invalid_union':
      return '写法不对'
    default:
      return '不对'
  }
}

z.config({ localeError: (issue) => `${PREDICATE}${predicate(issue)}` })

/** `contact.phone`; a bad element of a list is named by its place, counted from 0 as in the input. */
const pathText = (path: readonly PropertyKey[]): string => path.map(shown).join('.')

/** How many bad fields an answer names: more than any form has. */
const MOST_FIELDS = 50

const labelOf = (path: readonly PropertyKey[]): string => {
  const index = path.at(-1)
  if (typeof index === 'number') return `${labelOf(path.slice(0, -1))}第 ${index + 1} 项`
  if (index === undefined) return '内容'
  return LABELS.get(String(index)) ?? `“${shown(index)}”`
}

const sentence = (issue: z.core.$ZodIssue): string => (issue.message.startsWith(PREDICATE) ? `${labelOf(issue.path)}${issue.message.slice(PREDICATE.length)}` : issue.message)

/** Each bad field with its sentence; the first one is the answer's sentence too. */
export const inputRefusal = (error: z.ZodError): Refusal => {
  const named = error.issues.slice(0, MOST_FIELDS).flatMap((issue): [string, string][] => {
    if (issue.code !== 'unrecognized_keys') return [[pathText(issue.path) || 'input', sentence(issue)]]
    return issue.keys.slice(0, MOST_FIELDS).map((key) => [pathText([...issue.path, key]), `${labelOf(issue.path)}${strangeKey(key)}`])
  })
  // The first sentence of a field counts; a field may be called like something that every object has.
  const fields = Object.fromEntries([...named.slice(0, MOST_FIELDS)].reverse())
  return refuse('INVALID_INPUT', named[0]?.[1] ?? '填的内容不对', fields)
}
