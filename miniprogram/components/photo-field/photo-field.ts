import type { FileView, UploadPurpose } from '../../../typings/contract'
import { largeType } from '../../lib/large-type'
import { showFailure } from '../../lib/dialog'
import { errorText, isCancelled } from '../../lib/error-text'
import { functionOf, uploadFile } from '../../lib/upload'
import type { Photo } from './photo-list'
import { addChosen, arrived, change, merge, nextWaiting, remove, samePhotos } from './photo-list'

/**
 * Photos: choose or take, made smaller, uploaded to the path that the server gave out, with progress, each retried on its own.
 * `change` {fileIds, files} fires whenever what has arrived changes. `busy` {uploading, failed} tells a form to wait, or to ask. Pages may call `choose()`.
 */
Component({
  behaviors: [largeType],
  properties: {
    files: { type: Array, value: [] as FileView[] },
    max: { type: Number, value: 9 },
    purpose: { type: String, value: 'filing' as UploadPurpose },
    /** A filing's draft requestId, else the order's id. */
    subject: { type: String, value: '' },
    readonly: { type: Boolean, value: false },
    /** On the tile: 拍柜底 */
    label: { type: String, value: '' },
  },
  data: { photos: [] as Photo[] },
  observers: {
    /** Begun anew: what was on its way belonged to the filing before. */
    subject() {
      const left = this.data.photos.filter(({ state }) => state === 'done')
      if (left.length < this.data.photos.length) this.put(left)
    },
    files(files: FileView[] | null) {
      const merged = merge(this.data.photos, files ?? [])
      if (!samePhotos(merged, this.data.photos)) this.setData({ photos: merged })
    },
  },
  methods: {
    async choose() {
      const room = this.data.max - this.data.photos.length
      if (this.data.readonly || room <= 0) return
      try {
        const { tempFiles } = await wx.chooseMedia({
          count: Math.min(room, 9),
          mediaType: ['image'],
          sizeType: ['compressed'],
          sourceType: ['camera', 'album'],
        })
        const chosen = tempFiles.map(({ tempFilePath, size }) => ({ path: tempFilePath, size }))
        this.setData({ photos: addChosen(this.data.photos, chosen, this.data.max) })
        void this.uploadNext()
      } catch (error) {
        if (!isCancelled(error)) void showFailure(error)
      }
    },

    async uploadNext(): Promise<void> {
      const photo = nextWaiting(this.data.photos)
      if (!photo) return
      const { key } = photo
      this.put(change(this.data.photos, key, { state: 'uploading', percent: 0, message: '' }))
      try {
        const fileId = await uploadFile(
          { path: photo.url, size: photo.size },
          { name: functionOf(this.data.purpose as UploadPurpose), purpose: this.data.purpose as UploadPurpose, subject: this.data.subject },
          (percent) => this.showProgress(key, percent),
        )
        this.put(change(this.data.photos, key, { state: 'done', fileId, percent: 100 }))
      } catch (error) {
        this.put(change(this.data.photos, key, { state: 'failed', message: errorText(error) }))
      }
      await this.uploadNext()
    },

    /** Steps of ten are enough for the eye and spare the bridge. */
    showProgress(key: string, percent: number) {
      const at = this.data.photos.findIndex((photo) => photo.key === key)
      const photo = this.data.photos[at]
      if (!photo || photo.state !== 'uploading' || Math.floor(percent / 10) === Math.floor(photo.percent / 10)) return
      this.setData({ [`photos[${at}].percent`]: percent })
    },

    put(photos: Photo[]) {
      const before = arrived(this.data.photos)
      const after = arrived(photos)
      this.setData({ photos })
      this.triggerEvent('busy', {
        uploading: photos.some(({ state }) => state === 'uploading' || state === 'waiting'),
        failed: photos.filter(({ state }) => state === 'failed').length,
      })
      const same = before.length === after.length && before.every(({ fileId }, at) => fileId === after[at]?.fileId)
      if (!same) this.triggerEvent('change', { fileIds: after.map(({ fileId }) => fileId), files: after })
    },

    onTapPhoto(event: WechatMiniprogram.TouchEvent<object, object, { key: string }>) {
      const photo = this.data.photos.find(({ key }) => key === event.currentTarget.dataset.key)
      if (!photo) return
      if (photo.state === 'failed') {
        this.put(change(this.data.photos, photo.key, { state: 'waiting' }))
        void this.uploadNext()
        return
      }
      void wx.previewImage({ current: photo.url, urls: this.data.photos.map(({ url }) => url) })
    },

    onRemove(event: WechatMiniprogram.TouchEvent<object, object, { key: string }>) {
      this.put(remove(this.data.photos, event.currentTarget.dataset.key))
    },
  },
})
