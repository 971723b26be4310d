import { chosenClip, clipFacts, clipProblem, mergeClip } from '../../../miniprogram/components/video-field/clip'
import { installWx } from '../support/fake-wx'
import { mount } from '../support/render'

const MEGABYTE = 1024 * 1024
const taken = { path: 'tmp/drip.mp4', size: 3.4 * MEGABYTE, seconds: 12.4, poster: 'tmp/drip.jpg' }

describe('R02 the video of a filing', () => {
  test('up to 50 MB of mp4; another one says why not', () => {
    expect(clipProblem(taken)).toBeNull()
    expect(clipProblem({ ...taken, size: 50 * MEGABYTE })).toBeNull()
    expect(clipProblem({ ...taken, size: 50 * MEGABYTE + 1 })).toBe('这段视频有 51 MB，最多 50 MB。拍短一点就行')
    expect(clipProblem({ ...taken, path: 'tmp/drip.mov' })).toContain('换一段 mp4')
  })
  test('length and weight, as far as they are known', () => {
    expect(clipFacts(chosenClip(taken))).toBe('0:12 · 3.4 MB')
    expect(clipFacts({ ...chosenClip(taken), seconds: 0, size: 0 })).toBe('')
  })
  test('what the page says is there; one on its way stays, one’s own copy does not blink', () => {
    const going = chosenClip(taken)
    const there = { ...going, fileId: 'cloud://v', state: 'done' as const }
    expect(mergeClip(going, null)).toBe(going)
    expect(mergeClip(there, null)).toBeNull()
    expect(mergeClip(there, { fileId: 'cloud://v', url: 'https://v' })).toBe(there)
    expect(mergeClip(null, { fileId: 'cloud://v', url: 'cloud://v' })).toMatchObject({ state: 'done', url: 'cloud://v' })
  })
})

describe('R02 video-field', () => {
  interface Upload {
    filePath: string
    success: (answer: { fileID: string }) => void
    fail: (error: unknown) => void
  }
  const uploads: Upload[] = []
  const granted: unknown[] = []
  const previews: unknown[] = []
  let progress: (at: { progress: number }) => void = () => undefined
  let file = { tempFilePath: 'tmp/drip.mp4', size: 2_000, duration: 3, thumbTempFilePath: '' }
  const turn = () => new Promise((done) => setTimeout(done, 0))
  const field = () => mount('components/video-field/video-field', { purpose: 'filing', subject: 'draft1' }, ['change', 'busy'])

  beforeEach(() => {
    for (const list of [uploads, granted, previews]) list.length = 0
    file = { ...file, tempFilePath: 'tmp/drip.mp4' }
    installWx({
      chooseMedia: () => Promise.resolve({ tempFiles: [file] }),
      previewMedia: (options: unknown) => Promise.resolve(previews.push(options)),
      cloud: {
        getTempFileURL: () => Promise.resolve({ fileList: [{ tempFileURL: 'https://link' }] }),
        callFunction: ({ data }: { data: { input: unknown } }) => {
          granted.push(data.input)
          return Promise.resolve({
            result: { ok: true, serverNow: '2026-11-22T05:20:00.000Z', data: { grants: [{ cloudPath: 'filing/x/1.mp4' }] } },
          })
        },
        uploadFile: (upload: Upload) => {
          uploads.push(upload)
          return { onProgressUpdate: (listener: typeof progress) => (progress = listener) }
        },
      },
    })
  })

  test('chosen, uploaded with progress, failed, tried again, there', async () => {
    const video = field()
    expect(video.text()).toContain('拍一段视频')
    await video.tap('.sf-link')
    await turn()
    expect(granted).toEqual([{ purpose: 'filing', subject: 'draft1', files: [{ extension: 'mp4', bytes: 2_000 }] }])
    progress({ progress: 40 })
    await turn()
    expect(video.text()).toContain('视频上传 40%')
    expect(video.heard.busy?.at(-1)).toEqual({ uploading: true, failed: 0 })
    uploads[0]?.fail({ errMsg: 'uploadFile:fail request:fail' })
    await turn()
    expect(video.text()).toContain('视频没传上')
    expect(video.heard.busy?.at(-1)).toEqual({ uploading: false, failed: 1 })
    await video.tap('.clip__tap')
    await turn()
    uploads[1]?.success({ fileID: 'cloud://v' })
    await turn()
    expect(video.text()).toContain('视频传好了')
    expect(video.heard.change).toEqual([{ file: { fileId: 'cloud://v', url: 'tmp/drip.mp4' } }])
    await video.tap('.clip__tap')
    await turn()
    expect(previews).toEqual([{ sources: [{ url: 'tmp/drip.mp4', type: 'video' }] }])
    await video.tap('.clip__remove')
    await turn()
    expect(video.heard.change?.at(-1)).toEqual({ file: null })
    expect(video.text()).toContain('拍一段视频')
  })

  test('taken away while it is uploading: what arrives late is not kept', async () => {
    const video = field()
    await video.tap('.sf-link')
    await turn()
    await video.tap('.clip__remove')
    await turn()
    uploads[0]?.success({ fileID: 'cloud://late' })
    await turn()
    expect(video.heard.change).toEqual([])
    expect(video.text()).toContain('拍一段视频')
  })

  test('begun anew, what was on its way is gone', async () => {
    const video = field()
    await video.tap('.sf-link')
    await turn()
    video.set({ subject: 'draft2' })
    await turn()
    expect(video.text()).toContain('拍一段视频')
    expect(video.heard.busy?.at(-1)).toEqual({ uploading: false, failed: 0 })
  })

  test('a video of another kind is not uploaded; the reason stands beside the field', async () => {
    file = { ...file, tempFilePath: 'tmp/drip.mov' }
    const video = field()
    await video.tap('.sf-link')
    await turn()
    expect(uploads).toEqual([])
    expect(video.text()).toContain('换一段 mp4')
  })

  test('from a draft there is only the file: a link is asked for to play it', async () => {
    const video = mount('components/video-field/video-field', { file: { fileId: 'cloud://v', url: 'cloud://v' } })
    await video.tap('.clip__tap')
    await turn()
    await turn()
    expect(previews).toEqual([{ sources: [{ url: 'https://link', type: 'video' }] }])
  })
})
