import type { FileView, UploadPurpose } from '../../../typings/contract'
import { showFailure } from '../../lib/dialog'
import { errorText, isCancelled } from '../../lib/error-text'
import { playVideo } from '../../lib/play-video'
import { functionOf, uploadFile } from '../../lib/upload'
import type { Clip } from './clip'
import { chosenClip, clipFacts, clipProblem, mergeClip, MOST_SECONDS } from './clip'

/**
 * One video: filmed or chosen, looked at, uploaded to the path that the server gave out, with progress, tried again, taken away.
 * `change` {file} fires when it has arrived or is gone; `busy` {uploading, failed} tells a form to wait or to ask.
 */
Component({
  properties: {
    file: { type: Object, value: null as unknown as FileView },
    purpose: { type: String, value: 'filing' as UploadPurpose },
    /** A filing's draft requestId, else the order's id. */
    subject: { type: String, value: '' },
  },
  data: { clip: null as Clip | null, facts: '', problem: '' },
  observers: {
    /** Begun anew: what was on its way belonged to the filing before. */
    subject() {
      if (this.data.clip && this.data.clip.state !== 'done') this.put(null)
    },
    file(file: FileView | null) {
      const merged = mergeClip(this.data.clip, file)
      if (merged !== this.data.clip) this.draw(merged)
    },
  },
  methods: {
    async choose() {
      if (this.data.clip) return
      try {
        const { tempFiles } = await wx.chooseMedia({
          count: 1,
          mediaType: ['video'],
          sizeType: ['compressed'],
          sourceType: ['camera', 'album'],
          maxDuration: MOST_SECONDS,
        })
        const [taken] = tempFiles
        if (!taken) return
        const chosen = { path: taken.tempFilePath, size: taken.size, seconds: taken.duration || 0, poster: taken.thumbTempFilePath || '' }
        const problem = clipProblem(chosen)
        this.setData({ problem: problem ?? '' })
        if (problem === null) void this.upload(chosenClip(chosen))
      } catch (error) {
        if (!isCancelled(error)) void showFailure(error)
      }
    },

    async upload(chosen: Clip) {
      const { key } = chosen
      this.put({ ...chosen, state: 'uploading', percent: 0 })
      try {
        const purpose = this.data.purpose as UploadPurpose
        const fileId = await uploadFile(
          { path: chosen.url, size: chosen.size },
          { name: functionOf(purpose), purpose, subject: this.data.subject },
          (percent) => this.showProgress(key, percent),
        )
        if (this.data.clip?.key !== key) return
        this.put({ ...chosen, fileId, state: 'done', percent: 100 })
        this.triggerEvent('change', { file: { fileId, url: chosen.url } })
      } catch (error) {
        if (this.data.clip?.key !== key) return
        this.put({ ...chosen, state: 'failed' })
        this.setData({ problem: errorText(error) })
      }
    },

    /** Every whole percent of a big file is worth seeing, and no more. */
    showProgress(key: string, percent: number) {
      const { clip } = this.data
      if (clip?.key === key && clip.state === 'uploading' && percent > clip.percent) this.setData({ 'clip.percent': percent })
    },

    put(clip: Clip | null) {
      this.draw(clip)
      this.triggerEvent('busy', { uploading: clip?.state === 'uploading', failed: clip?.state === 'failed' ? 1 : 0 })
    },
    draw(clip: Clip | null) {
      this.setData({ clip, facts: clip ? clipFacts(clip) : '', problem: '' })
    },

    onTap() {
      const { clip } = this.data
      if (!clip) return
      if (clip.state === 'failed') void this.upload(clip)
      else void playVideo(clip.url, clip.poster)
    },
    onRemove() {
      const had = this.data.clip?.fileId !== ''
      this.put(null)
      if (had) this.triggerEvent('change', { file: null })
    },
  },
})
