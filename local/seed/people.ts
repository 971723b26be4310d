import { homeowners } from './homeowners'
import { technicianAccounts } from './technicians'

/** Someone whose phone can be opened at `/phone/?as=OPENID`. */
export interface DemoPerson {
  openid: string
  /** 林女士, 周国平 0317 */
  name: string
  role: '业主' | '师傅'
  note: string
  /** What the phone-number button gives; null for technicians, who never press it. */
  phone: string | null
  /** Where their home is, by name. */
  place: string | null
  /** Which phone of the workbench is theirs at first, from 0; null for none. */
  slot: number | null
}

/** Whom a first order is about: the homeowner, the two who are offered it, and another homeowner. */
const FIRST = ['oDemoLinXiaowen', 'oDemoZhouGuoping0317', 'oDemoChenLi0522', 'oDemoXuWenzhou']
const slotOf = (openid: string): number | null => (FIRST.includes(openid) ? FIRST.indexOf(openid) : null)

/** All accounts of the demonstration city, as `GET /__people` tells. Invented. */
export const people: readonly DemoPerson[] = [
  ...homeowners.map(({ openid, called, phone, place, note }): DemoPerson => ({
    openid,
    name: called,
    role: '业主',
    note,
    phone,
    place: place.name,
    slot: slotOf(openid),
  })),
  ...technicianAccounts.map(({ openid, name, staffNumber, note }): DemoPerson => ({
    openid,
    name: `${name} ${staffNumber}`,
    role: '师傅',
    note,
    phone: null,
    place: null,
    slot: slotOf(openid),
  })),
]
