import * as z from 'zod'
import type { TemplateKey, Templates } from '../../typings/contract'
import { TEMPLATES } from '../domain/messages'
import type { Settings } from '../domain/settings'
import { optional } from './environment'

const idsShape = z.record(z.string(), z.string())

let fromEnvironment: Record<string, string> | null = null

const declared = (): Record<string, string> => {
  fromEnvironment ??= idsShape.parse(JSON.parse(optional('SUBSCRIBE_TEMPLATES') || '{}'))
  return fromEnvironment
}

/** The id of a subscribe-message template in this account, from the deployment or from the settings; empty when there is none (R41). */
export const templateIdOf = (key: TemplateKey, settings: Settings): string => settings.templateIds[key] ?? declared()[key] ?? ''

export const TEMPLATE_KEYS = Object.keys(TEMPLATES) as TemplateKey[]

/** What the phone needs to ask for messages at the right tap. */
export const templateIds = (settings: Settings): Templates => Object.fromEntries(TEMPLATE_KEYS.map((key) => [key, templateIdOf(key, settings)])) as Templates
