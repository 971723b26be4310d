/** WeChat's server side, whole: what functions can call, and what the phone and the workbench tell it. */
import type { AdminAction, FormAction } from '../admin'
import type { CallTokens } from '../functions/call-tokens'
import { type Exchange, readJson, sendJson } from '../http/exchange'
import type { MessageLog } from '../messages'
import type { Shelves } from '../shelf'
import { type ChosenAnswer, chosenAnswer, ChosenAnswers } from './chosen-answers'
import { checkMedia, checkText } from './content-check'
import { OpenApiGateway } from './open-api'
import { type PhoneCode, phoneCodeRequest, PhoneNumbers } from './phone-numbers'
import { Robot } from './robot'
import { consent, type KnownTemplate, SubscribeMessages } from './subscribe-messages'

export interface WeChatOptions {
  shelves: Shelves
  tokens: CallTokens
  messages: MessageLog
  now: () => number
  appid: string
  robotKey: string
  permissions: Record<string, string[]>
  templates: KnownTemplate[]
}

export class WeChat {
  readonly form: FormAction
  readonly actions: Record<string, AdminAction>
  readonly robot: Robot
  private readonly answers: ChosenAnswers
  private readonly subscribe: SubscribeMessages
  private readonly phones: PhoneNumbers

  constructor(private readonly options: WeChatOptions) {
    const { shelves, tokens, messages, now, appid, robotKey, permissions, templates } = options
    this.answers = new ChosenAnswers(shelves.open<ChosenAnswer>('chosen-answers'))
    this.subscribe = new SubscribeMessages({
      credits: shelves.open<number>('subscribe-credits'),
      templates,
      answers: this.answers,
      messages,
      now,
    })
    this.phones = new PhoneNumbers(shelves.open<PhoneCode>('phone-codes'), now, appid)
    this.robot = new Robot({ key: robotKey, messages, now, chosen: () => this.answers.take('robot.send', undefined, undefined) })
    const gateway = new OpenApiGateway({
      answers: this.answers,
      tokens,
      permissions,
      apis: {
        'subscribeMessage.send': (args) => this.subscribe.send(args),
        'phonenumber.getPhoneNumber': (args) => this.phones.exchange(args),
        'security.msgSecCheck': checkText,
        'security.mediaCheckAsync': checkMedia,
      },
    })
    this.form = (exchange, body) => gateway.serveForm(exchange, body)
    this.actions = { 'wx.api': gateway.serveJson }
  }

  /** POST /__subscribe → `{ left: { template id: sends } }` */
  async serveConsent(exchange: Exchange): Promise<void> {
    sendJson(exchange, 200, { left: this.subscribe.consent(await readJson(exchange, consent)) })
  }

  /** POST /__phonecode → `{ code }` */
  async servePhoneCode(exchange: Exchange): Promise<void> {
    sendJson(exchange, 200, { code: this.phones.issue(await readJson(exchange, phoneCodeRequest)) })
  }

  /** POST /__openapi/answers → the list as it is then. */
  async serveChoice(exchange: Exchange): Promise<void> {
    this.answers.choose(await readJson(exchange, chosenAnswer))
    this.serveChoices(exchange)
  }

  /** GET /__openapi/answers */
  serveChoices(exchange: Exchange): void {
    sendJson(exchange, 200, { list: this.answers.list() })
  }

  /** GET /__templates?openid= → `{ list: [{ id, name, title, fields, left? }] }` */
  serveTemplates(exchange: Exchange): void {
    const openid = exchange.query.get('openid')
    const list = this.options.templates.map((one) => ({
      ...one,
      ...(openid === null ? {} : { left: this.subscribe.left(openid, one.id) }),
    }))
    sendJson(exchange, 200, { list })
  }
}
