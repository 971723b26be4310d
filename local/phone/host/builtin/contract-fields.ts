/** Contracts of the components that take input. */
import type { BuiltinContract, PropertyContract } from './contract-types'
import { HOVER, number, plain, string, yes } from './contract-types'

const FIELD: Record<string, PropertyContract> = { name: 'string', disabled: 'boolean' }
const TYPING: Record<string, PropertyContract> = {
  ...FIELD,
  value: 'any',
  placeholder: 'string',
  placeholderStyle: 'string',
  placeholderClass: string('input-placeholder'),
  maxlength: number(140),
  focus: 'boolean',
  autoFocus: 'boolean',
  cursor: number(-1),
  cursorSpacing: number(0),
  cursorColor: 'string',
  selectionStart: number(-1),
  selectionEnd: number(-1),
  adjustPosition: yes,
  holdKeyboard: 'boolean',
  alwaysEmbed: 'boolean',
  confirmHold: 'boolean',
}
const TYPING_EVENTS = ['input', 'focus', 'blur', 'confirm', 'change', 'keyboardheightchange', 'nicknamereview', 'selectionchange'] as const

export const FIELDS: Record<string, BuiltinContract> = {
  button: {
    properties: {
      ...FIELD, ...HOVER, hoverClass: string('button-hover'), hoverStartTime: number(20), hoverStayTime: number(70),
      type: string('default'), size: string('default'), plain: 'boolean', loading: 'boolean', formType: 'string', openType: 'string', lang: 'string',
      sessionFrom: 'string', sendMessageTitle: 'string', sendMessagePath: 'string', sendMessageImg: 'string', appParameter: 'string', showMessageCard: 'boolean',
      phoneNumberNoQuotaToast: yes, needShowEntrance: 'any', entrancePath: 'string', activityType: 'any',
    }, // prettier-ignore
    events: ['getphonenumber', 'chooseavatar', 'contact', 'opensetting', 'agreeprivacyauthorization'],
    values: {
      openType: ['', 'getPhoneNumber', 'chooseAvatar', 'share', 'contact', 'openSetting', 'feedback', 'agreePrivacyAuthorization'],
      formType: ['', 'submit', 'reset'],
      size: ['default', 'mini'],
      type: ['default', 'primary', 'warn'],
    },
  },
  input: {
    properties: {
      ...TYPING,
      type: string('text'),
      password: 'boolean',
      confirmType: string('done'),
      safePasswordCertPath: 'string',
      alwaysEmbed: 'boolean',
    },
    events: TYPING_EVENTS,
    values: { type: ['text', 'number', 'digit', 'idcard', 'nickname', 'tel', 'safe-password', 'password'] },
  },
  textarea: {
    properties: {
      ...TYPING,
      placeholderClass: string('textarea-placeholder'),
      autoHeight: 'boolean',
      fixed: 'boolean',
      showConfirmBar: yes,
      disableDefaultPadding: 'boolean',
      confirmType: string('return'),
    },
    events: [...TYPING_EVENTS, 'linechange'],
  },
  switch: {
    properties: { ...FIELD, checked: 'boolean', type: string('switch'), color: string('#04BE02') },
    events: ['change'],
    values: { type: ['switch', 'checkbox'] },
  },
  radio: { properties: { ...FIELD, value: 'string', checked: 'boolean', color: string('#09BB07') }, events: null },
  'radio-group': plain({ name: 'string' }),
  checkbox: { properties: { ...FIELD, value: 'string', checked: 'boolean', color: string('#09BB07') }, events: null },
  'checkbox-group': plain({ name: 'string' }),
  label: plain({ for: 'string' }),
  form: plain({ reportSubmit: 'boolean', reportSubmitTimeout: 'number' }),
  picker: {
    properties: {
      ...FIELD,
      mode: string('selector'),
      range: 'array',
      rangeKey: 'string',
      value: 'any',
      start: 'string',
      end: 'string',
      fields: string('day'),
      headerText: 'string',
      customItem: 'string',
      level: string('region'),
    },
    events: null,
    values: { mode: ['selector', 'multiSelector', 'date', 'time'], fields: ['year', 'month', 'day'] },
  },
  slider: {
    properties: {
      ...FIELD,
      min: number(0),
      max: number(100),
      step: number(1),
      value: number(0),
      color: 'string',
      selectedColor: 'string',
      activeColor: string('#1aad19'),
      backgroundColor: string('#e9e9e9'),
      blockSize: number(28),
      blockColor: string('#ffffff'),
      showValue: 'boolean',
    },
    events: ['change', 'changing'],
  },
}
