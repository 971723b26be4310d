import type { Honorific } from '../../../../typings/contract'
import { ActionFailure, call } from '../../../lib/cloud'
import { confirm, showFailure, showSentence } from '../../../lib/dialog'
import { isCancelled, isPermissionRefused } from '../../../lib/error-text'
import { newRequestId } from '../../../lib/request-id'
import { maskedPhone, placeOf } from '../map-place'
import { isReachable, type RepairDraft } from '../repair-draft'
import type { RepairProblems } from '../repair-problems'

type Contact = RepairDraft['contact']
type OnSite = RepairDraft['onSite']
type Place = RepairDraft['place']

/** What wx's phone-number button gives: a one-time code, or none when it was refused or there is no quota. */
type PhoneNumberEvent = WechatMiniprogram.CustomEvent<{ code?: string; errMsg: string }>
type Typed = WechatMiniprogram.CustomEvent<{ value: string }, object, { field: string }>

/**
 * Where and whom to call. Complete and not `opened`, it is two lines. Nothing here asks on entry: the map
 * and the phone number are asked for at a tap, and each can be typed instead.
 * Events `contact`, `onsite`, `place`, each with the new part of the draft; `open` when the two lines are tapped.
 */
Component({
  properties: {
    contact: { type: Object, value: { name: '', honorific: '', phone: '' } as Contact },
    onSite: { type: Object, value: { wanted: false, name: '', phone: '' } as OnSite },
    place: { type: Object, value: { address: '', room: '', district: '', point: null } as Place },
    problems: { type: Object, value: {} as RepairProblems },
    /** The fields stand open; the page decides, so that the form does not fold under the finger when the last one is filled. */
    opened: { type: Boolean, value: false },
  },
  data: { folded: false, where: '', who: '', readingPhone: false, honorifics: ['先生', '女士'] as Honorific[] },
  observers: {
    'contact, onSite, place, problems, opened'(contact: Contact, onSite: OnSite, place: Place, problems: RepairProblems, opened: boolean) {
      const wrong = Object.keys(problems).some((path) => path.startsWith('contact') || path.startsWith('place'))
      const someoneElse = onSite.wanted && onSite.name ? `，开门的是${onSite.name}` : ''
      this.setData({
        folded: isReachable({ contact, place }) && !wrong && !opened,
        where: `${place.address} ${place.room}`,
        who: `${contact.name}${contact.honorific} ${unbroken(maskedPhone(contact.phone))}${someoneElse}`,
      })
    },
  },
  methods: {
    unfold() {
      this.triggerEvent('open')
    },
    async chooseOnMap() {
      const { point } = this.data.place
      try {
        const chosen = await wx.chooseLocation(point ? { latitude: point.latitude, longitude: point.longitude } : {})
        if (chosen.name || chosen.address)
          this.triggerEvent(
            'place',
            placeOf({ ...chosen, longitude: Number(chosen.longitude), latitude: Number(chosen.latitude) }, this.data.place),
          )
      } catch (error) {
        if (isCancelled(error)) return
        if (!isPermissionRefused(error)) await showFailure(error)
        else if (
          await confirm({
            title: '地图打不开',
            content: '微信没让我们用位置。打开后只在您选地址时用，师傅好找到门。',
            confirmText: '去打开',
            cancelText: '先不用',
          })
        )
          await wx.openSetting()
      }
    },
    typeContact(event: Typed) {
      this.triggerEvent('contact', { ...this.data.contact, [event.currentTarget.dataset.field]: event.detail.value })
    },
    chooseHonorific(event: WechatMiniprogram.TouchEvent<object, object, { honorific: Honorific }>) {
      this.triggerEvent('contact', { ...this.data.contact, honorific: event.currentTarget.dataset.honorific })
    },
    typePlace(event: Typed) {
      this.triggerEvent('place', { ...this.data.place, [event.currentTarget.dataset.field]: event.detail.value })
    },
    typeOnSite(event: Typed) {
      this.triggerEvent('onsite', { ...this.data.onSite, [event.currentTarget.dataset.field]: event.detail.value })
    },
    toggleOnSite() {
      this.triggerEvent('onsite', { ...this.data.onSite, wanted: !this.data.onSite.wanted })
    },
    async readPhone(event: PhoneNumberEvent) {
      const { code } = event.detail
      if (!code) {
        await showSentence('没拿到号码，手动填一下就行')
        return
      }
      this.setData({ readingPhone: true })
      try {
        const { phone } = await call('homeowner', 'readPhone', { code }, { requestId: newRequestId() })
        this.triggerEvent('contact', { ...this.data.contact, phone })
      } catch (error) {
        await showFailure(
          error instanceof ActionFailure && error.code === 'INVALID_INPUT'
            ? new ActionFailure(error.code, '这次没取到号码，再点一次，或者手动填')
            : error,
        )
      } finally {
        this.setData({ readingPhone: false })
      }
    },
  },
})

/** A number stays on one line. */
function unbroken(text: string): string {
  return text.replace(/ /g, '\u00a0')
}
