/**
 * What the host has of WeChat's built-in components: their tags, properties and events. The build refuses a tag, attribute or event that is not here, so
 * that a page never relies on something that the host silently ignores; the runtime registers exactly these properties.
 */
export type PropertyKind = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'any'
/** A kind, or a kind with the value that WeChat starts from. */
export type PropertyContract = PropertyKind | { kind: PropertyKind; value: string | number | boolean | null }

export interface BuiltinContract {
  properties: Record<string, PropertyContract>
  /** events that the component itself sends; `null` = a container: events of other components may pass through it, so any name is fine */
  events: readonly string[] | null
  /** values of a property that the host knows, where the others would do nothing */
  values?: Record<string, readonly string[]>
}

const number = (value: number): PropertyContract => ({ kind: 'number', value })
const string = (value: string): PropertyContract => ({ kind: 'string', value })
const yes: PropertyContract = { kind: 'boolean', value: true }

const ARIA_NAMES = [
  'Role', 'Label', 'Hidden', 'Describedby', 'Labelledby', 'Roledescription', 'Valuemax', 'Valuemin', 'Valuenow', 'Valuetext', 'Current', 'Controls', 'Selected',
  'Disabled', 'Checked', 'Expanded', 'Live', 'Modal', 'Pressed', 'Busy', 'Haspopup', 'Level', 'Owns', 'Required', 'Invalid', 'Atomic',
] // prettier-ignore

/** Properties that every built-in has. */
export const COMMON_PROPERTIES: Record<string, PropertyContract> = {
  hidden: 'boolean',
  ...Object.fromEntries(ARIA_NAMES.map((name) => [`aria${name}`, 'any' as const])),
}

/** Events that come from touching anything, or from CSS. */
export const COMMON_EVENTS = [
  'tap', 'longpress', 'longtap', 'touchstart', 'touchmove', 'touchend', 'touchcancel', 'transitionend', 'animationstart', 'animationiteration', 'animationend',
] as const // prettier-ignore

const HOVER: Record<string, PropertyContract> = {
  hoverClass: string('none'),
  hoverStartTime: number(50),
  hoverStayTime: number(400),
  hoverStopPropagation: 'boolean',
}
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
const plain = (properties: Record<string, PropertyContract> = {}): BuiltinContract => ({ properties, events: null })

