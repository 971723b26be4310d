import type { OrderView } from '../../../../typings/contract'
import { plainPhone } from '../../file-repair/repair-draft'
import { isPhone } from '../../file-repair/repair-problems'

/** The numbers that changed. */
export interface Numbers {
  phone?: string
  onSite?: { name: string; phone: string }
}

/** What was wrong, by field: under the number itself. */
export interface NumberProblems {
  phone: string
  onSite: string
}

const NO_PHONE = '写一个打得通的电话：11 位手机号，或带区号的座机'
const SAME = '和现在的号码一样；号码没错就打给客服，师傅再打'

/** What of the two numbers is new, or what is wrong with them. */
export function newNumbers({ phone, onSite }: OrderView['contact'], typed: { phone: string; onSite: string }): { numbers: Numbers } | { problems: NumberProblems } {
  const mine = plainPhone(typed.phone)
  const theirs = plainPhone(typed.onSite)
  const problems = { phone: isPhone(mine) ? '' : NO_PHONE, onSite: onSite && !isPhone(theirs) ? NO_PHONE : '' }
  if (problems.phone || problems.onSite) return { problems }
  const numbers: Numbers = {}
  if (mine !== phone) numbers.phone = mine
  if (onSite && theirs !== onSite.phone) numbers.onSite = { name: onSite.name, phone: theirs }
  return numbers.phone || numbers.onSite ? { numbers } : { problems: { phone: SAME, onSite: '' } }
}
