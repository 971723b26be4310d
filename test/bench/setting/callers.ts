/** People who call the functions, with the inputs and answers of the contract. */
import { randomUUID } from 'node:crypto'
import type { ActionAnswer, ErrorCode, HomeownerApi, TechnicianApi } from '../../../typings/contract'
import type { Workplace } from '../../support/workplace'

/** What a function refused. */
export class Refused extends Error {
  constructor(
    readonly action: string,
    readonly code: ErrorCode,
    message: string,
    readonly fields?: Record<string, string>,
  ) {
    super(`${action}: ${code} ${message}${fields ? ` ${JSON.stringify(fields)}` : ''}`)
  }
}

function dataOf<Data>(action: string, answer: ActionAnswer<Data>): Data {
  if (answer.ok) return answer.data
  throw new Refused(action, answer.error.code, answer.error.message, answer.error.fields)
}

class Phone<Served extends { [Action in keyof Served]: { input: unknown; data: unknown } }> {
  constructor(
    readonly workplace: Workplace,
    private readonly functionName: string,
    readonly openid: string,
  ) {}

  /** Calls an action. @throws Refused */
  async call<Action extends keyof Served & string>(
    action: Action,
    input: Served[Action]['input'],
    requestId: string = randomUUID(),
  ): Promise<Served[Action]['data']> {
    const answer = await this.workplace.invoke<ActionAnswer<Served[Action]['data']>>(
      this.functionName,
      { action, input, requestId },
      this.openid,
    )
    return dataOf(action, answer)
  }

  /** The code of an action's refusal; `OK` when it was carried out. */
  async codeOf<Action extends keyof Served & string>(action: Action, input: Served[Action]['input'], requestId?: string): Promise<string> {
    try {
      await this.call(action, input, requestId)
      return 'OK'
    } catch (error) {
      if (error instanceof Refused) return error.code
      throw error
    }
  }
}

/** What homeowners and technicians have in common. */
export interface AnyPhone {
  readonly openid: string
  call(action: 'grantUploads', input: HomeownerApi['grantUploads']['input']): Promise<HomeownerApi['grantUploads']['data']>
  call(action: 'listMessages', input: HomeownerApi['listMessages']['input']): Promise<HomeownerApi['listMessages']['data']>
  call(action: 'markRead', input: HomeownerApi['markRead']['input']): Promise<HomeownerApi['markRead']['data']>
}

export type HomeownerPhone = Phone<HomeownerApi>
export type TechnicianPhone = Phone<TechnicianApi>

export const homeownerPhone = (workplace: Workplace, openid: string): HomeownerPhone =>
  new Phone<HomeownerApi>(workplace, 'homeowner', openid)
export const technicianPhone = (workplace: Workplace, openid: string): TechnicianPhone =>
  new Phone<TechnicianApi>(workplace, 'technician', openid)

export interface StaffAnswer {
  text: string
  [field: string]: unknown
}

/** A member of staff at the cloud's console. */
export class StaffConsole {
  constructor(
    readonly workplace: Workplace,
    private readonly operator: string,
    private readonly token: string,
  ) {}

  /** @throws Refused */
  async call(action: string, input: unknown, more: { dryRun?: boolean } = {}): Promise<StaffAnswer> {
    const event = { action, operator: this.operator, token: this.token, input, requestId: randomUUID(), ...more }
    return dataOf(action, await this.workplace.invoke<ActionAnswer<StaffAnswer>>('staff', event))
  }
}