export const BUILTINS: Record<string, BuiltinContract> = {
  view: plain(HOVER),
  text: {
    properties: {
      selectable: 'boolean',
      userSelect: 'boolean',
      space: 'string',
      decode: 'boolean',
      maxLines: 'number',
      overflow: 'string',
    },
    events: [],
  },
  image: {
    properties: {
      src: 'string',
      mode: string('scaleToFill'),
      lazyLoad: 'boolean',
      webp: 'boolean',
      fadeIn: 'boolean',
      showMenuByLongpress: 'boolean',
    },
    events: ['load', 'error'],
    values: {
      mode: [
        'scaleToFill',
        'aspectFit',
        'aspectFill',
        'widthFix',
        'heightFix',
        'center',
        'top',
        'bottom',
        'left',
        'right',
        'top left',
        'top right',
        'bottom left',
        'bottom right',
      ],
    },
  },
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
  'scroll-view': plain({
    scrollX: 'boolean', scrollY: 'boolean', upperThreshold: number(50), lowerThreshold: number(50), scrollTop: 'any', scrollLeft: 'any', scrollIntoView: 'string', scrollIntoViewOffset: 'number',
    scrollWithAnimation: 'boolean', enableBackToTop: 'boolean', enableFlex: 'boolean', enhanced: 'boolean', bounces: yes, showScrollbar: yes, pagingEnabled: 'boolean', fastDeceleration: 'boolean',
    enablePassive: 'any', scrollAnchoring: 'boolean', usingSticky: 'boolean', type: 'string', refresherEnabled: 'boolean', refresherThreshold: number(45), refresherDefaultStyle: string('black'),
    refresherBackground: 'string', refresherTriggered: 'boolean',
  }), // prettier-ignore
  swiper: plain({
    indicatorDots: 'boolean', indicatorColor: string('rgba(0, 0, 0, .3)'), indicatorActiveColor: string('#000000'), autoplay: 'boolean', current: 'number', currentItemId: 'string', interval: number(5000),
    duration: number(500), circular: 'boolean', vertical: 'boolean', previousMargin: string('0px'), nextMargin: string('0px'), snapToEdge: 'boolean', displayMultipleItems: number(1), easingFunction: string('default'),
    disableTouch: 'boolean', touchable: 'any', skipHiddenItemLayout: 'boolean',
  }), // prettier-ignore
  'swiper-item': plain({ itemId: 'string', skipHiddenItemLayout: 'boolean' }),
  navigator: {
    properties: {
      ...HOVER,
      hoverClass: string('navigator-hover'),
      url: 'string',
      openType: string('navigate'),
      delta: number(1),
      target: string('self'),
      appId: 'string',
      path: 'string',
      extraData: 'any',
      version: 'string',
      shortLink: 'string',
    },
    events: null,
    values: { openType: ['navigate', 'redirect', 'switchTab', 'reLaunch', 'navigateBack'], target: ['self'] },
  },
  canvas: { properties: { type: 'string', canvasId: 'string', disableScroll: 'boolean' }, events: ['error'], values: { type: ['2d'] } },
  progress: {
    properties: {
      percent: 'number',
      showInfo: 'boolean',
      borderRadius: 'any',
      fontSize: 'any',
      strokeWidth: { kind: 'any', value: 6 },
      color: string('#09BB07'),
      activeColor: 'string',
      backgroundColor: string('#EBEBEB'),
      active: 'boolean',
      activeMode: string('backwards'),
      duration: number(30),
    },
    events: ['activeend'],
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
  icon: { properties: { type: 'string', size: { kind: 'any', value: 23 }, color: 'string' }, events: [] },
  'rich-text': { properties: { nodes: 'any', space: 'string', userSelect: 'boolean', mode: 'string' }, events: [] },
  map: {
    properties: {
      longitude: 'number',
      latitude: 'number',
      scale: number(16),
      minScale: 'number',
      maxScale: 'number',
      markers: 'array',
      polyline: 'array',
      circles: 'array',
      includePoints: 'array',
      showLocation: 'boolean',
      enableZoom: yes,
      enableScroll: yes,
      enableRotate: 'boolean',
      subkey: 'string',
      layerStyle: 'any',
      setting: 'object',
    },
    events: ['markertap', 'callouttap', 'labeltap', 'regionchange', 'poitap', 'updated'],
  },
  video: {
    properties: {
      src: 'string',
      duration: 'number',
      controls: yes,
      autoplay: 'boolean',
      loop: 'boolean',
      muted: 'boolean',
      initialTime: 'number',
      direction: 'number',
      objectFit: string('contain'),
      poster: 'string',
      showFullscreenBtn: yes,
      showPlayBtn: yes,
      showCenterPlayBtn: yes,
      showProgress: yes,
      enableProgressGesture: yes,
      title: 'string',
      playBtnPosition: 'string',
      showMuteBtn: 'boolean',
    },
    events: ['play', 'pause', 'ended', 'timeupdate', 'error', 'loadedmetadata', 'waiting', 'fullscreenchange'],
  },
  'cover-view': plain(),
  'cover-image': { properties: { src: 'string' }, events: ['load', 'error'] },
  'root-portal': plain({ enable: yes }),
  'page-meta': plain({
    backgroundTextStyle: 'string',
    backgroundColor: 'string',
    backgroundColorTop: 'string',
    backgroundColorBottom: 'string',
    rootBackgroundColor: 'string',
    scrollTop: 'string',
    scrollDuration: number(300),
    pageStyle: 'string',
    pageFontSize: 'string',
    rootFontSize: 'string',
    pageOrientation: 'string',
  }),
  'navigation-bar': {
    properties: {
      title: 'string',
      loading: 'boolean',
      frontColor: 'string',
      backgroundColor: 'string',
      colorAnimationDuration: 'number',
      colorAnimationTimingFunc: 'string',
    },
    events: [],
  },
}

/** Tags of the template language itself. */
export const TEMPLATE_TAGS = ['block', 'template', 'import', 'include', 'slot', 'wxs'] as const

/** `hover-class` → `hoverClass`. */
export const camelCase = (attribute: string): string => attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
/** `hoverClass` → `hover-class`. */
export const kebabCase = (property: string): string => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
