/** Who takes part: people of the demonstration city. */
import { placeNamed } from '../../../local/seed/city'
import { crew } from '../../../local/seed/crew'
import { homeowners } from '../../../local/seed/homeowners'
import { operators } from '../../../local/seed/staff'
import { technicianAccounts, technicians } from '../../../local/seed/technicians'
import type { Workplace } from '../../support/workplace'
import type { HomeownerPhone, TechnicianPhone } from '../setting/callers'
import { homeownerPhone, StaffConsole, technicianPhone } from '../setting/callers'
import type { Place } from './order-life'

export interface OnDuty {
  phone: TechnicianPhone
  staffNumber: string
  /** Goes on duty where they stand in the demonstration city. */
  goOnDuty(): Promise<void>
}

export interface Cast {
  workplace: Workplace
  homeowners: { phone: HomeownerPhone; tel: string }[]
  /** The four plumbers nearest to `place`, nearest first. */
  plumbers: OnDuty[]
  dispatcher: StaffConsole
  customerService: StaffConsole
  manager: StaffConsole
  place: Place
}

/** Two waves' worth: 周, 陈; 罗, 唐. */
const PLUMBERS = ['0317', '0522', '0419', '0605']

export function castOf(workplace: Workplace): Cast {
  const home = placeNamed('梧桐里')
  const consoleOf = (role: string): StaffConsole => {
    const found = operators.find(({ roles }) => roles.some((one) => one === role))
    if (!found) throw new Error(`nobody in the demonstration city is ${role}`)
    return new StaffConsole(workplace, found._id, found.token)
  }
  return {
    workplace,
    homeowners: homeowners.map(({ openid, phone }) => ({ phone: homeownerPhone(workplace, openid), tel: phone })),
    plumbers: PLUMBERS.map((staffNumber) => plumber(workplace, staffNumber)),
    dispatcher: consoleOf('dispatcher'),
    customerService: consoleOf('customer_service'),
    manager: consoleOf('manager'),
    place: { address: home.name, room: '6 幢 2 单元 1102', district: '江湾区', longitude: home.longitude, latitude: home.latitude },
  }
}

function plumber(workplace: Workplace, staffNumber: string): OnDuty {
  const account = technicianAccounts.find((one) => one.staffNumber === staffNumber)
  const base = technicians(new Date(0)).find((one) => one.staffNumber === staffNumber)?.base
  if (!account || !base) throw new Error(`no ${staffNumber} among the ${crew.length} of the demonstration city`)
  const phone = technicianPhone(workplace, account.openid)
  return {
    phone,
    staffNumber,
    goOnDuty: async () => {
      await phone.call('goOnDuty', { position: base })
    },
  }
}
